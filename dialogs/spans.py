"""Lengths of time as a policy owner writes them, counted from a day: working days, days, weeks, months, hours."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dialogs.date_words import MONTH_NAMES, MONTHS
from dialogs.days import Calendar, DueDate, Skipped

Unit = Literal["working hours", "working days", "days", "weeks", "months"]
MOST = 400
"""The most of any unit that a table may say."""

_SPAN = re.compile(r"(\d{1,3}) (working hour|working day|day|week|month)s?( before)?")
_DAY_OF_YEAR = re.compile(r"(\d{1,2}) ([A-Z][a-z]+)")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Span:
    """A length of time, forwards or (`before`) backwards; no days at all is "same day"."""

    count: int
    unit: Unit
    before: bool = False

    def __str__(self) -> str:
        if not self.count:
            return "same day"
        unit = self.unit if self.count > 1 else self.unit.removesuffix("s")
        return f"{self.count} {unit}{' before' if self.before else ''}"


@dataclass(frozen=True)
class DayOfYear:
    """A day that comes every year, such as 30 September; 29 February is the 28th in other years."""

    day: int
    month: int

    def __str__(self) -> str:
        return f"{self.day} {MONTH_NAMES[self.month - 1]}"

    def in_year(self, year: int) -> date:
        """The day in a year."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


def read_span(text: str) -> Span:
    """A span as written, such as "5 working days", "6 months", "7 working days before" or "same day".

    Raises ValueError, saying how to write one.
    """
    if text == "same day":
        return Span(0, "days")
    found = _SPAN.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= MOST:
        raise ValueError(
            f'"{text}" is not a length of time: write it like "5 working days", "2 days", "6 weeks", "6 months", '
            '"4 working hours", "7 working days before" or "same day"'
        )
    unit: Unit = f"{found[2]}s"  # type: ignore[assignment]
    return Span(int(found[1]), unit, bool(found[3]))


def read_day_of_year(text: str) -> DayOfYear:
    """A day of the year as written, such as "30 September". Raises ValueError, saying how to write one."""
    found = _DAY_OF_YEAR.fullmatch(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    if found is None or month is None or not 1 <= int(found[1]) <= _LENGTHS[month - 1]:
        raise ValueError(f'"{text}" is not a day of the year: write it like "30 September"')
    return DayOfYear(int(found[1]), month)


def months_after(start: date, months: int) -> date:
    """The same day number so many months later (earlier if negative), or that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def due_after(calendar: Calendar, start: date, span: Span) -> DueDate:
    """The date a span after (or before) a day, with its working; working hours are not counted here.

    Working days before a day leave that day out. Raises ValueError for a date the calendar cannot reach.
    """
    if span.unit == "working days":
        return _working_days_before(calendar, start, span.count) if span.before else calendar.due(start, span.count)
    if span.unit == "working hours":
        raise ValueError("working hours are counted from a time of day, not from a date")
    sign = -1 if span.before else 1
    if span.unit == "months":
        day = months_after(start, sign * span.count)
    else:
        day = start + sign * timedelta(days=span.count * (7 if span.unit == "weeks" else 1))
    return DueDate(day, day, (), (), provisional=False)


_TRIED = tuple(date(2026, month, day) for month in range(1, 13) for day in (1, 15))


@lru_cache(maxsize=256)
def always_later(one: Span, other: Span) -> bool:
    """Whether a length ends after another, from whichever day both are counted; working hours only among themselves."""
    if one.unit == other.unit:
        return (-one.count if one.before else one.count) > (-other.count if other.before else other.count)
    if "working hours" in (one.unit, other.unit):
        return False
    calendar = Calendar()
    return all(due_after(calendar, day, one).latest > due_after(calendar, day, other).latest for day in _TRIED)


@lru_cache(maxsize=4096)
def _working_days_before(calendar: Calendar, start: date, count: int) -> DueDate:
    counted: list[date] = []
    skipped: list[Skipped] = []
    day = start
    while len(counted) < count:
        day -= timedelta(days=1)
        why = calendar.why_not_working(day)
        if why is None:
            counted.append(day)
        else:
            skipped.append(Skipped(day, why))
    return DueDate(day, day, tuple(counted), tuple(skipped), start > calendar.published_to)


@lru_cache(maxsize=16384)
def working_day(calendar: Calendar, day: date, step: Literal[1, -1] = 1) -> date:
    """The day itself if it is a working day, else the next one (the one before, where `step` is -1)."""
    while not calendar.is_working(day):
        day += timedelta(days=step)
    return day


def working_days_late(calendar: Calendar, deadline: date, done: date) -> int:
    """How many working days after a deadline something was done; at least 1 on any later day, 0 if in time."""
    if done <= deadline:
        return 0
    weeks, rest = divmod((done - deadline).days, 7)
    days = weeks * 5 + sum((deadline + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
    for year in range(deadline.year, done.year + 1):
        off = _weekdays_off(calendar, year)
        days -= bisect_right(off, done) - bisect_right(off, deadline)
    return max(1, days)


@lru_cache(maxsize=256)
def _weekdays_off(calendar: Calendar, year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() < 5 and not calendar.is_working(day))
