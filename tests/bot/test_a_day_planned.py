"""A day that is planned is taken as the next one to come, without asking whether a day to come is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.exchange import Exchange
from dialogs.answers import InvalidAnswer
from dialogs.days_ahead import day_to_come, days_ahead

from .case_office import LEE, Office, staffed, words
from .made_once import made_once

MAY = date(2027, 5, 4)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area whose partners decided on 21 December 2026 to hold a local review; it is 4 May 2027."""
    made = await staffed(on_sqlite, LEE)
    await made.decides("Lee", aware_on="20 November 2026")
    await made.says("Lee", "record 26-001")
    await made.presses("Lee", "The Panel was notified")
    await made.says("Lee", "today")
    made.at = datetime(2026, 12, 21, 11, 0, tzinfo=UTC)
    await made.says("Lee", "record 26-001")
    await made.presses("Lee", "Decided whether to hold a local review")
    await made.presses("Lee", "Yes")
    await made.says("Lee", "today", "There is more to learn.", "yes")
    made.at = datetime(2027, 5, 4, 9, 0, tzinfo=UTC)
    await made.says("Lee", "record 26-001")
    await made.presses("Lee", "Publication was planned")
    return made


@pytest.mark.parametrize(
    ("said", "on"),
    [
        *(("14 june", date(2027, 6, 14)), ("14 June 2027", date(2027, 6, 14)), ("by 14/6", date(2027, 6, 14))),
        *(("in two weeks", date(2027, 5, 18)), ("tomorrow", date(2027, 5, 5)), ("in a month", date(2027, 6, 4))),
    ],
)
async def test_the_next_such_day_is_recorded(office: Office, said: str, on: date) -> None:
    reply = words(await office.says("Lee", said))
    assert "Do you mean" not in reply
    assert "after the latest day" not in reply
    assert (await office.case()).publication_on == on


async def test_that_it_lies_after_the_last_day_is_said(office: Office) -> None:
    reply = words(await office.says("Lee", "28 June 2027"))
    assert "Mon 28 Jun 2027 is after the latest day for it, Mon 21 Jun 2027." in reply
    assert (await office.case()).publication_on == date(2027, 6, 28)


async def test_what_is_no_day_is_asked_again_with_days_to_come(office: Office) -> None:
    assert "1/6/2027" in words(await office.says("Lee", "when it is ready"))


async def test_a_day_that_has_passed_is_refused(office: Office) -> None:
    assert "has passed" in words(await office.says("Lee", "14 March 2027"))
    assert (await office.case()).publication_on is None


@pytest.mark.parametrize("said", ["yes", "soon", "", "by the end", "last friday"])
def test_what_is_no_day_to_come_is_none(said: str) -> None:
    with pytest.raises(InvalidAnswer, match=day_to_come(MAY).partition(".")[0]):
        days_ahead(said, MAY)


def test_next_friday_may_be_either() -> None:
    assert days_ahead("next friday", MAY) == (date(2027, 5, 7), date(2027, 5, 14))
