"""Who may do what, who has the duty, and who is meant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import get_args

import pytest

from bot.exchange import Exchange
from bot.people import people, roles
from bot.people.people import Action
from bot.people.roles import ALL, NotAllowed
from bot.storage import cases, timeline
from bot.storage import people as stored
from bot.storage.families import PEOPLE
from bot.storage.people import Account, Person, Role

from .talk import AT

AREA = "exampleshire"
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
ACTIONS = get_args(Action)
OF_A_CASE = {"see case", "note on case", "act on case"}
OPENS = {"open case"}
# What each role may do in its area, and nobody else in it.
ALLOWED = {
    "practitioner": OPENS,
    "lead": {*OF_A_CASE, *OPENS, "open case by hand", "see cases", "see questions"},
    "deputy": {*OF_A_CASE, *OPENS, "open case by hand", "see cases", "see questions"},
    "content_owner": {*OPENS, "see questions", "answer questions"},
    "administrator": {*OPENS, "see people", "give roles"},
}


@dataclass(frozen=True)
class Case:
    area: str = AREA
    owner_id: str | None = None
    opened_by: str | None = None


def someone(*names: str, id_: str = "jo", area: str = AREA, account: str = "web") -> Person:
    return Person(id_, "Jo", (Account(account, "a"),), frozenset(Role(area, name) for name in names))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [None, *ALL])
def test_each_role_may_do_what_is_its_own_and_nothing_else(role: str | None, action: Action) -> None:
    case = Case() if action in OF_A_CASE else None
    allowed = ALLOWED.get(role or "", OPENS if role else set())
    person = someone(role) if role else someone()
    assert people.may(person, AREA, action, case) is (action in allowed)
    elsewhere = someone(role, area="elsewhere") if role else someone()
    assert not people.may(elsewhere, AREA, action, case)


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_may_do_nothing(action: Action) -> None:
    assert not people.may(None, AREA, action, Case(owner_id="jo", opened_by="jo"))


@pytest.mark.parametrize(
    ("case", "allowed"),
    [
        (Case(opened_by="jo"), {"see case", "note on case"}),
        (Case(owner_id="jo"), set()),
        (Case(owner_id="al", opened_by="al"), set()),
        (Case("elsewhere", owner_id="jo", opened_by="jo"), set()),
    ],
)
@pytest.mark.parametrize("action", sorted(OF_A_CASE))
@pytest.mark.parametrize("role", ["practitioner", "administrator", "content_owner", "director"])
def test_a_case_is_for_whoever_opened_it_and_not_for_who_had_it_in_another_role(
    role: str, action: Action, case: Case, allowed: set[str]
) -> None:
    assert people.may(someone(role), AREA, action, case) is (action in allowed)


def test_a_lead_sees_no_case_of_another_area() -> None:
    assert not people.may(someone("lead"), AREA, "see case", Case("elsewhere"))


@pytest.mark.parametrize("account", ["mail", "oidc", "slack", "terminal"])
def test_a_browser_alone_opens_no_case(account: str) -> None:
    assert not people.may(someone(), AREA, "open case")
    assert people.may(someone(account=account), AREA, "open case")


class Here:
    """The people of one database; each call is a transaction of its own."""

    def __init__(self, exchange: Exchange) -> None:
        self.run, self.keys = exchange.database.run_now, exchange.keys

    def make(self, name: str, *names: str, mail: str = "", away: tuple[date, date] | None = None) -> Person:
        def work(c) -> Person:
            made = roles.add(c, self.keys, name, mail, AT)
            for role in names:
                stored.grant(c, self.keys, made.id, Role(AREA, role), AT, "")
            if away:
                stored.set_away(c, self.keys, made.id, [away], AT)
            found = stored.read(c, self.keys, made.id)
            assert found is not None
            return found

        return self.run(work)

    def again(self, person: Person) -> Person:
        found = self.run(lambda c: stored.read(c, self.keys, person.id))
        assert found is not None
        return found

    def give(self, by: Person, to: Person, role: str, area: str = AREA) -> bool:
        return self.run(lambda c: roles.give(c, self.keys, by, to, Role(area, role), AT))

    def take(self, by: Person, whose: Person, role: str, area: str = AREA) -> bool:
        return self.run(lambda c: roles.take(c, self.keys, by, whose, Role(area, role), AT)) is not None

    def found(self, text: str) -> list[str]:
        return [one.name for one in self.run(lambda c: people.find(c, self.keys, text))]


@pytest.fixture
def here(exchange: Exchange) -> Here:
    return Here(exchange)


AWAY = (TODAY, TODAY)


@pytest.mark.parametrize(
    ("lead_away", "deputy_away", "who"),
    [(None, None, "Lead"), (AWAY, None, "Deputy"), (None, AWAY, "Lead"), (AWAY, AWAY, None)],
)
def test_the_duty_is_the_leads_else_the_deputys_else_nobodys(here: Here, lead_away, deputy_away, who) -> None:
    here.make("Lead", "lead", away=lead_away)
    here.make("Deputy", "deputy", away=deputy_away)
    here.make("Administrator", "administrator", "director")
    found = here.run(lambda c: people.on_duty(c, here.keys, AREA, TODAY))
    assert (found.name if found else None) == who
    tomorrow = here.run(lambda c: people.on_duty(c, here.keys, AREA, TOMORROW))
    assert tomorrow is not None
    assert tomorrow.name == "Lead"


def test_another_lead_comes_before_a_deputy(here: Here) -> None:
    here.make("Deputy", "deputy")
    here.make("First", "lead", away=AWAY)
    here.make("Second", "lead")
    found = here.run(lambda c: people.on_duty(c, here.keys, AREA, TODAY))
    assert found is not None
    assert found.name == "Second"


def test_a_post_is_held_by_those_who_are_not_away(here: Here) -> None:
    here.make("Away", "director", away=AWAY)
    here.make("Here", "director")
    assert [one.name for one in here.run(lambda c: people.in_post(c, here.keys, AREA, "director", TODAY))] == ["Here"]
    assert here.run(lambda c: people.in_post(c, here.keys, AREA, "scrutineer", TODAY)) == []


def test_while_someone_is_away_a_deputy_hears_it_else_a_lead_else_nobody(here: Here) -> None:
    away = here.make("Away", "deputy", away=AWAY)

    def covers(on: date = TODAY) -> str | None:
        found = here.run(lambda c: people.cover_for(c, here.keys, away, AREA, on))
        return found.name if found else None

    assert covers() is None
    here.make("Lead", "lead")
    assert covers() == "Lead"
    here.make("Deputy", "deputy")
    assert covers() == "Deputy"
    assert covers(TOMORROW) == "Away"


def test_an_account_is_given_a_person_once(here: Here, exchange: Exchange) -> None:
    first = here.run(lambda c: people.ensure(c, here.keys, "slack", "U1", AT))
    assert first == Person(first.id, "", (Account("slack", "U1"),))
    assert here.run(lambda c: people.ensure(c, here.keys, "slack", "U1", AT)) == first

    async def at_once() -> set[str]:
        work = lambda c: people.ensure(c, here.keys, "slack", "U2", AT)  # noqa: E731
        return {one.id for one in await asyncio.gather(*(exchange.database.run(work) for _ in range(8)))}

    assert len(asyncio.run(at_once())) == 1
    assert len(here.run(lambda c: stored.read_all(c, here.keys))) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jo smith", ["Jo Smith"]),
        ("  JO   SMITH ", ["Jo Smith"]),
        ("smith", ["Jo Smith", "Al Smith"]),
        ("Jo", ["Jo Smith", "Jo Smith-Jones"]),
        ("jo@a.gov.uk", ["Al Smith"]),
        ("Jo@A.gov.uk", ["Al Smith"]),
        ("nobody", []),
        ("", []),
        ("  ", []),
    ],
)
def test_someone_is_found_by_name_or_address(here: Here, text: str, found: list[str]) -> None:
    for name, mail in (("Jo Smith", ""), ("Al Smith", "jo@a.gov.uk"), ("Jo Smith-Jones", "")):
        here.make(name, mail=mail)
    assert sorted(here.found(text)) == sorted(found)


def test_someone_is_found_by_the_beginning_of_their_id(here: Here) -> None:
    jo = here.make("Jo")
    assert here.found(jo.id[:8]) == here.found(jo.id) == ["Jo"]
    assert here.found(jo.id[:7]) == []


def test_an_administrator_gives_and_takes_every_role(here: Here) -> None:
    ada, jo = here.make("Ada", "administrator"), here.make("Jo")
    for role in ALL:
        assert here.give(ada, jo, role)
        assert not here.give(ada, jo, role)
    assert here.again(jo).roles == {Role(AREA, role) for role in ALL}
    for role in ALL:
        assert here.take(ada, jo, role)
        assert not here.take(ada, jo, role)
    told = here.run(lambda c: timeline.read(c, here.keys, jo.id, family=PEOPLE))
    assert [one.body.split()[-1] for one in told if one.kind.startswith("role ")] == [ada.id] * (2 * len(ALL))


@pytest.mark.parametrize("role", [role for role in ALL if role != "administrator"])
def test_whoever_is_no_administrator_gives_and_takes_nothing(here: Here, role: str) -> None:
    by, jo = here.make("Al", role), here.make("Jo", "lead")
    with pytest.raises(NotAllowed, match="Only an administrator"):
        here.give(by, jo, "practitioner")
    with pytest.raises(NotAllowed, match="Only an administrator"):
        here.take(by, jo, "lead")
    assert here.again(jo).roles == {Role(AREA, "lead")}


@pytest.mark.parametrize(
    ("role", "area", "why"),
    [("lead", AREA, "Nobody gives themselves"), ("king", AREA, "no role called king"), ("lead", "x", "Only an adm")],
)
def test_what_an_administrator_does_not_give(here: Here, role: str, area: str, why: str) -> None:
    ada = here.make("Ada", "administrator")
    with pytest.raises(NotAllowed, match=why):
        here.give(ada, ada if role == "lead" else here.make("Jo"), role, area)
    assert here.again(ada).roles == {Role(AREA, "administrator")}


def test_the_last_administrator_stays_one(here: Here) -> None:
    ada = here.make("Ada", "administrator")
    with pytest.raises(NotAllowed, match="last administrator"):
        here.take(ada, ada, "administrator")
    with pytest.raises(NotAllowed, match="last administrator"):
        here.run(lambda c: roles.forget(c, here.keys, AREA, ada, AT))
    here.make("Bo", "administrator")
    assert here.take(ada, ada, "administrator")


def test_of_two_administrators_who_take_the_role_from_each_other_at_once_one_remains(
    here: Here, exchange: Exchange
) -> None:
    ada, bo = here.make("Ada", "administrator"), here.make("Bo", "administrator")

    async def taken(by: Person, whose: Person) -> bool:
        role = Role(AREA, "administrator")
        try:
            return bool(await exchange.database.run(lambda c: roles.take(c, here.keys, by, whose, role, AT)))
        except NotAllowed:
            return False

    async def both() -> list[bool]:
        return await asyncio.gather(taken(ada, bo), taken(bo, ada))

    assert sorted(asyncio.run(both())) == [False, True]
    assert here.run(lambda c: people.has_administrator(c, AREA))


def test_the_first_administrator_is_made_once(here: Here) -> None:
    assert not here.run(lambda c: people.has_administrator(c, AREA))
    first: Callable[[str], Person] = lambda name: here.run(  # noqa: E731
        lambda c: roles.first_administrator(c, here.keys, AREA, name, f"{name.lower()}@a.gov.uk", AT)
    )
    ada = first("Ada")
    assert ada == Person(ada.id, "Ada", (Account("mail", "ada@a.gov.uk"),), frozenset({Role(AREA, "administrator")}))
    with pytest.raises(NotAllowed, match=r"There is an administrator already\. Ada can give roles\."):
        first("Bo")


def test_the_first_administrator_may_be_known_already(here: Here) -> None:
    known = here.make("Ada", mail="ada@a.gov.uk")
    made = here.run(lambda c: roles.first_administrator(c, here.keys, AREA, "Ada", "ada@a.gov.uk", AT))
    assert made.id == known.id


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "\x00\n"])
def test_a_person_needs_a_name(here: Here, name: str) -> None:
    with pytest.raises(NotAllowed, match="Please give a name"):
        here.make(name)


def test_an_address_belongs_to_one_person(here: Here) -> None:
    here.make("Jo", mail="jo@a.gov.uk")
    with pytest.raises(NotAllowed, match=r"jo@a\.gov\.uk belongs to Jo"):
        here.make("Al", mail="jo@a.gov.uk")
    assert here.found("Al") == []


def test_whoever_owns_an_open_case_is_not_forgotten_until_it_is_another_s(here: Here) -> None:
    jo = here.make("Jo", "lead")

    def opened(c) -> str:
        made, _ = cases.make(c, here.keys, area=AREA, plan="{}", at=AT, year=2026, owner_id=jo.id)
        return made.id

    case = here.run(opened)
    with pytest.raises(NotAllowed, match=r"Jo owns open cases. Reassign them first: 26-001"):
        here.run(lambda c: roles.forget(c, here.keys, AREA, jo, AT))
    here.run(lambda c: cases.change(c, case, owner_id=None))
    here.run(lambda c: roles.forget(c, here.keys, AREA, jo, AT))
    assert here.run(lambda c: stored.read(c, here.keys, jo.id)) is None


def test_someone_without_a_name_is_called_by_what_there_is() -> None:
    slack, mail = Account("slack", "U1"), Account("mail", "jo@a.gov.uk")
    assert people.label(Person("i", "Jo", (slack, mail))) == "Jo"
    assert people.label(Person("i", "", (slack, mail))) == "jo@a.gov.uk"
    assert people.label(Person("i", "", (slack,))) == "someone on Slack"
    assert people.label(Person("i", "")) == "someone without a name"
