"""Days to come as people type them, for an absence: the next such day, and the first and last day of a stretch."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.answers import InvalidAnswer
from dialogs.date_reading import day_of
from dialogs.date_words import FEASTS, MONTHS, WEEKDAYS, plain
from dialogs.typed_dates import Understood, parse_date

# Seen from so far ahead, a day without a year is the next one that comes.
_AHEAD = timedelta(days=364)
_A_DAY = timedelta(days=1)
# An absence that runs already is meant by its first day, seen from so far back: somebody fell ill last week.
_BEGUN = timedelta(days=60)
# Without a year, "14 August to 3 August" is two days turned round, where "24 December to 4 January" is not; and a day
# so far ahead is sooner one that has been.
_HARDLY_MEANT = timedelta(days=300)
_TURNED_ROUND = (
    "The last day comes before the first. Please check them; if the last is in another year, give both years."
)
_DAY_AND_MONTH = "Please give the day and the month, such as 14 August."
_WHICH_YEAR = "That is either over or nearly a year ahead. Please give the year too, such as 14 August {}."
_BACKWARDS = re.compile(r"\b(?:ago|yesterday|last|week|weeks|fortnight|days?|before|since|next month|this month)\b")
_WEEKDAY = re.compile(rf"(?:(?:on|this|next|coming) )*(?P<day>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})")
_BARE_DAY = re.compile(r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?")
# Days are counted whole: who is away from Friday afternoon is away on Friday.
_PART_OF_A_DAY = re.compile(
    r"^(?:the )?(?:end|close|start|beginning) of\b|^late on\b|\bfirst thing\b|\b(?:early|late)\b"
    r"|\b(?:in the )?(?:morning|afternoon|evening|night|lunchtime|lunch|midday|noon)\b"
    r"|\b(?:at )?[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm)\b|\bat [0-9]{1,2}(?:[:.][0-9]{2})?$"
    r"|\b(?:at )?[0-9]{1,2}:[0-9]{2}\b"
)
# Any other day is known by its month or by figures: "Friday" alone, seen from a year ahead, is one in a year.
_WRITTEN = re.compile(rf"[0-9]|\b(?:{'|'.join((*MONTHS, *FEASTS))})\b")
_BETWEEN = re.compile(r"\s+(?:to|until|till|through|up to and including|-)\s+|\s*[\u2013\u2014]\s*")
_NEXT_WEEK = re.compile(r"(?:for )?(?:all |the whole )?(?:of )?next week")
_BACK = re.compile(r"(?:(?:i am|i'm|im|i will be|i'll be) )?back (?:(?:at work|in|on|from) )*(?P<day>.+)")
_THAT_DAY_ONLY = re.compile(r"(?:just |only )?(?:for )?(?:the |that )?(?:same |one )?day(?: only)?")
_UNTIL = re.compile(r"(?:until|till|up to|to)\s+(?P<last>.+)")
_FROM_ON = re.compile(r"(?:from|starting|beginning|(?P<since>since))\s+(?P<first>.+?)(?:\s+(?:on|onwards?))?")


def coming_day(text: str, today: date, after: date | None = None) -> date:
    """The next day that a text means, on or after `after`, or `today`.

    Raises InvalidAnswer where it means none, or one so far ahead without its year that another is sooner meant.
    """
    start = after or today
    day = _next(text, today, start)
    if day - start > _HARDLY_MEANT and not _has_year(text, day, today):
        raise InvalidAnswer(_WHICH_YEAR.format(today.year + 1))
    return day


def begins_on(text: str, today: date) -> date | None:
    """The first day of "from 3 August", which says nothing of the last; None for anything else.

    Raises InvalidAnswer where it means no day.
    """
    match = _FROM_ON.fullmatch(text.strip().lower())
    if match is None or len([part for part in _BETWEEN.split(match["first"]) if part.strip()]) != 1:
        return None
    first = match["first"]
    if not match["since"] and _whole_day(first) != "yesterday":
        return _begun(first, today) or coming_day(first, today)
    read = parse_date(_whole_day(first), today)
    # Whichever day is taken is said when the last is asked for.
    begun = read.on if isinstance(read, Understood) else read.on[0]
    if begun > today:
        raise InvalidAnswer(_DAY_AND_MONTH)
    return begun


def ends_on(text: str, first: date, today: date) -> tuple[date, date]:
    """The first and last day, where the first is known and the last was asked for: that, or both once more.

    Raises InvalidAnswer where it is none.
    """
    said = " ".join(text.replace("\u2019", "'").lower().split())
    if _THAT_DAY_ONLY.fullmatch(said):
        return first, first
    if match := _BACK.fullmatch(said):
        return first, _last(match["day"], first, today) - _A_DAY
    if match := _UNTIL.fullmatch(said):
        return first, _last(match["last"], first, today)
    if len([part for part in _BETWEEN.split(text.strip()) if part.strip()]) > 1:
        return stretch(text, today)
    return first, _last(text, first, today)


def stretch(text: str, today: date) -> tuple[date, date]:
    """The first and last day of "3 to 14 August", "tomorrow until Friday", "until 4/12", "next week" or one day alone.

    Raises InvalidAnswer where it is none, or the last day comes before the first; it may do so where a year says so.
    """
    said = re.sub(r"^\s*(?:from|between|on)\s+", "", text.strip(), flags=re.IGNORECASE)
    if _NEXT_WEEK.fullmatch(plain(said)):
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=4)
    if match := _UNTIL.fullmatch(said.lower()):
        return today, coming_day(match["last"], today)
    parts = [part for part in _BETWEEN.split(said) if part.strip()]
    if len(parts) == 1:
        day = coming_day(parts[0], today)
        return day, day
    if len(parts) != 2:
        raise InvalidAnswer("Please give the first day and the last, such as 3 August to 14 August.")
    if match := _BARE_DAY.fullmatch(plain(parts[0])):
        # "3 to 14 August": the month is said once.
        last = coming_day(parts[1], today)
        return day_of(int(match["day"]), last.month, last.year), last
    first = _begun(parts[0], today) or coming_day(parts[0], today)
    last = _last(parts[1], first, today)
    if last - today > _HARDLY_MEANT and not (_has_year(parts[0], first, today) or _has_year(parts[1], last, today)):
        raise InvalidAnswer(_WHICH_YEAR.format(today.year + 1))
    return first, last


def _last(text: str, first: date, today: date) -> date:
    """The last day, which may be over too. Raises InvalidAnswer where it is turned round with the first."""
    for start in (max(first, today), first):
        last = _next(text, today, start)
        if last - start <= _HARDLY_MEANT or _has_year(text, last, today):
            return last
    raise InvalidAnswer(_TURNED_ROUND)


def _next(text: str, today: date, start: date) -> date:
    """The first such day from `start` on, or the one of the year that was said."""
    said = _whole_day(text)
    if said in {"today", "now"}:
        return today
    if said == "tomorrow":
        return today + _A_DAY
    if match := _WEEKDAY.fullmatch(said):
        return start + timedelta(days=(WEEKDAYS[match["day"]] - start.weekday()) % 7)
    said = said.replace("this year", str(today.year)).replace("next year", str(today.year + 1))
    if _BACKWARDS.search(said) or _BARE_DAY.fullmatch(said) or not _WRITTEN.search(said):
        raise InvalidAnswer(_DAY_AND_MONTH)
    try:
        read = parse_date(said, start + _AHEAD)
    except InvalidAnswer as slip:
        # What is said without naming a part speaks of days that have been.
        raise slip if slip.field else InvalidAnswer(_DAY_AND_MONTH) from None
    if isinstance(read, Understood):
        return read.on
    if read.why == "ambiguous":
        raise InvalidAnswer(f"I am not sure which day that is. {_DAY_AND_MONTH}")
    return read.on[0]


def _has_year(text: str, day: date, today: date) -> bool:
    """Whether a day was said with its year: it is the same wherever it is looked for from."""
    return _next(text, today, day - _AHEAD - _A_DAY) == day


def _whole_day(text: str) -> str:
    """What was typed, without the part of a day."""
    return re.sub(r"^(?:on|the) ", "", " ".join(_PART_OF_A_DAY.sub(" ", plain(text)).split()))


def _begun(text: str, today: date) -> date | None:
    """The day before today on which an absence that runs already began; None where none is written out."""
    if not _WRITTEN.search(_whole_day(text)):
        return None
    begun = _next(text, today, today - _BEGUN)
    return begun if begun < today else None
