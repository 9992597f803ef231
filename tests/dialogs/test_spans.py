"""Lengths of time: read as written, counted from any day, forwards and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.days import Calendar
from dialogs.spans import (
    Span,
    due_after,
    months_after,
    read_day_of_year,
    read_span,
    working_day,
    working_days_late,
)

CALENDAR = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["same day", "1 working day", "5 working days", "2 days", "6 weeks", "1 month", "6 months", "4 working hours"],
)
def test_a_length_is_written_back_as_it_was_read(text: str) -> None:
    assert str(read_span(text)) == text


@pytest.mark.parametrize("text", ["", "five days", "0 days", "6", "6 fortnights", "401 days", "5 working days after"])
def test_a_length_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="write it like"):
        read_span(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 12, 21), 6, date(2027, 6, 21)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_number_or_the_months_last(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


def test_seven_working_days_before_publication_leave_that_day_out() -> None:
    due = due_after(CALENDAR, date(2027, 6, 21), read_span("7 working days before"))
    assert due.latest == date(2027, 6, 10)
    assert date(2027, 6, 21) not in due.counted


def test_working_days_before_skip_easter_and_say_so() -> None:
    due = due_after(CALENDAR, date(2027, 4, 1), Span(3, "working days", before=True))
    assert due.latest == date(2027, 3, 25)
    assert {one.why for one in due.skipped} >= {"Bank holiday: Good Friday", "Bank holiday: Easter Monday"}


@given(DAYS, st.integers(1, 60))
def test_so_many_working_days_before_and_after_undo_each_other(day: date, count: int) -> None:
    start = working_day(CALENDAR, day)
    before = due_after(CALENDAR, start, Span(count, "working days", before=True))
    assert CALENDAR.due(before.latest, count).latest == start


@given(DAYS, st.integers(-30, 900))
def test_working_days_late_are_as_many_as_there_are(deadline: date, days: int) -> None:
    done = deadline + timedelta(days=days)
    counted = sum(CALENDAR.is_working(deadline + timedelta(days=n)) for n in range(1, days + 1))
    assert working_days_late(CALENDAR, deadline, done) == (max(1, counted) if days > 0 else 0)


def test_a_one_off_holiday_makes_nothing_late() -> None:
    local = Calendar(extra=((date(2027, 9, 17), "A day of our own"),))
    assert working_days_late(CALENDAR, date(2027, 9, 16), date(2027, 9, 20)) == 2
    assert working_days_late(local, date(2027, 9, 16), date(2027, 9, 20)) == 1


@pytest.mark.parametrize("text", ["31 June", "30 Septembre", "September 30", "30/9", "0 May", ""])
def test_a_day_of_the_year_that_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="30 September"):
        read_day_of_year(text)


def test_the_twenty_ninth_of_february_is_the_twenty_eighth_in_other_years() -> None:
    leap = read_day_of_year("29 February")
    assert (leap.in_year(2028), leap.in_year(2027)) == (date(2028, 2, 29), date(2027, 2, 28))
