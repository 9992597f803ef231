"""How people in England write days: months, weekdays, feast days, counting words; and how a day is written back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

MONTH_NAMES = tuple("January February March April May June July August September October November December".split())
DAY_NAMES = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

MONTHS = (
    {name.casefold(): place for place, name in enumerate(MONTH_NAMES, 1)}
    | {name[:3].casefold(): place for place, name in enumerate(MONTH_NAMES, 1)}
    | {"sept": 9, "febuary": 2, "feburary": 2}
)
WEEKDAYS = (
    {name.casefold(): place for place, name in enumerate(DAY_NAMES)}
    | {name[:3].casefold(): place for place, name in enumerate(DAY_NAMES)}
    | {"tues": 1, "weds": 2, "wensday": 2, "wednsday": 2, "thur": 3, "thurs": 3}
)
COUNTS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "couple of": 2,
}

_FIXED_FEASTS = {
    "christmas eve": (24, 12),
    "christmas day": (25, 12),
    "boxing day": (26, 12),
    "new years eve": (31, 12),
    "new year eve": (31, 12),
    "nye": (31, 12),
    "new years day": (1, 1),
    "new year day": (1, 1),
    "bonfire night": (5, 11),
    "halloween": (31, 10),
}
_EASTER_FEASTS = {"maundy thursday": -3, "good friday": -2, "easter sunday": 0, "easter day": 0, "easter monday": 1}
FEASTS = tuple({*_FIXED_FEASTS, *_EASTER_FEASTS, *(name.replace("christmas", "xmas") for name in _FIXED_FEASTS)})

_FIRST_TO_NINETEENTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
ORDINALS = {word: number for number, word in enumerate(_FIRST_TO_NINETEENTH, 1)} | {"twentieth": 20, "thirtieth": 30}
ORDINALS |= {
    f"{tens}{mark}{word}": base + ORDINALS[word]
    for tens, base, count in (("twenty", 20, 9), ("thirty", 30, 1))
    for word in _FIRST_TO_NINETEENTH[:count]
    for mark in (" ", "-", "")
}

DENIALS = frozenset("not no never nobody none dont didnt doesnt wasnt isnt cant cannot couldnt havent hasnt".split())
# Words that make a day less than certain: it is read back before it is believed.
HEDGES = frozenset(
    (
        "about around approx approximately roughly circa think thought believe guess maybe perhaps probably possibly "
        "might likely since sometime from ish"
    ).split()
)
# Words that name a stretch of time, or a day by another one: what they leave open is asked, not worked out.
STRETCHES = frozenset(
    (
        "week weeks weekend month months year years fortnight fortnights ago day days next last previous working "
        "christmas xmas easter spring summer autumn winter term half holiday holidays eve"
    ).split()
)
# Beside a weekday these make another day of it than the last one of that name: "Black Friday", "the second Friday".
NAMED_BY = frozenset(
    (
        "remembrance black mothering mothers fathers palm shrove pancake ash whit holy maundy cyber super advent low "
        "passion trinity bank stir plough spy first second third fourth fifth other every each any some alternate "
        "before after"
    ).split()
)
REFERS_BACK = frozenset("before prior previous following earlier later".split())
# Beside a weekday these change nothing: the time of day, and how word came.
BESIDE_A_DAY = frozenset(
    (
        "early late mid morning mornings afternoon evening night lunchtime teatime midday noon dawn lunch breakfast "
        "am pm and no since from until both day date told heard knew found aware rang called phoned"
    ).split()
)
CLOCK_STRETCHES = frozenset("hour hours hr hrs minute minutes min mins".split())
PARTS_OF_A_DAY = frozenset("morning afternoon evening night tonight lunch lunchtime midday noon".split())
# Whatever of these a message is made of says when, beside numbers and the names of days and months.
TIMES = (
    frozenset("today tomorrow yesterday day days week weeks weekend fortnight month months year".split())
    | frozenset("christmas xmas easter nye halloween".split())
    | PARTS_OF_A_DAY
    | CLOCK_STRETCHES
)

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SPACED = re.compile(r"[^\w./:+@-]+|_")


def plain(text: str) -> str:
    """Text in one letter case, without apostrophes and commas, with single spaces."""
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _SPACED.sub(" ", _DASHES.sub("-", folded)).strip()


def feast(name: str, year: int) -> date:
    """The day of a feast in a year from 1 to 9998; `name` is one of FEASTS."""
    name = name.replace("xmas", "christmas")
    if name in _FIXED_FEASTS:
        day, month = _FIXED_FEASTS[name]
        return date(year, month, day)
    return easter(year) + timedelta(days=_EASTER_FEASTS[name])


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    Source: the anonymous algorithm of Nature, 20 April 1876, as given by Meeus, Astronomical Algorithms, chapter 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    wait = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * wait) // 451
    month, day = divmod(h + wait - 7 * m + 114, 31)
    return date(year, month, day + 1)


def working_days(count: int) -> str:
    """So many working days, in words: "1 working day"."""
    return f"{count} working day{'' if count == 1 else 's'}"


def spoken(day: date) -> str:
    """A day in few words, as in "Mon 30 Nov 2026"."""
    return f"{DAY_NAMES[day.weekday()][:3]} {day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def without_weekday(day: date) -> str:
    """A day as in "30 November 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def in_full(day: date) -> str:
    """A day in full, as in "Monday 30 November 2026"."""
    return f"{DAY_NAMES[day.weekday()]} {without_weekday(day)}"
