"""The one day that is read back is confirmed in words as well as by its button, and several are not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.exchange import Exchange

from .case_office import LEE, Office, staffed, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area whose lead is asked when the Panel was notified, and whose answer is read back."""
    made = await staffed(on_sqlite, LEE)
    await made.decides("Lee", aware_on="20 November 2026")
    made.at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    await made.says("Lee", "record 26-001")
    await made.presses("Lee", "The Panel was notified")
    return made


@pytest.mark.parametrize(
    "said", ["yes", "y", "Yep, that's right", "correct", "that's right", "that is correct", "ok", "yes please", "right"]
)
async def test_one_day_is_confirmed_in_words(office: Office, said: str) -> None:
    assert "Do you mean Monday 23 November 2026?" in words(await office.says("Lee", "it was the 23rd"))
    assert "Noted" in words(await office.says("Lee", said))
    assert (await office.case()).notified_on == date(2026, 11, 23)


async def test_no_is_no_day(office: Office) -> None:
    await office.says("Lee", "it was the 23rd", "no")
    assert (await office.case()).notified_on is None
    assert "Noted" in words(await office.says("Lee", "24 november"))


async def test_of_two_days_yes_chooses_none(office: Office) -> None:
    assert "Do you mean" in words(await office.says("Lee", "last tuesday"))
    await office.says("Lee", "yes")
    assert (await office.case()).notified_on is None
