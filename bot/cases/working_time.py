"""Working time in London: when the working day opens, what lies inside it, and hours counted only within it.

Times of day are London's and days are calendar days, so a change of the clocks shifts nothing; every moment that is
given back is in UTC, where moments compare as they follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bot.clock import LONDON, london_date
from dialogs.days import Calendar
from dialogs.spans import working_day

UNKNOWN_TIME = time(9, 0)
"""The time of day that is reckoned with where only the day is known."""


@lru_cache(maxsize=65536)
def london(day: date, at: time) -> datetime:
    """The moment of a time of day in London, in UTC."""
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def midnight_after(day: date) -> datetime:
    """The moment a day ends in London."""
    return london(day + timedelta(days=1), time(0))


@dataclass(frozen=True)
class WorkingTime:
    """Between which times of day, on working days, reminders are sent."""

    calendar: Calendar
    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def is_open(self, at: datetime) -> bool:
        """Whether a moment lies within working time; the moment of closing no longer does."""
        here = at.astimezone(LONDON)
        return self.opens <= here.time() < self.closes and self.calendar.is_working(here.date())

    def opening(self, day: date) -> datetime:
        """The opening of a working day; of the next one, for any other day."""
        return london(working_day(self.calendar, day), self.opens)

    def next_open(self, at: datetime) -> datetime:
        """A moment itself if it lies within working time, else the next opening."""
        if self.is_open(at):
            return at.astimezone(UTC)
        opening = self.opening(london_date(at))
        return opening if opening >= at else self.morning_after(at)

    def morning_after(self, at: datetime) -> datetime:
        """The opening of the first working day after the day of a moment."""
        return self.opening(london_date(at) + timedelta(days=1))

    def next_opening(self, after: datetime) -> datetime:
        """The first opening later than a moment."""
        opening = self.opening(london_date(after))
        return opening if opening > after else self.morning_after(after)

    def last_opening(self, at: datetime) -> datetime:
        """The last opening that is not later than a moment."""
        day = working_day(self.calendar, london_date(at), -1)
        if (opening := london(day, self.opens)) <= at:
            return opening
        return london(working_day(self.calendar, day - timedelta(days=1), -1), self.opens)

    def hours_after(self, at: datetime, hours: int) -> datetime:
        """The moment so many working hours later, counted within working time only."""
        here = self.next_open(at).astimezone(LONDON)
        left = timedelta(hours=hours)
        while left > (today := datetime.combine(here.date(), self.closes) - here.replace(tzinfo=None)):
            left -= today
            here = self.morning_after(here).astimezone(LONDON)
        return london(here.date(), (here.replace(tzinfo=None) + left).time())
