"""The day in an everyday answer to a reminder: "this morning", "on 9 November", and nothing but a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.cases.case_refused import not_come_yet
from dialogs.answers import InvalidAnswer
from dialogs.date_words import DAY_NAMES, HEDGES, MONTHS, TIMES, WEEKDAYS
from dialogs.typed_dates import Understood, parse_date

_NAMED = TIMES | frozenset({*MONTHS, *WEEKDAYS})
_AROUND = frozenset(
    "on in at by after until till next last this the a an end of two three four few couple later".split()
)
# "Done by Friday" is a promise.
_BESIDE_A_DAY = (_AROUND - {"by", "after", "until", "till"}) | frozenset(
    "early late earlier ago past please thanks i think".split()
)
_NUMBER = re.compile(
    r"[0-9]{1,4}(?:st|nd|rd|th|am|pm)?|[0-9]{1,2}[:.][0-9]{2}(?:am|pm)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?"
)
_IN_A_CALENDAR = re.compile(rf"[0-9][/.-][0-9]|\b(?:{'|'.join(MONTHS)})\b")
_PART_OF_A_DAY = (
    (re.compile(r"(?:earlier )?(?:this (?:morning|afternoon|evening)|tonight)|earlier today|just now"), "today"),
    (re.compile(r"at [0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm)?"), "today"),
    (re.compile(r"last (?:night|evening)|yesterday (?:morning|afternoon|evening)"), "yesterday"),
    (re.compile(r"(?:the )?day before yesterday"), "2 days ago"),
)


@dataclass(frozen=True)
class Day:
    """A day that was said, where it is clear; else it is asked for, and `first` is what is said of it before that."""

    on: date | None = None
    first: str = ""


def day_said(words: str, today: date) -> Day | None:
    """The day on which something was done; None where the words are no day, or say anything beside one.

    "Notified Ofsted yesterday" is not that the Panel was notified.
    """
    words = next((day for pattern, day in _PART_OF_A_DAY if pattern.fullmatch(words)), words)
    if not are_of(words, _BESIDE_A_DAY):
        return None
    try:
        read = parse_date(words, today)
    except InvalidAnswer as slip:
        return Day(first=slip.message)
    if isinstance(read, Understood):
        return Day(read.on)
    nearest = min(read.on, key=lambda day: abs(day - today))
    return Day(first=not_come_yet(nearest)) if nearest > today else Day()


def day_alone(words: str, today: date) -> str:
    """The words for a day, as they can be read, where words are nothing else; empty where they are anything else.

    A day that is in no calendar is one too, so that this is said of it; a bare number or a time of day is none.
    """
    day = next((day for pattern, day in _PART_OF_A_DAY if pattern.fullmatch(words)), words)
    if not are_of(day, _BESIDE_A_DAY | HEDGES) or words.isdecimal() or words.startswith("at "):
        return ""
    try:
        parse_date(day, today)
    except InvalidAnswer:
        return day if _IN_A_CALENDAR.search(day) else ""
    return day


def is_a_time(words: str) -> bool:
    """Whether words name a time, such as "on friday" or "in two weeks", and nothing else."""
    return are_of(words, _AROUND)


def names(said: str, day: date) -> bool:
    """Whether what was said names this coming day by its weekday."""
    every = said.split()
    name = DAY_NAMES[day.weekday()].casefold()
    return "next" not in every and bool({name, name[:3]} & set(every))


def are_of(words: str, around: frozenset[str]) -> bool:
    """Whether words name a time, and are nothing but such words, numbers, names of days and months, and `around`."""
    every = words.replace(",", " ").split()
    named = [one for one in every if one in _NAMED or _NUMBER.fullmatch(one)]
    return bool(named) and all(one in named or one in around for one in every)
