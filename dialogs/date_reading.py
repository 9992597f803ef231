"""What a written day may mean: one day or several, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.answers import InvalidAnswer
from dialogs.date_words import MONTH_NAMES

Doubt = Literal["ambiguous", "no year"]
# A day written without its year is believed this far back, and offered this far ahead.
NEAR = timedelta(days=60)


@dataclass(frozen=True)
class Reading:
    """The days a piece of text may mean, the likeliest first.

    `weekday` (Monday is 0) is set where the piece is only a weekday's name: beside a date it is a check on it.
    `note` is a sentence said before the days are read back.
    """

    days: tuple[date, ...]
    doubt: Doubt | None = None
    weekday: int | None = None
    note: str = ""


def day_of(day: int, month: int, year: int) -> date:
    """A date; raises InvalidAnswer, saying why, where the calendar has none."""
    if not 1 <= month <= 12:
        raise InvalidAnswer(f"There is no month {month}. Please give the day, then the month.", "month")
    if year < 1:
        raise InvalidAnswer("There is no year 0. Please check the year and try again.", "year")
    try:
        return date(year, month, day)
    except ValueError:
        in_year = f" in {year}" if (day, month) == (29, 2) else ""
        sentence = f"There is no {day} {MONTH_NAMES[month - 1]}{in_year}. Please check the day and try again."
        raise InvalidAnswer(sentence, "day") from None


def without_year(day: int, month: int, today: date) -> Reading:
    """A day and month: the last one if it is near; otherwise that and, if near, the next one, to choose from.

    Raises InvalidAnswer where no year has such a day.
    """
    # Eight years always hold a 29 February, even across 2100.
    past = [on for on in _occurrences(day, month, range(today.year, today.year - 9, -1)) if on <= today][:1]
    following = [on for on in _occurrences(day, month, range(today.year, today.year + 9)) if on > today][:1]
    if not past:
        day_of(day, month, today.year)
    if past and today - past[0] <= NEAR:
        return Reading((past[0],))
    return Reading((*past, *(on for on in following if on - today <= NEAR)), "no year")


def _occurrences(day: int, month: int, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def year_of(typed: str, today: date) -> int:
    """A year from its two or four digits, or from "last year" and "this year"."""
    if not typed[0].isdecimal():
        return today.year - (typed == "last year")
    return int(typed) + (2000 if len(typed) == 2 else 0)
