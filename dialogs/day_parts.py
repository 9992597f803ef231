"""Parts of a day as people type them beside it: "tomorrow morning", "Friday from 2pm", "until the end of Monday"."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.date_words import PARTS_OF_A_DAY

Side = Literal["first", "last", "only"]
"""Which day it is of an absence: with which it begins, with which it ends, or the only one."""

_CLOCK = r"[0-9]{1,2}(?:[:.][0-9]{2})?"
_TIME = rf"{_CLOCK} ?(?:am|pm)|[0-9]{{1,2}}:[0-9]{{2}}"
_NAMES = "|".join(sorted(PARTS_OF_A_DAY, key=len, reverse=True))
_FROM_TIME_TO_TIME = re.compile(
    rf"\b(?:from |between )?{_CLOCK} ?(?:am|pm)? ?(?:-|to|until|till|and) ?(?:{_TIME})(?![a-z0-9])"
)
_OF_TODAY = re.compile(rf"\bthis (?={_NAMES})|\b(?=tonight\b)")
_PART = re.compile(
    r"\b(?:the )?(?:end|close|start|beginning) of\b|\bfirst thing\b|\b(?:early|late)\b"
    r"|\b(?:a )?half(?: (?:a |of )?day\b| of\b)?|\b(?:for )?(?:a )?(?:part|most) of\b"
    rf"|\b(?:(?:in|during) )?(?:the )?(?:{_NAMES})\b(?: of\b)?"
    rf"|\b(?:(?:at|by|from|after|before|until|till) )?(?:{_TIME})(?![a-z0-9])"
    r"|\bat [0-9]{1,2}(?:[:.][0-9]{2})?$|\b(?:am|pm)\b"
)
_ONLY_A_PART = re.compile(rf"(?:(?:in|at|from|after|before|by) )?(?:the )?(?:{_NAMES}|{_TIME})")
_ALL_DAY = re.compile(r"\b(?:for )?(?:all day(?: on)?|(?:all|the whole|whole)(?: of| day)*)(?: |$)")
# From Friday morning on, all of Friday is meant, and until Friday evening too.
_WHOLE = {
    "first": frozenset({"the", "start", "beginning", "of", "first", "thing", "early", "in", "morning"}),
    "last": frozenset({"the", "end", "close", "of", "late", "in", "evening", "night", "tonight"}),
    "only": frozenset(),
}


def without_times(said: str) -> tuple[str, bool]:
    """Plain words without "from 2 to 4pm", which is no stretch of days, and whether they had it."""
    bare = " ".join(_FROM_TIME_TO_TIME.sub(" ", _OF_TODAY.sub("today ", said)).split())
    return bare, bool(_FROM_TIME_TO_TIME.search(said))


def is_only_a_part(said: str) -> bool:
    """Whether plain words name a part of a day, and no day."""
    return _ONLY_A_PART.fullmatch(said) is not None


def whole_day(said: str, side: Side) -> tuple[str, bool]:
    """Plain words without the part of a day that they name, and whether less than the whole day was said."""
    parts = [match[0].split() for match in _PART.finditer(said)]
    bare = _ALL_DAY.sub(" ", _PART.sub(" ", said))
    bare = re.sub(r"^(?:on|the|of) | (?:on|in|the|from|of)$", "", " ".join(bare.split()))
    if is_only_a_part(said) or _ALL_DAY.fullmatch(said):
        # "Until 3pm" and "all day" are said of today.
        bare = "today"
    return bare, any(not _WHOLE[side].issuperset(words) for words in parts)
