"""What a case says of its days is true: with none known, at night, and after it was opened again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import wording_cases
from bot.cases.days_missing import ASK_AWARENESS
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import DEE, LEE, Office, corrects, staffed, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def by_hand(office: Office, aware_on: date | None) -> None:
    def work(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        return opened_by_hand(desk, lee, "B", "", aware_on, None)

    await office.desk(work)


async def test_a_case_without_the_day_says_what_is_missing_and_what_has_no_date(office: Office) -> None:
    await by_hand(office, None)
    missing = wording_cases.DAY_MISSING[ASK_AWARENESS].format(ref="26-001")
    shown = words(await office.says("Lee", "case 26-001"))
    assert missing in shown
    assert "Notify the Panel: no date yet" in shown
    await corrects(office, "Lee", "today")
    shown = words(await office.says("Lee", "case 26-001"))
    assert missing not in shown
    assert "no date yet" not in shown
    assert "Notify the Panel: aim for" in shown


async def test_what_is_said_at_night_holds_until_that_morning(office: Office) -> None:
    await by_hand(office, office.at.date())
    await office.woken()
    office.at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    await office.woken()
    await office.says("Lee", "I have it 26-001")
    reply = words(await office.says("Lee", "notify the Panel"))
    assert "on the morning of Wed 25 Nov 2026" in reply
    office.at = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    assert any("notify the Panel" in line for who, line in await office.woken() if who == "Lee")


@pytest.mark.parametrize("acknowledged", [False, True])
async def test_a_case_opened_again_is_had_from_then(office: Office, acknowledged: bool) -> None:
    await office.decides("Pat")
    if acknowledged:
        await office.says("Lee", "I have it 26-001", "acknowledge this case")
    await office.says("Lee", "record 26-001", "Closed", "It was opened in error.", "yes")
    assert not (await office.case()).is_open
    office.at = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
    await office.says("Lee", "reopen 26-001", "The review came back.")
    assert (await office.case()).is_open
    shown = words(await office.says("Lee", "case 26-001"))
    assert ("Acknowledge this case: aim for Mon 1 Mar 2027, latest Tue 2 Mar 2027" in shown) != acknowledged
    assert "Acknowledge this case: late" not in shown
