"""My accounts, listed and taken away; and when someone is away, who hears meanwhile, and that they are back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot import wording, wording_people
from bot.exchange import Exchange
from bot.messages import Choices, Chosen
from bot.people import roles
from bot.storage import people
from bot.storage.people import Account
from bot.storage.tables import conversations as kept

from .office import AREA, Office

JO, WEB = "slack:jo", "web:browser"
DOORS = wording.DOOR_PROMPT


@pytest.fixture
def office(on_sqlite: Exchange) -> Office:
    return Office(on_sqlite)


def test_my_accounts_are_listed_and_one_is_taken_away(office: Office) -> None:
    assert wording_people.NOT_KNOWN in office.say(JO, "my accounts")
    jo = office.hire("Jo Smith", "lead", "administrator", account="teams:jo", mail="jo@a.gov.uk")
    assert "You are a lead and an administrator in Exampleshire." in office.say("teams:jo", "who am i?")
    listed = office.newest("teams:jo")
    assert "Teams: this one" in listed
    assert "E-mail: jo@a.gov.uk" in listed
    office.press("teams:jo", "Take an account away")
    assert "I no longer know you there: E-mail: jo@a.gov.uk" in office.press("teams:jo", "E-mail: jo@a.gov.uk")
    assert office.read(jo.id).accounts == (Account("teams", "jo"),)
    assert wording_people.NO_OTHER_ACCOUNT in office.say("teams:jo", "remove an account")


def readable(office: Office) -> set[str]:
    """The conversations that are not erased."""
    found = select(kept.c.id).where(kept.c.state.is_not(None))
    return set(office.exchange.database.run_now(lambda c: c.execute(found).scalars().all()))


@pytest.mark.parametrize("asked", ["where it is", "elsewhere"])
@pytest.mark.parametrize("account", [JO, WEB])
def test_what_was_said_at_an_account_that_was_taken_away_goes_once_its_person_is_forgotten(
    office: Office, account: str, asked: str
) -> None:
    jo = office.hire("Jo", account="teams:jo")
    office.exchange.database.run_now(
        lambda c: people.add_account(c, office.exchange.keys, jo.id, *account.split(":"), office.at)
    )
    office.say("teams:al", "help")
    anothers = readable(office)
    office.say(account, "refer")
    office.say("teams:jo", "help")
    where = account if asked == "where it is" else "teams:jo"
    office.say(where, "remove an account")
    label = wording_people.channel(account.split(":")[0])
    label = label[0].upper() + label[1:]
    which = wording_people.THIS_ONE if where == account else wording_people.ANOTHER
    assert "I no longer know you there" in office.press(where, f"{label}: {which}")
    assert "A child in danger now: No." in office.say(account, "no"), "it goes on where it is"
    whose, keys = office.read(jo.id), office.exchange.keys
    office.exchange.database.run_now(lambda c: roles.forget(c, keys, AREA, whose, office.at))
    assert readable(office) == anothers


def test_a_button_for_an_account_that_is_gone_takes_no_other_away(office: Office) -> None:
    jo = office.hire("Jo", account=JO, mail="jo@a.gov.uk")
    office.hire("Al")
    office.say(JO, "remove an account")
    press = next(block for block in office.reply(JO).blocks if isinstance(block, Choices))
    said = Chosen(press.prompt, (press.options[1].id,))
    office.say(JO, said)
    assert wording.STALE in office.say(JO, said)
    assert len(office.read(jo.id).accounts) == 1


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("I am away from 3 December to 14 December", date(2026, 12, 3), date(2026, 12, 14)),
        ("I'm away 24/12 until 2/1.", date(2026, 12, 24), date(2027, 1, 2)),
        ("i will be away tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("on leave until friday", date(2026, 11, 23), date(2026, 11, 27)),
        ("away from 1 January 2027 to 15 December 2027", date(2027, 1, 1), date(2027, 12, 15)),
    ],
)
def test_an_absence_is_noted_and_read_back(office: Office, said: str, first: date, last: date) -> None:
    jo = office.hire("Jo", "lead", account=JO)
    assert wording_people.NOBODY_COVERS in office.say(JO, said)
    assert office.read(jo.id).absences == ((first, last),)
    office.hire("Di Deputy", "deputy")
    assert "Meanwhile Di Deputy hears what you would hear." in office.say(JO, said)
    assert wording_people.is_away(first, last) in office.say(JO, "my accounts")
    assert wording_people.BACK in office.say(JO, "I'm back today")
    assert office.read(jo.id).absences == ()
    assert wording_people.NOT_AWAY in office.say(JO, "I am back")


@pytest.mark.parametrize("said", ["I am away from 3 August", "I'm away from 3 August onwards", "on leave from 3 Aug"])
@pytest.mark.parametrize(
    ("answer", "last"),
    [
        ("14 August", date(2027, 8, 14)),
        ("until 14 August", date(2027, 8, 14)),
        ("3 to 14 August", date(2027, 8, 14)),
        ("That day only", date(2027, 8, 3)),
        ("1", date(2027, 8, 3)),
        ("Friday", date(2027, 8, 6)),
    ],
)
def test_with_the_first_day_alone_the_last_is_asked_for(office: Office, said: str, answer: str, last: date) -> None:
    jo = office.hire("Jo", "lead", account=JO)
    asked = "Until which day are you away, from Tuesday 3 August 2027?"
    assert asked in office.say(JO, said)
    assert office.read(jo.id).absences == ()
    for wrong in ("1 August 2027", "1 August"):
        again = office.say(JO, wrong)
        assert "The last day comes before the first." in again
        assert asked in again
    office.say(JO, answer)
    assert office.read(jo.id).absences == ((date(2027, 8, 3), last),)


def test_the_first_day_alone_is_one_in_the_answer_too(office: Office) -> None:
    jo = office.hire("Jo", "lead", account=JO)
    office.say(JO, "I am away")
    assert "Until which day are you away, from Tuesday 24 November 2026?" in office.say(JO, "from tomorrow")
    office.press(JO, "That day only")
    assert office.read(jo.id).absences == ((date(2026, 11, 24), date(2026, 11, 24)),)


def test_an_absence_is_asked_for_kindly(office: Office) -> None:
    jo = office.hire("Jo", account=JO)
    assert wording_people.AWAY_PROMPT in office.say(JO, "I am away")
    for wrong, why in (
        ("soon", "Please give the day and the month"),
        ("31 November to 4 December", "There is no 31 November"),
        ("14/12/2026 to 3/12/2026", wording_people.AWAY_TURNED_ROUND),
        ("14 August to 3 August", "The last day comes before the first"),
        ("1 March 2026 to 2 March 2026", wording_people.AWAY_OVER),
        ("3 December 2026 to 5 December 2028", wording_people.AWAY_TOO_LONG),
    ):
        said = office.say(JO, wrong)
        assert why in said
        assert wording_people.AWAY_PROMPT in said
    assert wording_people.is_away(date(2026, 12, 3), date(2026, 12, 14)) in office.say(JO, "3 to 14 December")
    assert "hears" not in office.newest(JO)
    assert office.read(jo.id).absences == ((date(2026, 12, 3), date(2026, 12, 14)),)
