"""Due days that come again: every so many weeks or months, or on the same days each year; and which have been met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.cases.case import Event
from dialogs.spans import DayOfYear, Span, months_after


class Periods(Protocol):
    """A row of due days: number 1 is the first, number 0 the day they are counted from."""

    def nth(self, number: int) -> date:
        """The due day of this number."""
        ...

    def after(self, day: date) -> int:
        """The number of the first due day later than a day; at least 1."""
        ...


@dataclass(frozen=True)
class Every:
    """Every so many days, weeks or months from a day, each counted from that day itself, so that a 31st stays one."""

    start: date
    every: Span

    def nth(self, number: int) -> date:
        """The due day of this number."""
        if self.every.unit == "months":
            return months_after(self.start, number * self.every.count)
        return self.start + timedelta(days=number * self.every.count * (7 if self.every.unit == "weeks" else 1))

    def after(self, day: date) -> int:
        """The number of the first due day later than a day; at least 1."""
        longest = {"months": 31, "weeks": 7}.get(self.every.unit, 1)
        number = max(1, (day - self.start).days // (longest * self.every.count))
        while self.nth(number) <= day:
            number += 1
        return number


@dataclass(frozen=True)
class Yearly:
    """The same days each year; the first is the first that is not before the day they are counted from."""

    start: date
    days: tuple[DayOfYear, ...]

    def nth(self, number: int) -> date:
        """The due day of this number."""
        before = sum(day < self.start for day in self._of(self.start.year))
        years, place = divmod(before + number - 1, len(self.days))
        return self._of(self.start.year + years)[place]

    def after(self, day: date) -> int:
        """The number of the first due day later than a day; at least 1."""
        number = max(1, (day.year - self.start.year) * len(self.days) - len(self.days))
        while self.nth(number) <= day:
            number += 1
        return number

    def _of(self, year: int) -> list[date]:
        return sorted(day.in_year(year) for day in self.days)


def folded(periods: Periods, events: Iterable[Event], times: int | None) -> tuple[list[tuple[int, Event]], int | None]:
    """Each period met, with the event that met it, and the number of the one that runs; None where all are over.

    An event meets the period that runs, and with it every missed one that fell due before that day. A second event in
    a period that is met already meets nothing more.
    """
    met: list[tuple[int, Event]] = []
    number = 1
    for event in sorted(events, key=lambda one: (one.day, one.seq)):
        if event.day > periods.nth(number - 1) and (times is None or number <= times):
            met.append((number, event))
            number = max(number + 1, periods.after(event.day))
    return met, number if times is None or number <= times else None
