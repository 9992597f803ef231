"""Dates as people type them, read day first and never guessed: believed where clear, read back where not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from dialogs.answer_words import FILLERS, asks, words_of
from dialogs.answers import InvalidAnswer
from dialogs.date_reading import Reading, day_of
from dialogs.date_words import (
    BESIDE_A_DAY,
    CLOCK_STRETCHES,
    DAY_NAMES,
    DENIALS,
    HEDGES,
    MONTHS,
    NAMED_BY,
    REFERS_BACK,
    STRETCHES,
    in_full,
    plain,
    spoken,
    without_weekday,
)
from dialogs.relative_days import RELATIVE_DAYS
from dialogs.written_dates import DATE_TIMES, DATES, MONTH, Reader, ordinals_in_digits

__all__ = ["ReadBack", "Understood", "beside_the_day", "from_parts", "parse_date", "spoken"]

EARLIEST = date(2018, 1, 1)
LONG_AGO = timedelta(days=365)
MOST_CHARACTERS = 300
MOST_OTHER_WORDS = 8
MOST_TO_CHOOSE_FROM = 4
_PLACE = "\u00a7"
_HARMLESS = FILLERS | BESIDE_A_DAY | HEDGES

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TIMES = re.compile(
    r"(?:\bat |@ ?)?(?<![0-9/.-])[0-9]{1,2}(?:[:.][0-9]{2}){0,2} ?(?:am|pm|a\.m\.?|p\.m\.?)(?![a-z])"
    r"|(?:\bat |@ ?)?(?<![0-9/.-])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?(?:hrs|hours|h))?(?![0-9a-z])"
    rf"|(?:\bat |@ ?)[0-9]{{1,2}}(?:\.[0-9]{{2}})?(?![0-9a-z/-]|\.[0-9]| ?(?:of|{MONTH}|days?|weeks?)(?![a-z]))"
    r"|(?:\bat |@ ?)[0-9]{4}(?: ?(?:hrs|hours|h))?(?![0-9a-z/-])|\b[0-9]{4} ?(?:hrs|hours)\b"
    r"|\b[0-9]{1,2} ?oclock\b"
    rf"|\b(?:half|quarter|[0-9]{{1,2}}) (?:past|to) (?:[0-9]{{1,2}}|{_HOURS})\b(?![/.-])"
    r"|\b(?:the )?(?:early|small) hours(?: of| on)?\b"
)
_BESIDE = re.compile(
    rf"\b(?:before|after|until|till|by|between|following|except)(?: on| the)* {_PLACE}"
    rf"|\b(?:over|under|than|most|least|nearly|almost) {_PLACE}"
)
# "No, Thursday" puts a day right, where "no one on Thursday" denies it.
_CORRECTING = re.compile(rf"no (?:(?:sorry|actually|it|its|was|is|on|i|mean|meant) )*{_PLACE}")


@dataclass(frozen=True)
class Understood:
    """One clear reading, not in the future."""

    on: date


@dataclass(frozen=True)
class ReadBack:
    """Days to be confirmed or chosen from, the likeliest first; `text` is the sentence that asks."""

    on: tuple[date, ...]
    why: Literal["ambiguous", "future", "long ago", "no year"]
    text: str


def parse_date(text: str, today: date, *, earliest: date = EARLIEST) -> Understood | ReadBack:
    """The day that a text means, seen from `today` in England.

    Raises InvalidAnswer where there is no day in it, more than one, one that is in no calendar or one before
    `earliest`.
    """
    example = _example(today)
    if len(text) > MOST_CHARACTERS:
        raise InvalidAnswer(f"That is more than I can take in. Please give the date alone, such as {example}.")
    if asks(words_of(text)):
        raise InvalidAnswer(f"That sounds like a question. To carry on here, give a date such as {example}.")
    rest, found = _read(text, today)
    others = re.findall(r"[^\W_]+", rest)
    _refuse_unless_clear(rest, others, found, example)
    reading = _either(found, example) if "or" in others else _both(found, example)
    before, after = _beside_weekdays(rest, found)
    if NAMED_BY & before or REFERS_BACK & after:
        raise InvalidAnswer(f"I need the day itself. Please give the date, such as {example}.")
    if (HEDGES.intersection(others) or (before | after) - _HARMLESS) and not reading.doubt:
        reading = Reading(reading.days, "ambiguous", note=reading.note)
    return _settle(reading, today, earliest)


def beside_the_day(text: str, today: date) -> frozenset[str]:
    """The words beside the day in a text that may say something of their own, as "hit" does in "he hit her today"."""
    rest, _ = _read(text[:MOST_CHARACTERS], today)
    return frozenset(re.findall(r"[^\W_]+", rest)) - _HARMLESS - {"no"}


def from_parts(day: str, month: str, year: str, today: date, *, earliest: date = EARLIEST) -> Understood | ReadBack:
    """The day typed into three fields; InvalidAnswer names the field at fault in `field`: day, month or year."""
    day, month, year = (plain(part) for part in (day, month, year))
    if not (day or month or year):
        raise InvalidAnswer(f"Please fill in the day, month and year, such as {_example(today)}.", "day")
    if not re.fullmatch(r"0*([1-9]|[12][0-9]|3[01])(st|nd|rd|th)?", day):
        raise InvalidAnswer("Please check the day: it should be a number from 1 to 31.", "day")
    if month.rstrip(".") not in MONTHS and not re.fullmatch(r"0*([1-9]|1[0-2])", month):
        raise InvalidAnswer("Please check the month: it should be a number from 1 to 12, or its name.", "month")
    if not re.fullmatch(r"[0-9]{4}|[0-9]{2}", year):
        raise InvalidAnswer(f"Please check the year: it should have four digits, such as {today.year}.", "year")
    number = MONTHS.get(month.rstrip(".")) or int(month)
    on = day_of(int(re.sub(r"\D", "", day)), number, int(year) + (2000 if len(year) == 2 else 0))
    return _settle(Reading((on,)), today, earliest, "year")


def _example(today: date) -> str:
    return f"{today.day}/{today.month}/{today.year}"


def _read(text: str, today: date) -> tuple[str, list[Reading]]:
    """What is left beside the days that a text names, and these."""
    found: list[Reading] = []
    rest = _read_all(DATE_TIMES, plain(text), today, found)
    rest = ordinals_in_digits(_TIMES.sub(" ", rest))
    return _read_all(DATES + RELATIVE_DAYS, rest, today, found), found


def _read_all(
    patterns: tuple[tuple[re.Pattern[str], Reader], ...], text: str, today: date, found: list[Reading]
) -> str:
    for pattern, read in patterns:

        def keep(match: re.Match[str], read: Reader = read) -> str:
            found.append(read(match, today))
            return f" {_PLACE} "

        text = pattern.sub(keep, text)
    return " ".join(text.split())


def _refuse_unless_clear(rest: str, others: list[str], found: list[Reading], example: str) -> None:
    if _CORRECTING.match(rest):
        others = others[1:]
    if MONTHS.keys() & set(others):
        raise InvalidAnswer(f"I need the day as well as the month. Please give it like this: {example}.")
    if CLOCK_STRETCHES.intersection(others) or "midnight" in others:
        raise InvalidAnswer("Which day was that? Please type today, yesterday or the date.")
    if STRETCHES.intersection(others) or _BESIDE.search(rest):
        raise InvalidAnswer(f"I need the day itself. Please give the date, such as {example}, or a day such as Friday.")
    if any(word[0].isdecimal() or word[-1].isdecimal() for word in others):
        raise InvalidAnswer(f"I can't tell which day that is. Please give day, month and year, such as {example}.")
    if not found or DENIALS.intersection(others):
        raise InvalidAnswer(f"I need a date here. Please give one such as {example}, yesterday or last Friday.")
    if len(others) > MOST_OTHER_WORDS:
        raise InvalidAnswer(f"I don't want to pick the wrong day out of that. Please give the date alone: {example}.")


def _beside_weekdays(rest: str, found: list[Reading]) -> tuple[set[str], set[str]]:
    """The words just before and just after a weekday's name, where only weekdays were named."""
    if any(reading.weekday is None for reading in found):
        return set(), set()
    pairs = list(pairwise(re.findall(rf"[^\W_]+|{_PLACE}", rest)))
    before = {word for word, following in pairs if following == _PLACE}
    return before - {_PLACE}, {word for preceding, word in pairs if preceding == _PLACE} - {_PLACE}


def _either(found: list[Reading], example: str) -> Reading:
    days = tuple(dict.fromkeys(day for reading in found for day in reading.days))
    if len(days) > MOST_TO_CHOOSE_FROM:
        raise InvalidAnswer(f"I found too many days in that. Please give just one, such as {example}.")
    return Reading(days, "ambiguous", note="".join(reading.note for reading in found))


def _both(found: list[Reading], example: str) -> Reading:
    dates = [reading for reading in found if reading.weekday is None]
    names = [reading for reading in found if reading.weekday is not None]
    first, *more = dates or names
    days = tuple(day for day in first.days if all(day in other.days for other in more))
    if not days:
        raise InvalidAnswer(f"I found more than one day in that. Please give just one, such as {example}.")
    doubts = [reading.doubt for reading in (first, *more)]
    doubt = None if None in doubts else doubts[0]
    if dates and names:
        weekdays = {reading.weekday for reading in names}
        agreeing = tuple(day for day in days if {day.weekday()} == weekdays)
        if not agreeing:
            raise InvalidAnswer(_mismatch(days[0], names[0]), "day")
        # A weekday that fits settles what was unclear, but not a year that is far away.
        return Reading(agreeing, doubt if doubt == "no year" else None)
    return Reading(days, doubt, note=first.note)


def _mismatch(day: date, name: Reading) -> str:
    assert name.weekday is not None
    return (
        f"{without_weekday(day)} is a {DAY_NAMES[day.weekday()]}, not a {DAY_NAMES[name.weekday]}. "
        "Please check which is right and give the date again."
    )


def _settle(reading: Reading, today: date, earliest: date, field: str = "") -> Understood | ReadBack:
    days = tuple(day for day in reading.days if day >= earliest)
    if not days:
        start = str(earliest.year) if (earliest.month, earliest.day) == (1, 1) else without_weekday(earliest)
        raise InvalidAnswer(f"I can only take dates from {start} on. Please check the year.", field)
    named = " or ".join(in_full(day) for day in days)
    question = f"{reading.note}Do you mean {named}?"
    if len(days) > 1:
        return ReadBack(days, reading.doubt or "ambiguous", question)
    if days[0] > today:
        return ReadBack(days, "future", f"{reading.note}{named} is still to come. Is that the day you mean?")
    if reading.doubt:
        return ReadBack(days, reading.doubt, question)
    if today - days[0] >= LONG_AGO:
        return ReadBack(days, "long ago", f"{named} is a year ago or more. Is that the day you mean?")
    return Understood(days[0])
