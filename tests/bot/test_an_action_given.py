"""Whoever an action is given to hears at once, by reference and duty, and sees that action and not its case."""

from __future__ import annotations

import pytest

from bot import wording_cases
from bot.exchange import Exchange

from .case_office import LEE, Office, staffed, words

DORA = ("Dora", "scrutineer")
NEWS = "Case 26-001: complete action 1. It is yours now, latest Sat 23 Jan 2027. To see it, say “case 26-001”."
SECRET = "To brief the staff of the home."


@pytest.fixture
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE, DORA, ("Max", "business_manager"))
    await made.decides("Pat")
    await made.says("Lee", "notified today")
    await made.woken()
    return made


async def gives(office: Office, to: str, what: str = SECRET) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", what, "23 January 2027", "1", "It need not be")
    assert "Noted" in words(await office.presses("Lee", to))


async def test_they_hear_at_once_and_it_is_among_their_cases(office: Office) -> None:
    assert wording_cases.NO_CASES in words(await office.says("Dora", "my cases"))
    await gives(office, "Dora")
    assert ("Dora", NEWS) in await office.woken()
    assert "26-001: complete action 1, latest Sat 23 Jan 2027" in words(await office.says("Dora", "my cases"))
    shown = words(await office.says("Dora", "case 26-001"))
    assert SECRET in shown
    assert "Complete action 1: latest Sat 23 Jan 2027." in shown
    for other in ("Likely notifiable", "became aware", "rapid review", "Lee"):
        assert other not in shown


@pytest.mark.parametrize("said", ["note 26-001", "why 26-001", "record 26-001", "reassign 26-001", "agree 26-001"])
async def test_of_the_case_they_may_nothing_else(office: Office, said: str) -> None:
    await gives(office, "Dora")
    await gives(office, "Max", "To write to the schools.")
    assert wording_cases.NOT_YOURS in words(await office.says("Dora", said))
    assert "To write" not in words(await office.says("Dora", "case 26-001"))


async def test_they_can_say_that_it_is_done(office: Office) -> None:
    await gives(office, "Dora")
    await office.says("Dora", "done 26-001")
    assert "Noted" in words(await office.says("Dora", "today"))
    assert wording_cases.NO_SUCH_CASE in words(await office.says("Dora", "case 26-001"))
    assert wording_cases.NO_CASES in words(await office.says("Dora", "my cases"))


async def test_it_is_theirs_no_more_once_another_has_it(office: Office) -> None:
    await gives(office, "Dora")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action’s day or owner was changed")
    await office.says("Lee", "1")
    await office.presses("Lee", wording_cases.AS_IT_IS)
    await office.presses("Lee", "Max")
    assert "Noted" in words(await office.says("Lee", "She is leaving."))
    assert [who for who, line in await office.woken() if "yours now" in line] == ["Max"]
    assert wording_cases.NO_SUCH_CASE in words(await office.says("Dora", "case 26-001"))
    assert SECRET in words(await office.says("Max", "case 26-001"))


async def test_who_gives_it_to_themselves_hears_nothing_of_it(office: Office) -> None:
    await gives(office, "Lee")
    assert not any("yours now" in line for _, line in await office.woken())
