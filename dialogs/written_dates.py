"""Dates written in numbers, with a month's name or by a feast day, as patterns and what each means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.answers import InvalidAnswer
from dialogs.date_reading import NEAR, Reading, day_of, without_year, year_of
from dialogs.date_words import FEASTS, MONTHS, ORDINALS, feast

Reader = Callable[[re.Match[str], date], Reading]

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FEAST = "|".join(sorted(FEASTS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_YEAR_IN_WORDS = r"[0-9]{4}|last year|this year"
_ENDS = r"(?![0-9a-z]|[:/-][0-9]|\.[0-9])"
_STARTS = r"(?<![0-9/.:+-])"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_ORDINAL_BEFORE_MONTH = re.compile(rf"\b({_ORDINAL})(?= (?:of )?(?:{MONTH})\b)")


def ordinals_in_digits(text: str) -> str:
    """A plain text with "eighteenth of December" as "18th of December"; ordinals elsewhere stay as they are."""
    return _ORDINAL_BEFORE_MONTH.sub(lambda match: f"{ORDINALS[match[1]]}th", text)


def _date_time(match: re.Match[str], _today: date) -> Reading:
    on = day_of(int(match["day"]), int(match["month"]), int(match["year"]))
    if not match["offset"] or not 1900 <= on.year <= 2199:
        return Reading((on,))
    try:
        moment = datetime.fromisoformat(f"{on.isoformat()}T{match['time']}{match['offset'].upper()}")
    except ValueError:
        raise InvalidAnswer("I can't read the time in that. The date alone is enough.") from None
    return Reading((moment.astimezone(ZoneInfo("Europe/London")).date(),))


def _in_numbers(match: re.Match[str], today: date) -> Reading:
    day, month = int(match["day"]), int(match["month"])
    year = match.groupdict().get("year")
    # There is no thirteenth month, so the parts may be the other way round; with a dot it is more likely a time.
    turned = month > 12 >= day and match["mark"] != "."
    if turned:
        day, month = month, day
    reading = Reading((day_of(day, month, year_of(year, today)),)) if year else without_year(day, month, today)
    return Reading(reading.days, "ambiguous", note=f"There is no month {day}. ") if turned else reading


def _year_first(match: re.Match[str], _today: date) -> Reading:
    return Reading((day_of(int(match["day"]), int(match["month"]), int(match["year"])),))


def _with_month_name(match: re.Match[str], today: date) -> Reading:
    day, month = int(match["day"]), MONTHS[match["month"]]
    if match["year"]:
        return Reading((day_of(day, month, year_of(match["year"], today)),))
    return without_year(day, month, today)


def _feast(match: re.Match[str], today: date) -> Reading:
    name = match["feast"]
    if match["year"]:
        year = year_of(match["year"], today)
        if not 1900 <= year <= 2199:
            raise InvalidAnswer("Please check the year and try again.")
        return Reading((feast(name, year),))
    past, following = feast(name, today.year), feast(name, today.year + 1)
    if past > today:
        past, following = feast(name, today.year - 1), past
    if match["which"] == "next":
        return Reading((following,))
    return Reading((past,), None if today - past <= NEAR else "no year")


def _day_of_month(match: re.Match[str], today: date) -> Reading:
    day = int(match["day"])
    if not 1 <= day <= 31:
        raise InvalidAnswer(f"No month has a day {day}. Please check the day and try again.")
    on = today
    while on.day != day:
        on -= timedelta(days=1)
    return Reading((on,), "ambiguous")


DATE_TIMES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"{_STARTS}(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})[t ]"
            r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)[0-9]*"
            r" ?(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?)?(?![0-9a-z:])"
        ),
        _date_time,
    ),
)

DATES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"{_STARTS}(?P<year>[0-9]{{4}}) ?[-/.] ?(?P<month>[0-9]{{1,2}}) ?[-/.] ?(?P<day>[0-9]{{1,2}}){_ENDS}",
            _year_first,
        ),
        (
            rf"{_STARTS}(?P<day>[0-9]{{1,2}}) ?(?P<mark>[-/.]) ?(?P<month>[0-9]{{1,2}}) ?[-/.] ?"
            rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_ENDS}",
            _in_numbers,
        ),
        (rf"{_STARTS}(?P<day>[0-9]{{1,2}})(?P<mark> )(?P<month>[0-9]{{1,2}}) (?P<year>[0-9]{{4}}){_ENDS}", _in_numbers),
        (
            rf"{_STARTS}{_DAY} ?(?:of )?[-/.]? ?(?P<month>{MONTH})(?![a-z])\.?"
            rf"(?:[-/ ]{{0,2}}(?:in |of )?(?P<year>{_YEAR_IN_WORDS}|[0-9]{{2}}){_ENDS})?",
            _with_month_name,
        ),
        (
            rf"\b(?P<month>{MONTH})\.? ?(?:the )?{_DAY}{_ENDS}(?: (?P<year>{_YEAR_IN_WORDS}|[0-9]{{2}}){_ENDS})?",
            _with_month_name,
        ),
        (
            rf"{_STARTS}(?P<day>[0-9]{{1,2}})(?P<mark>[-.]| ?/ ?)(?P<month>[0-9]{{1,2}}){_ENDS}(?!%)",
            _in_numbers,
        ),
        (
            rf"\b(?:(?P<which>last|this|next) )?(?P<feast>{_FEAST})\b"
            rf"(?: (?:in |of )?(?P<year>{_YEAR_IN_WORDS}){_ENDS})?",
            _feast,
        ),
        (rf"{_STARTS}(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)\b", _day_of_month),
    )
)
