"""Days to come as people type them, each with every day that it may mean: "next Friday", "4 December", "tomorrow"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.answers import InvalidAnswer
from dialogs.date_reading import day_of
from dialogs.date_words import FEASTS, MONTHS, WEEKDAYS
from dialogs.typed_dates import Understood, parse_date
from dialogs.written_dates import ordinals_in_digits

# Seen from so far ahead, a day without a year is the next one that comes.
_AHEAD = timedelta(days=364)
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
# An absence that runs already is meant by its first day, seen from so far back: somebody fell ill last week.
_BEGUN = timedelta(days=60)
# Without a year, a day so far ahead is sooner one that has been.
HARDLY_MEANT = timedelta(days=300)
DAY_AND_MONTH = "Please give the day and the month, such as 14 August."
_WHICH_YEAR = "That is either over or nearly a year ahead. Please give the year too, such as 14 August {}."
_BACKWARDS = re.compile(r"\b(?:ago|yesterday|last|week|weeks|fortnight|days?|before|since|next month|this month)\b")
_WEEKDAY = re.compile(
    r"(?:(?:on|this|coming) |(?P<next>next )|(?P<first_of>this|next) week (?:on )?)*"
    rf"(?P<day>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})"
    r"(?: (?:of )?(?P<of>this|next) week)?(?P<a_week_on> week)?"
)
_WEEKS = {"this": 0, "next": 1}
_BARE_DAY = re.compile(r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?")
_IN_A_DAY = frozenset({*MONTHS, *(f"{name}." for name in MONTHS), *WEEKDAYS, *" ".join(FEASTS).split()}) | frozenset(
    "of the on in this next coming yesterday".split()
)
# Any other day is known by its month or by figures: "Friday" alone, seen from a year ahead, is one in a year.
_WRITTEN = re.compile(rf"[0-9]|\b(?:{'|'.join((*MONTHS, *FEASTS))})\b")


def coming_days(said: str, today: date, start: date | None = None) -> tuple[date, ...]:
    """Every day from `start` (or today) on that plain words may mean, the nearest first, or the one of a year said.

    Raises InvalidAnswer where they mean none, or one so far ahead without its year that another is sooner meant.
    """
    start = start or today
    days = days_from(said, today, start)
    if days[0] - start > HARDLY_MEANT and not has_year(said, days[0], today):
        raise InvalidAnswer(which_year(today))
    return days


def days_from(said: str, today: date, start: date) -> tuple[date, ...]:
    """The same, however far ahead."""
    if said in {"today", "now"}:
        return (today,)
    if said == "tomorrow":
        return (today + _A_DAY,)
    if match := _WEEKDAY.fullmatch(said):
        days = _weekdays(match, today, start)
        return tuple(day for day in days if day >= start) or days
    return (_written(said, today, start),)


def begun(said: str, today: date) -> date | None:
    """The day before today on which an absence that runs already began; None where none is written out."""
    if _WEEKDAY.fullmatch(said) or not _WRITTEN.search(said):
        return None
    day = _written(said, today, today - _BEGUN)
    return day if day < today else None


def has_year(said: str, day: date, today: date) -> bool:
    """Whether a day was said with its year: it is the same wherever it is looked for from."""
    try:
        return days_from(said, today, day - _AHEAD - _A_DAY) == (day,)
    except InvalidAnswer:
        return False


def which_year(today: date) -> str:
    """Asks for the year of a day that is over, or nearly a year ahead."""
    return _WHICH_YEAR.format(today.year + 1)


def weeks_from(today: date, ahead: int) -> tuple[date, ...]:
    """The Monday of this week (0) or of the next one (1); two on a Sunday, which to some people ends a week, to others
    begins one."""
    monday = today - timedelta(days=today.weekday()) + ahead * _A_WEEK
    return (monday, monday + _A_WEEK) if today.weekday() == 6 else (monday,)


def of_week(weekday: str, today: date, ahead: int) -> tuple[date, ...]:
    """The days of this name in this week (0) or the next (1)."""
    return tuple(monday + timedelta(days=WEEKDAYS[weekday]) for monday in weeks_from(today, ahead))


def of_which_week(said: str) -> tuple[str, int] | None:
    """The weekday and the week of "Friday next week", which is 1, or of "Friday this week", which is 0; else None."""
    match = _WEEKDAY.fullmatch(said)
    of = (match["of"] or match["first_of"]) if match else None
    return (match["day"], _WEEKS[of]) if match and of else None


def _weekdays(match: re.Match[str], today: date, start: date) -> tuple[date, ...]:
    name, of = match["day"], match["of"] or match["first_of"]
    if of:
        return of_week(name, today, _WEEKS[of])
    if match["next"]:
        # On a Monday, "next Friday" is the coming one to some people and the one after it to others.
        return tuple(sorted({_from(name, today + _A_DAY), *of_week(name, today, 1)}))
    if match["a_week_on"]:
        return (_from(name, today) + _A_WEEK,)
    on = _from(name, start)
    # "Friday", said on a Friday, is today or the one to come.
    return (on, on + _A_WEEK) if on == start else (on,)


def _from(weekday: str, start: date) -> date:
    return start + timedelta(days=(WEEKDAYS[weekday] - start.weekday()) % 7)


def _written(said: str, today: date, start: date) -> date:
    """The first such day from `start` on, or the one of the year that was said."""
    _refuse_words_beside(said)
    said = said.replace("this year", str(today.year)).replace("next year", str(today.year + 1))
    if _BACKWARDS.search(said) or _BARE_DAY.fullmatch(said) or not _WRITTEN.search(said):
        raise InvalidAnswer(DAY_AND_MONTH)
    day = _seen(said, start + _AHEAD)
    if day < start and (day.month, day.day) == (2, 29) and _seen(said, day - _A_DAY) != day:
        day_of(29, 2, start.year + (start.month > 2))
        raise InvalidAnswer(which_year(today))
    return day


def past_days(said: str, today: date) -> tuple[date, ...]:
    """Every day up to today since which somebody is away, the latest first. Raises InvalidAnswer where it is none."""
    _refuse_words_beside(said)
    read = parse_date(said, today)
    days = tuple(day for day in ((read.on,) if isinstance(read, Understood) else read.on) if day <= today)
    if not days:
        raise InvalidAnswer(DAY_AND_MONTH)
    # "Since Monday", said on a Monday, is today or a week ago; a date is the one it was last.
    return tuple(sorted(days, reverse=True)) if said in WEEKDAYS else days[:1]


def _refuse_words_beside(said: str) -> None:
    """Raises InvalidAnswer for "by 4 December" or "the first 4 December": whatever else is said may change the day."""
    words = ordinals_in_digits(said).replace("this year", " ").replace("next year", " ").split()
    if not all(word in _IN_A_DAY or word[0].isdecimal() for word in words):
        raise InvalidAnswer(DAY_AND_MONTH)


def _seen(said: str, today: date) -> date:
    try:
        read = parse_date(said, today)
    except InvalidAnswer as slip:
        # What is said without naming a part speaks of days that have been.
        raise slip if slip.field else InvalidAnswer(DAY_AND_MONTH) from None
    if isinstance(read, Understood):
        return read.on
    if read.why == "ambiguous":
        raise InvalidAnswer(f"I am not sure which day that is. {DAY_AND_MONTH}")
    return read.on[0]
