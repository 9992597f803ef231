"""A day, or another answer, that cannot be right is the person's slip: it is asked again, and nothing else is lost."""

from __future__ import annotations

from datetime import date

import pytest

from bot import wording_cases
from bot.exchange import Exchange

from .case_office import LEE, Office, staffed, words
from .made_once import made_once

BEFORE = "so it cannot have notified before"


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE)
    await made.decides("Lee")
    return made


@pytest.mark.parametrize("begun", [("done 26-001", "notify the Panel"), ("record 26-001", "The Panel was notified")])
@pytest.mark.parametrize("wrong", ["20 November 2026", "yesterday"])
async def test_the_right_day_can_be_said_next(office: Office, begun: tuple[str, str], wrong: str) -> None:
    asked, meant = begun
    reply = words(await office.says("Lee", asked))
    assert meant in reply
    assert wording_cases.WHEN in words(await office.says("Lee", meant))
    again = words(await office.says("Lee", wrong))
    assert BEFORE in again
    assert wording_cases.WHEN in again
    assert BEFORE in words(await office.says("Lee", wrong)), "as often as it is needed"
    assert "Noted" in words(await office.says("Lee", "today"))
    assert (await office.case()).notified_on == office.at.date()


async def test_so_it_can_after_the_wrong_year_was_chosen(office: Office) -> None:
    await office.says("Lee", "done 26-001", "notify the Panel", "20 November 2025")
    assert BEFORE in words(await office.presses("Lee", "Thu 20 Nov 2025"))
    assert "Noted" in words(await office.says("Lee", "today"))
    assert (await office.case()).notified_on == office.at.date()


async def test_what_was_given_before_is_kept(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The partners decided")
    await office.presses("Lee", "To notify")
    assert "became aware" in words(await office.says("Lee", "20 November 2026"))
    assert "Noted" in words(await office.says("Lee", "today"))
    found = (await office.case()).newest("partner decision")
    assert found is not None
    assert (found.value("decision"), found.on) == ("notify", office.at.date())


async def test_an_action_due_before_it_is_agreed_keeps_its_words(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", "To brief the staff.", "20 November 2026", "It need not be")
    assert "cannot be due before" in words(await office.presses("Lee", wording_cases.THE_CASES_OWNER))
    await office.says("Lee", "20 December 2026")
    (action,) = (await office.case()).actions
    assert action.due_on == date(2026, 12, 20)
    agreed = (await office.case()).newest("action agreed")
    assert agreed is not None
    assert agreed.words == "To brief the staff."
