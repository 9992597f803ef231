"""Working time in London: openings, hours counted only within it, and both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.cases.working_time import WorkingTime, london, midnight_after
from bot.clock import LONDON
from dialogs.days import Calendar

from .life import moment

HOURS = WorkingTime(Calendar())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
# The clocks go back on the first of these, forward on the second.
CHANGES = (date(2026, 10, 25), date(2027, 3, 28))


def test_the_opening_is_half_past_eight_in_london_before_and_after_the_clocks_change() -> None:
    friday, monday = HOURS.opening(date(2026, 10, 23)), HOURS.opening(date(2026, 10, 26))
    assert friday == datetime(2026, 10, 23, 7, 30, tzinfo=UTC)
    assert monday == datetime(2026, 10, 26, 8, 30, tzinfo=UTC)


def test_days_that_are_an_hour_longer_or_shorter_end_at_midnight_all_the_same() -> None:
    for change, hours in zip(CHANGES, (25, 23), strict=True):
        assert midnight_after(change) - midnight_after(change - timedelta(days=1)) == timedelta(hours=hours)


def test_hours_counted_across_a_change_of_the_clocks_are_working_hours() -> None:
    assert HOURS.hours_after(moment("23 Oct 2026 16:30"), 2) == moment("26 Oct 2026 09:30")
    # Good Friday and Easter Monday lie between: Friday itself is no working day.
    assert HOURS.hours_after(moment("26 Mar 2027 16:30"), 2) == moment("30 Mar 2027 10:30")


def test_the_moment_of_closing_is_outside() -> None:
    assert HOURS.is_open(moment("23 Nov 2026 08:30"))
    assert not HOURS.is_open(moment("23 Nov 2026 17:30"))
    assert not HOURS.is_open(moment("22 Nov 2026 12:00"))
    assert not HOURS.is_open(moment("25 Dec 2026 12:00"))


@given(MOMENTS, st.integers(1, 30))
def test_hours_after_counts_only_minutes_within_working_time(at: datetime, count: int) -> None:
    end = HOURS.hours_after(at, count)
    inside = timedelta()
    day = at.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        opens, closes = london(day, HOURS.opens), london(day, HOURS.closes)
        if HOURS.calendar.is_working(day):
            inside += max(timedelta(), min(end, closes) - max(at, opens))
        day += timedelta(days=1)
    assert inside == timedelta(hours=count)


@given(MOMENTS)
def test_openings_follow_one_another(at: datetime) -> None:
    last, coming = HOURS.last_opening(at), HOURS.next_opening(at)
    assert last <= at < coming
    assert HOURS.next_opening(last) == coming
    assert HOURS.is_open(last)
    assert HOURS.next_open(at) == at or (not HOURS.is_open(at) and HOURS.next_open(at) == coming)
    assert HOURS.morning_after(at) > at


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times())
def test_a_time_of_day_in_london_is_that_time_there(day: date, at: time) -> None:
    """But for the hour that the clocks leave out."""
    here = london(day, at).astimezone(LONDON)
    is_left_out = day in (date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)) and at.hour == 1
    assert is_left_out or (here.date(), here.time()) == (day, at)
