"""Working days: the examples worked by hand, GOV.UK's own list, and laws over any start and any number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from dialogs.days import EARLIEST, LATEST_START, MOST_WORKING_DAYS, Calendar, published_to

CALENDAR = Calendar()
STARTS = st.dates(EARLIEST, LATEST_START)
COUNTS = st.integers(1, 60)
CHRISTMAS_CLOSURE = (date(2026, 12, 29), "A day of our own")


@pytest.mark.parametrize(
    ("aware", "aim_for", "latest"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 18), date(2026, 12, 24), date(2026, 12, 29)),
        (date(2026, 12, 26), date(2027, 1, 5), date(2027, 1, 5)),
        (date(2027, 3, 25), date(2027, 4, 2), date(2027, 4, 5)),
    ],
)
def test_five_working_days_from_awareness_as_worked_by_hand(aware: date, aim_for: date, latest: date) -> None:
    due = CALENDAR.due(aware, 5)
    assert (due.aim_for, due.latest) == (aim_for, latest)


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        (date(2026, 11, 23), date(2026, 12, 14)),
        (date(2026, 11, 30), date(2026, 12, 21)),
        (date(2026, 12, 29), date(2027, 1, 20)),
    ],
)
def test_fifteen_working_days_for_a_rapid_review_as_worked_by_hand(start: date, latest: date) -> None:
    assert CALENDAR.due(start, 15).latest == latest


def test_every_day_of_2018_to_2028_is_as_gov_uk_has_it() -> None:
    published = BankHolidays(use_cached_holidays=True)
    england = {one["date"] for one in published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)}
    day = date(2018, 1, 1)
    while day <= date(2028, 12, 31):
        assert CALENDAR.is_working(day) == (day.weekday() < 5 and day not in england), day
        day += timedelta(days=1)
    assert max(england).year == published_to().year


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)),
        *(date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28)),
    ],
)
def test_the_bank_holidays_of_2026_and_2027_are_named(day: date) -> None:
    assert (CALENDAR.why_not_working(day) or "").startswith("Bank holiday: ")


def test_what_is_not_counted_says_why() -> None:
    due = CALENDAR.due(date(2026, 12, 23), 3)
    assert [(one.on.day, one.why) for one in due.skipped] == [
        (25, "Bank holiday: Christmas Day"),
        (26, "Saturday"),
        (27, "Sunday"),
        (28, "Bank holiday: Boxing Day (substitute day)"),
    ]


@given(STARTS, COUNTS)
def test_the_laws_of_a_due_date(start: date, count: int) -> None:
    due = CALENDAR.due(start, count)
    assert CALENDAR.is_working(due.latest)
    assert len(due.counted) == count
    assert due.counted[-1] == due.latest
    assert all(CALENDAR.is_working(day) for day in due.counted)
    assert due.aim_for <= due.latest
    assert CALENDAR.is_working(due.aim_for) or due.aim_for == due.latest
    between = [start + timedelta(days=one) for one in range(1, (due.latest - start).days + 1)]
    assert sorted([*due.counted, *(one.on for one in due.skipped)]) == between


@given(STARTS, COUNTS)
def test_counting_the_first_day_aims_one_working_day_earlier(start: date, count: int) -> None:
    due = CALENDAR.due(start, count)
    if not CALENDAR.is_working(start):
        assert due.aim_for == due.latest
    elif count == 1:
        assert due.aim_for == start
    else:
        assert due.aim_for == CALENDAR.due(start, count - 1).latest


@given(STARTS, st.integers(1, 59))
def test_a_longer_time_is_never_due_sooner(start: date, count: int) -> None:
    assert CALENDAR.due(start, count).latest < CALENDAR.due(start, count + 1).latest
    assert CALENDAR.due(start, count).latest <= CALENDAR.due(start + timedelta(days=1), count).latest


@given(STARTS, COUNTS, st.sets(st.integers(1, 40), max_size=5))
def test_a_one_off_holiday_is_skipped_and_never_brings_a_date_forward(start: date, count: int, days: set[int]) -> None:
    extra = tuple((start + timedelta(days=one), "A day of mourning") for one in sorted(days))
    due, without = Calendar(extra=extra).due(start, count), CALENDAR.due(start, count)
    assert due.latest >= without.latest
    assert not {day for day, _ in extra} & set(due.counted)


def test_a_one_off_holiday_moves_the_date_and_is_named() -> None:
    due = Calendar(extra=(CHRISTMAS_CLOSURE,)).due(date(2026, 12, 18), 5)
    assert due.latest == date(2026, 12, 30)
    assert due.skipped[-1].why == "One-off holiday: A day of our own"


def test_a_one_off_holiday_at_a_weekend_is_still_a_weekend() -> None:
    saturday = date(2026, 11, 28)
    assert Calendar(extra=((saturday, "A fair"),)).why_not_working(saturday) == "Saturday"


def test_a_date_beyond_what_is_published_is_provisional() -> None:
    last = published_to()
    assert not CALENDAR.due(last - timedelta(days=30), 5).provisional
    assert CALENDAR.due(last, 5).provisional
    ends_on_it = Calendar(published_to=date(2026, 11, 30)).due(date(2026, 11, 23), 5)
    goes_past_it = Calendar(published_to=date(2026, 11, 29)).due(date(2026, 11, 23), 5)
    assert (ends_on_it.provisional, goes_past_it.provisional) == (False, True)


@pytest.mark.parametrize("start", [EARLIEST - timedelta(days=1), LATEST_START + timedelta(days=1)])
def test_a_start_out_of_bounds_is_refused(start: date) -> None:
    with pytest.raises(ValueError, match="start must be from 2018 to 2099"):
        CALENDAR.due(start, 5)


@pytest.mark.parametrize("count", [0, -1, MOST_WORKING_DAYS + 1])
def test_a_count_out_of_bounds_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="working_days must be from 1 to 400"):
        CALENDAR.due(date(2026, 11, 23), count)


def test_the_furthest_start_and_count_are_taken() -> None:
    assert CALENDAR.due(LATEST_START, MOST_WORKING_DAYS).latest.year == 2101
    assert CALENDAR.due(EARLIEST, 1).latest == date(2018, 1, 2)
