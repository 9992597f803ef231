"""What an area's week counts: each thing that is recorded, on a working day or not, in exactly one week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.digest import first_of_week, since_last_told, weekly
from dialogs.days import Calendar

from .life import Life, moment

CHRISTMAS_CLOSED = Calendar(tuple((date(2026, 12, day), "Closed") for day in range(21, 32)))
CALENDARS = (Calendar(), CHRISTMAS_CLOSED)
DAYS = st.dates(date(2026, 1, 5), date(2029, 12, 31))


def told(start: date, calendar: Calendar, weeks: int) -> list[tuple[date, date]]:
    """What is counted on the first working day of each of these weeks that has one."""
    monday = start - timedelta(days=start.weekday())
    firsts = {first_of_week(monday + timedelta(weeks=number), calendar) for number in range(weeks)}
    return [since_last_told(one, calendar) for one in sorted(firsts)]


@given(start=DAYS, calendar=st.sampled_from(CALENDARS))
def test_every_day_is_counted_in_exactly_one_week(start: date, calendar: Calendar) -> None:
    counted = told(start, calendar, 8)
    days = [first + timedelta(days=number) for first, last in counted for number in range((last - first).days + 1)]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@given(day=DAYS, calendar=st.sampled_from(CALENDARS))
def test_who_reads_it_later_in_the_week_reads_the_same_counts(day: date, calendar: Calendar) -> None:
    if calendar.is_working(day):
        assert since_last_told(day, calendar) == since_last_told(first_of_week(day, calendar), calendar)


@pytest.mark.parametrize("at", ["23 Nov 2026 10:00", "25 Nov 2026 16:00", "29 Nov 2026 23:30"])
def test_what_is_recorded_after_a_week_was_told_stands_in_the_next(at: str) -> None:
    lives = [Life(moment(at), aware=date(2026, 11, 20)) for _ in range(5)]
    for life in lives:
        # It happened in the week that was told already.
        life.record("notified", on=date(2026, 11, 20))
        life.record("closed", words="The other area has it.")
    kept = [(life.case, life.clocks()) for life in lives]
    for monday, count in ((23, 0), (30, 5)):
        day = date(2026, 11, monday)
        week = weekly(kept, day, Calendar(), since_last_told(day, Calendar()))
        assert (week.opened, week.closed, week.met_in_time) == (count, count, count)


def test_the_week_after_a_bank_holiday_begins_where_the_last_one_ended() -> None:
    assert since_last_told(date(2026, 4, 7), Calendar()) == (date(2026, 3, 30), date(2026, 4, 6))
    assert since_last_told(date(2026, 4, 13), Calendar()) == (date(2026, 4, 7), date(2026, 4, 12))
