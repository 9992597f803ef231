"""The day the council knew moves later only with the reason, and never past the day its own people opened the case."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import wording_cases
from bot.cases.day_refused import LATER_WHY
from bot.casework import board_acts
from bot.casework.board_acts import About
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import LEE, Office, staffed, words
from .made_once import made_once

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
WHY = "The message of Friday was only read on Monday."


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area whose council opened case 26-001 on Monday and knew since Friday; it is Wednesday now."""
    made = await staffed(on_sqlite, LEE)
    await made.decides("Lee", role="la_children", aware_on="20 November 2026")
    made.at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    return made


async def asked_for_the_day(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The day the council knew was put right")


async def test_a_later_day_asks_why_and_keeps_the_reason(office: Office) -> None:
    await asked_for_the_day(office)
    assert LATER_WHY in words(await office.says("Lee", "23 november"))
    assert (await office.case()).aware_on == FRIDAY
    reply = words(await office.says("Lee", WHY))
    assert "Notify the Panel: latest was Fri 27 Nov 2026, now Mon 30 Nov 2026." in reply
    case = await office.case()
    assert case.aware_on == MONDAY
    assert case.events[-1].words == WHY


@pytest.mark.parametrize("said", ["today", "24 november"])
async def test_a_day_after_the_council_opened_the_case_is_refused(office: Office, said: str) -> None:
    await asked_for_the_day(office)
    reply = words(await office.says("Lee", said))
    assert "The case was opened on Mon 23 Nov 2026, so the council knew by then." in reply
    assert wording_cases.AWARE_WHEN in reply
    assert (await office.case()).aware_on == FRIDAY


async def test_an_earlier_day_asks_for_no_reason(office: Office) -> None:
    await asked_for_the_day(office)
    assert "Noted" in words(await office.says("Lee", "19 november"))


async def test_a_case_opened_by_others_may_have_a_later_day(office: Office) -> None:
    await office.says("Pat", "menu")
    await office.decides("Pat", role="police", aware_on="20 November 2026")
    await office.says("Lee", "record 26-002")
    await office.presses("Lee", "The day the council knew was put right")
    office.at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert LATER_WHY in words(await office.says("Lee", "today"))
    assert "Noted" in words(await office.says("Lee", WHY))
    assert (await office.case("26-002")).aware_on == date(2026, 11, 26)


async def test_the_board_asks_the_same(office: Office) -> None:
    def sent(desk: Desk, given: dict[str, str]) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        about = About("26-001", "awareness corrected")
        asked = board_acts.ask(desk, lee, about)
        return board_acts.do(desk, lee, about, given, asked.seen)

    def day(number: int) -> dict[str, str]:
        return {"day-day": str(number), "day-month": "11", "day-year": "2026"}

    later = await office.desk(lambda desk: sent(desk, day(23)))
    assert isinstance(later, board_acts.Asking)
    assert later.filled.problems == {"words": LATER_WHY}
    after = await office.desk(lambda desk: sent(desk, day(24) | {"words": WHY}))
    assert isinstance(after, board_acts.Asking)
    assert "so the council knew by then" in after.filled.problems["day"]
    assert isinstance(await office.desk(lambda desk: sent(desk, day(23) | {"words": WHY})), board_acts.Done)
    assert (await office.case()).aware_on == MONDAY


async def test_undo_after_a_record_reopens_no_referral(office: Office) -> None:
    await asked_for_the_day(office)
    await office.says("Lee", "19 november")
    for _ in range(2):
        reply = words(await office.says("Lee", "undo"))
        assert wording_cases.TAKEN_BACK_THERE in reply
        assert "I have taken back your answer" not in reply
    await office.says("Lee", "menu")
    assert wording_cases.TAKEN_BACK_THERE not in words(await office.says("Lee", "undo"))
