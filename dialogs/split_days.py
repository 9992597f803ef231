"""An absence as people type it, taken apart: "22-26 Dec" is "22 dec" and "26 dec", "Mon-Wed" is "mon" and "wed"."""

from __future__ import annotations

import re
from typing import NamedTuple

from dialogs.answers import InvalidAnswer
from dialogs.date_words import MONTHS, WEEKDAYS

FIRST_AND_LAST = "Please give the first day and the last, such as 3 August to 14 August."
ONE_STRETCH = "I can note one stretch of days at a time. Please give its first day and its last."
_THE_MONTH_TOO = "Please give the month too, such as 3 to 14 August."


class Split(NamedTuple):
    """The days named, one or the first and the last; `are_all`: "Monday and Tuesday", and so no day between."""

    days: tuple[str, ...]
    are_all: bool = False


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_WORDS = "(?:up to|until|till)(?: and including)?|through(?: to)?|to"
_DAY = rf"(?:the )?(?:(?:{_WEEKDAY}) )?(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?"
_JOINED = rf"(?P<join> ?[-/] ?| (?:{_WORDS}|and) )"
_YEAR = r"(?P<year> (?:[0-9]{4}|[0-9]{2}|this year|next year))?"
_MONTH_ONCE = (
    re.compile(rf"(?P<first>{_DAY}){_JOINED}(?P<last>{_DAY}) ?(?:of )?(?P<month>{_MONTH})\.?{_YEAR}"),
    re.compile(rf"(?P<month>{_MONTH})\.? (?P<first>{_DAY}){_JOINED}(?P<last>{_DAY}){_YEAR}"),
    re.compile(
        rf"(?P<first>{_DAY}) ?(?:of )?(?P<month>{_MONTH})\.?(?P<join> (?:{_WORDS}|and) )(?P<last>{_DAY}){_YEAR}"
    ),
)
_MONTH_ONCE_IN_FIGURES = re.compile(
    rf"(?P<first>[0-9]{{1,2}})(?P<join> ?- ?| (?:{_WORDS}|and) )(?P<last>[0-9]{{1,2}})"
    r"(?P<month>[/.][0-9]{1,2}(?:[/.](?:[0-9]{4}|[0-9]{2}))?)"
)
_NO_MONTH = re.compile(rf"{_DAY}(?: ?- ?| (?:{_WORDS}|and) ){_DAY}|[0-9]{{1,2}} ?/ ?(?:1[3-9]|[23][0-9])")
# "22 Dec-26" ends on the 26th, or is a day in 2026.
_DAY_OR_YEAR = re.compile(rf"{_DAY} ?(?:of )?(?:{_MONTH})(?: - ?| ?- |(?<=[a-z])-)[0-9]{{1,2}}")
_HYPHENS = (
    re.compile(rf"(?<=[a-z])-(?=(?!(?:{_MONTH})\b)[a-z])"),
    re.compile(rf"-(?=(?:{_WEEKDAY})\b)"),
    re.compile(rf"-(?=[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:of )?(?:{_MONTH})\b)"),
    re.compile(r"-(?=[0-9]{1,2}[/.][0-9])"),
)
_NAMED = rf"(?:{_WEEKDAY}|today|tomorrow)"
# "Mon, Tue and Wed" or "22 and 23 Dec and 31 Dec" are days of their own.
_SEVERAL = re.compile(
    rf"\b{_NAMED}\b.*\b{_NAMED}\b|\b(?:{_MONTH})\b.*\b(?:{_MONTH})\b|^{_DAY} {_DAY}(?: (?:{_MONTH}))?$"
)
_MONTH_FIRST_TWICE = re.compile(rf"\b((?:{_MONTH})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?)-(?=(?:{_MONTH})\b)")
_HALF_SPACED = re.compile(r" -(?! )|(?<! )- ")
_BETWEEN = re.compile(rf"(?:^| )(?:{_WORDS}|-)(?= |$)")


def split_days(said: str) -> Split:
    """The days that plain words name, as "3 to 14 August" names "3 august" and "14 august".

    Raises InvalidAnswer where they name more than two, or no month.
    """
    if _NO_MONTH.fullmatch(said):
        raise InvalidAnswer(_THE_MONTH_TOO)
    if _DAY_OR_YEAR.fullmatch(said):
        raise InvalidAnswer(FIRST_AND_LAST)
    said = _with_both_months(said)
    for hyphen in _HYPHENS:
        said = hyphen.sub(" - ", said)
    said = _HALF_SPACED.sub(" - ", _MONTH_FIRST_TWICE.sub(r"\1 - ", said))
    days = tuple(day.strip() for day in _BETWEEN.split(said))
    are_all = len(days) == 1 and " and " in said
    if are_all:
        days = tuple(said.split(" and "))
    if any(_SEVERAL.search(day) for day in days):
        raise InvalidAnswer(ONE_STRETCH)
    if not 1 <= len(days) <= 2 or not all(days):
        raise InvalidAnswer(FIRST_AND_LAST)
    return Split(days, are_all)


def _with_both_months(said: str) -> str:
    """The same with the month, and the year, of both days, where they are said once."""
    if match := _MONTH_ONCE_IN_FIGURES.fullmatch(said):
        first, last = (f"{match[name]}{match['month']}" for name in ("first", "last"))
    elif match := next((found for pattern in _MONTH_ONCE if (found := pattern.fullmatch(said))), None):
        year = match["year"] or ""
        first, last = (f"{match[name]} {match['month']}{year}" for name in ("first", "last"))
    else:
        return said
    return f"{first} {'and' if match['join'] == ' and ' else 'to'} {last}"
