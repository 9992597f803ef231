"""People: accounts, roles, absence; two found to be one; and forgetting, with every chain still whole."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.people import roles
from bot.storage import Database, Forgotten, KeyRing, Unreadable, cases, join_codes, joining, nudges, people, timeline
from bot.storage.families import PEOPLE
from bot.storage.people import Account, Person, Role, Taken
from bot.storage.people_tables import absences, sessions
from bot.storage.people_tables import people as heads

from .conftest import AT

AREA = "exampleshire"
LEAD, DEPUTY, ADMINISTRATOR = (Role(AREA, name) for name in ("lead", "deputy", "administrator"))
AUGUST = (date(2026, 8, 3), date(2026, 8, 14))


class People:
    """The people of one database; each call is a transaction of its own."""

    def __init__(self, db: Database, keys: KeyRing) -> None:
        self.db, self.keys = db, keys

    def make(self, name: str, *accounts: tuple[str, str], roles: tuple[Role, ...] = ()) -> str:
        def work(c) -> str:
            made = people.make(c, self.keys, name, AT)
            for account in accounts:
                people.add_account(c, self.keys, made, *account, AT)
            for role in roles:
                people.grant(c, self.keys, made, role, AT, "somebody")
            return made

        return self.db.run_now(work)

    def read(self, who: str) -> Person | None:
        return self.db.run_now(lambda c: people.read(c, self.keys, who))

    def told(self, who: str) -> list[tuple[str, str]]:
        entries = self.db.run_now(lambda c: timeline.read(c, self.keys, who, family=PEOPLE))
        return [(one.kind, one.body) for one in entries]

    def join(self, kept: str, gone: str) -> None:
        self.db.run_now(lambda c: joining.join(c, self.keys, kept, gone, AT))

    def is_whole(self, who: str) -> bool:
        return self.db.run_now(lambda c: timeline.verify(c, who, PEOPLE)) is None


@pytest.fixture
def here(db: Database, keys: KeyRing) -> People:
    return People(db, keys)


def test_a_person_is_read_back_as_they_were_made(here: People) -> None:
    jo = here.make("Jo Smith", ("slack", "U1"), ("mail", "jo@a.gov.uk"), roles=(LEAD,))
    accounts = (Account("slack", "U1"), Account("mail", "jo@a.gov.uk"))
    assert here.read(jo) == Person(jo, "Jo Smith", accounts, frozenset({LEAD}))
    assert [kind for kind, _ in here.told(jo)] == ["named", "account added", "account added", "role given"]
    assert here.is_whole(jo)


def test_a_name_is_not_kept_in_the_clear(here: People) -> None:
    here.make("Jo Smith")
    assert "Jo" not in str(here.db.run_now(lambda c: c.execute(select(heads)).all()))


def test_an_account_belongs_to_one_person(here: People) -> None:
    jo, _ = here.make("Jo", ("slack", "U1")), here.make("Al", ("mail", "al@a.gov.uk"))
    with pytest.raises(Taken):
        here.db.run_now(lambda c: people.add_account(c, here.keys, jo, "mail", "al@a.gov.uk", AT))
    here.db.run_now(lambda c: people.add_account(c, here.keys, jo, "slack", "U1", AT))
    found = here.read(jo)
    assert found is not None
    assert found.accounts == (Account("slack", "U1"),)


def test_an_account_taken_away_can_be_somebody_elses(here: People) -> None:
    jo, al = here.make("Jo", ("slack", "U1")), here.make("Al")
    assert not here.db.run_now(lambda c: people.remove_account(c, here.keys, al, "slack", "U1", AT))
    assert here.db.run_now(lambda c: people.remove_account(c, here.keys, jo, "slack", "U1", AT))
    here.db.run_now(lambda c: people.add_account(c, here.keys, al, "slack", "U1", AT))
    found = here.db.run_now(lambda c: people.at_account(c, here.keys, "slack", "U1"))
    assert found is not None
    assert found.id == al


def test_a_role_is_given_and_taken_once_and_noted_with_who_did_it(here: People) -> None:
    jo = here.make("Jo")
    given = [here.db.run_now(lambda c: people.grant(c, here.keys, jo, LEAD, AT, "ada")) for _ in range(2)]
    taken = [here.db.run_now(lambda c: people.revoke(c, here.keys, jo, LEAD, AT, "ada")) for _ in range(2)]
    assert (given, taken) == ([True, False], [True, False])
    assert here.told(jo)[-2:] == [("role given", f"{AREA} lead ada"), ("role taken", f"{AREA} lead ada")]


def test_those_who_hold_a_role_come_in_the_order_they_were_given_it(here: People) -> None:
    first, second = here.make("First"), here.make("Second")
    for who, minutes in ((second, 2), (first, 1)):
        at = AT + timedelta(minutes=minutes)
        here.db.run_now(lambda c, who=who, at=at: people.grant(c, here.keys, who, LEAD, at, ""))
    found = here.db.run_now(lambda c: people.holders(c, here.keys, AREA, "lead"))
    assert [one.id for one in found] == [first, second]
    assert here.db.run_now(lambda c: people.hold_role(c, AREA, "lead")) == sorted([first, second])
    assert here.db.run_now(lambda c: people.holders(c, here.keys, "elsewhere", "lead")) == []


def test_everyone_who_has_any_role_or_post_in_an_area_is_of_it(here: People) -> None:
    lead = here.make("Ada", roles=(LEAD, DEPUTY))
    director = here.make("Bo", roles=(Role(AREA, "director"),))
    here.make("Cy", roles=(Role("elsewhere", "lead"),))
    here.make("Di")
    assert here.db.run_now(lambda c: people.of_area(c, AREA)) == sorted([lead, director])


def test_away_is_from_the_first_day_to_the_last(here: People) -> None:
    jo = here.make("Jo")
    here.db.run_now(lambda c: people.set_away(c, here.keys, jo, [AUGUST], AT))
    found = here.read(jo)
    assert found is not None
    days = [date(2026, 8, 2), *AUGUST, date(2026, 8, 15)]
    assert [found.is_away(day) for day in days] == [False, True, True, False]
    here.db.run_now(lambda c: people.set_away(c, here.keys, jo, [], AT))
    assert here.read(jo) == Person(jo, "Jo")
    assert [kind for kind, _ in here.told(jo)][-2:] == ["away", "back"]


def make_case(here: People, owner: str, opened_by: str) -> str:
    def work(c) -> str:
        made, _ = cases.make(c, here.keys, area=AREA, plan="{}", at=AT, year=2026, owner_id=owner, opened_by=opened_by)
        nudges.note(
            c, made.id, "k", AT, clock="notify", kind="nudge", post="lead", person_id=owner, line="Notify.", due_at=AT
        )
        return made.id

    return here.db.run_now(work)


def test_two_who_are_one_have_all_that_either_had(here: People) -> None:
    kept = here.make("Jo Smith", ("mail", "jo@a.gov.uk"), roles=(LEAD, DEPUTY))
    gone = here.make("", ("slack", "U1"), ("web", "b"), roles=(LEAD, ADMINISTRATOR))
    case = make_case(here, owner=gone, opened_by=gone)
    here.db.run_now(lambda c: people.set_away(c, here.keys, gone, [AUGUST], AT))
    session = {"mac": b"m", "person_id": gone, "how": "x", "started_at": AT, "seen_at": AT, "expires_at": AT}
    here.db.run_now(lambda c: c.execute(sessions.insert().values(session)))
    here.db.run_now(lambda c: join_codes.for_person(c, here.keys, gone, "slack", "U1", AT))

    here.join(kept, gone)

    accounts = tuple(Account(*one) for one in (("mail", "jo@a.gov.uk"), ("slack", "U1"), ("web", "b")))
    assert here.read(kept) == Person(kept, "Jo Smith", accounts, frozenset({LEAD, DEPUTY, ADMINISTRATOR}), (AUGUST,))
    assert here.read(gone) is None
    stored = here.db.run_now(lambda c: cases.load(c, case))
    assert stored is not None
    assert (stored.owner_id, stored.opened_by) == (kept, kept)
    assert [one.person_id for one in here.db.run_now(lambda c: nudges.of_case(c, case))] == [kept]
    assert here.db.run_now(lambda c: c.execute(select(sessions.c.person_id)).scalar()) == kept
    assert ("joined", gone) in here.told(kept)
    assert here.told(gone)[-1] == ("joined to", kept)
    assert here.is_whole(kept)
    assert here.is_whole(gone)


def test_an_absence_of_ones_own_stays(here: People) -> None:
    kept, gone = here.make("Jo"), here.make("")
    mine = (date(2026, 4, 1), date(2026, 4, 2))
    here.db.run_now(lambda c: people.set_away(c, here.keys, kept, [mine], AT))
    here.db.run_now(lambda c: people.set_away(c, here.keys, gone, [AUGUST], AT))
    here.join(kept, gone)
    found = here.read(kept)
    assert found is not None
    assert found.absences == (mine, AUGUST)


def test_absences_of_both_that_share_a_day_are_one(here: People) -> None:
    kept, gone = here.make("Jo"), here.make("")
    here.db.run_now(lambda c: people.set_away(c, here.keys, kept, [(date(2026, 8, 10), date(2026, 8, 20))], AT))
    here.db.run_now(lambda c: people.set_away(c, here.keys, gone, [AUGUST], AT))
    here.join(kept, gone)
    found = here.read(kept)
    assert found is not None
    assert found.absences == ((AUGUST[0], date(2026, 8, 20)),)


def test_whoever_became_somebody_else_is_known_as_the_last_of_them(here: People) -> None:
    one, two, three = here.make("One"), here.make("Two"), here.make("Three")
    here.join(two, one)
    here.join(three, two)
    known = here.db.run_now(lambda c: people.known_as(c, here.keys, [one, two, three, "nobody"]))
    assert {who: person.name for who, person in known.items()} == dict.fromkeys((one, two, three), "Three")


def test_forgetting_forgets_whoever_they_were_before(here: People) -> None:
    kept, gone = here.make("Jo", ("slack", "U1")), here.make("Joanna")
    here.db.run_now(lambda c: people.set_away(c, here.keys, kept, [AUGUST], AT))
    here.join(kept, gone)
    here.db.run_now(lambda c: people.forget(c, here.keys, kept, AT))
    assert here.db.run_now(lambda c: c.execute(select(absences)).all()) == []
    for who in (kept, gone):
        with pytest.raises(Forgotten):
            here.told(who)
        assert here.is_whole(who)
    assert here.db.run_now(lambda c: people.known_as(c, here.keys, [kept, gone])) == {}
    assert here.db.run_now(lambda c: people.at_account(c, here.keys, "slack", "U1")) is None


@pytest.mark.parametrize("again", ["the same", "the other way round"])
def test_two_cannot_be_joined_twice(here: People, again: str) -> None:
    kept, gone = here.make("Jo"), here.make("")
    here.join(kept, gone)
    with pytest.raises(Forgotten):
        here.join(*((kept, gone) if again == "the same" else (gone, kept)))


def test_of_two_who_join_each_other_at_once_one_remains(
    here: People, another: Callable[[], Database], keys: KeyRing
) -> None:
    second = People(another(), keys)

    def joined(way: tuple[People, str, str]) -> bool:
        try:
            way[0].join(*way[1:])
        except Forgotten:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        for _ in range(5):
            one, two = here.make("One", roles=(LEAD,)), here.make("Two", roles=(DEPUTY,))
            assert sorted(both.map(joined, [(here, one, two), (second, two, one)])) == [False, True]
            left = [person for person in (here.read(one), here.read(two)) if person]
            assert [person.roles for person in left] == [frozenset({LEAD, DEPUTY})]


def test_anothers_keys_read_nothing(here: People) -> None:
    from cryptography.fernet import Fernet

    here.make("Jo")
    with pytest.raises(Unreadable):
        here.db.run_now(lambda c: people.read_all(c, KeyRing.from_keys([Fernet.generate_key().decode()])))


def test_of_two_first_administrators_made_at_one_instant_one_is(keys: KeyRing, db: Database) -> None:
    def first(name: str) -> bool:
        try:
            db.run_now(lambda c: roles.first_administrator(c, keys, AREA, name, "", AT))
        except roles.NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(4) as at_once:
        assert sorted(at_once.map(first, ("Ada", "Bo", "Cy", "Di"))) == [False, False, False, True]
