"""Clocks that come again: which time each entry meets, what a late one leaves, and when they end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import NotPossible
from bot.cases.periods import Every, Yearly
from dialogs.spans import DayOfYear, read_span

from .life import Life, moment

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
QUARTERS = tuple(DayOfYear(day, month) for day, month in ((31, 3), (30, 6), (30, 9), (31, 12)))


def audited(*days: str) -> list[tuple[str, str]]:
    """Each audit clock of an action agreed on 1 December 2026 after audits on these days: its period and standing."""
    life = Life(moment("1 Dec 2026 09:00"), aware=date(2026, 12, 1))
    life.record("action agreed", due="2026-12-31")
    for day in days:
        life.at = moment(f"{day} 12:00")
        life.record("action audited", action="1")
    return [(one.period, one.state) for one in life.clocks() if one.name == "action_audit"]


def test_an_audit_in_time_meets_its_quarter() -> None:
    assert audited("20 Feb 2027") == [("2027-03-01", "met"), ("2027-06-01", "running")]


def test_a_second_audit_in_the_same_quarter_meets_nothing_more() -> None:
    assert audited("20 Feb 2027", "25 Feb 2027") == [("2027-03-01", "met"), ("2027-06-01", "running")]


def test_an_audit_a_day_late_leaves_the_next_quarter_to_be_met() -> None:
    assert audited("2 Mar 2027") == [("2027-03-01", "met"), ("2027-06-01", "running")]


def test_an_audit_after_two_quarters_were_missed_leaves_only_what_is_to_come() -> None:
    assert audited("15 Jul 2027") == [("2027-03-01", "met"), ("2027-09-01", "running")]


def test_looking_at_it_twice_on_one_day_is_refused_and_meets_nothing_more() -> None:
    with pytest.raises(NotPossible, match="looked at on Wed 10 Mar 2027: it is on record already"):
        audited("10 Mar 2027", "10 Mar 2027")


def test_looking_at_it_the_day_it_was_agreed_is_no_audit() -> None:
    assert audited("1 Dec 2026") == [("2027-03-01", "running")]


def test_monthly_from_a_thirty_first_stays_at_the_end_of_each_month() -> None:
    monthly = Every(date(2027, 1, 31), read_span("1 month"))
    assert [monthly.nth(n) for n in (1, 2, 3)] == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


@given(DAYS, st.sampled_from(["1 month", "3 months", "6 weeks", "7 days"]), DAYS)
def test_the_first_due_day_after_a_day_is_the_first(start: date, every: str, day: date) -> None:
    periods = Every(start, read_span(every))
    number = periods.after(day)
    assert periods.nth(number) > day
    assert number == 1 or periods.nth(number - 1) <= day


@given(DAYS, DAYS)
def test_the_first_quarters_end_after_a_day_is_the_first(start: date, day: date) -> None:
    periods = Yearly(start, QUARTERS)
    number = periods.after(day)
    assert periods.nth(number) > day
    assert number == 1 or periods.nth(number - 1) <= day
    assert periods.nth(1) >= start > periods.nth(0)
