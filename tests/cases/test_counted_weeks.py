"""What an area's week counts: each thing that is recorded, on a working day or not, in exactly one week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.digest import Weekly, first_of_week, since_last_told, weekly
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


def told_on(day: date, lives: list[Life]) -> Weekly:
    for life in lives:
        life.at = moment(f"{day:%d %b %Y} 08:30")
    return weekly([(life.case, life.clocks()) for life in lives], day, Calendar(), since_last_told(day, Calendar()))


@pytest.mark.parametrize(("many", "late"), [(3, None), (5, 5)])
def test_a_late_notification_counts_once_though_it_meets_two_deadlines(many: int, late: int | None) -> None:
    lives = [Life(moment("2 Nov 2026 10:00"), aware=date(2026, 11, 2)) for _ in range(many)]
    for life in lives:
        life.at = moment("23 Nov 2026 10:00")
        life.record("notified", on=date(2026, 11, 23), words="Nobody was told.")
        assert {one.id for one in life.clocks() if one.met_on} >= {"notify_panel", "late_notification"}
    week = told_on(date(2026, 11, 30), lives)
    assert (week.met_in_time, week.met_late) == (0, late)


def test_a_review_in_time_as_the_area_counts_is_late_by_no_other_way_of_counting() -> None:
    lives = [Life(moment("16 Nov 2026 10:00"), aware=date(2026, 11, 16)) for _ in range(5)]
    for life in lives:
        life.at = moment("23 Nov 2026 10:00")
        life.record("notified", on=date(2026, 11, 23))
        life.at = moment("14 Dec 2026 10:00")
        life.record("rapid review sent", on=date(2026, 12, 14))
        assert life.clock("rapid_review_from_awareness").late_days > 0
    week = told_on(date(2026, 12, 21), lives)
    assert (week.met_in_time, week.met_late) == (5, 0)


def test_a_case_that_opens_by_a_later_decision_is_opened_in_the_week_of_that() -> None:
    lives = [Life(moment("24 Nov 2026 10:00"), "J", aware=date(2026, 11, 24)) for _ in range(5)]
    for life in lives:
        life.at = moment("1 Dec 2026 10:00")
        life.record("decision corrected", on=date(2026, 11, 24), outcome="B")
    weeks = (date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14))
    assert [told_on(day, lives).opened for day in weeks] == [0, 5, 0]


def test_the_week_after_a_bank_holiday_begins_where_the_last_one_ended() -> None:
    assert since_last_told(date(2026, 4, 7), Calendar()) == (date(2026, 3, 30), date(2026, 4, 6))
    assert since_last_told(date(2026, 4, 13), Calendar()) == (date(2026, 4, 7), date(2026, 4, 12))
