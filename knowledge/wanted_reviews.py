"""Tells which published reviews a question asks for: by a name that people call one by, or by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.learning import Review
from knowledge.terms import plainly

_WORK = r"(?:reviews?|findings?|learning|lessons?|briefings?|reports?)"
# What is asked about how a review is done: then nobody wants to read one.
_OF_THE_PROCESS = re.compile(
    r"\b(?:(?:rapid|adult|homicide|learning) reviews?|review (?:date|panel|group|form|meeting|team)"
    r"|case review group|lcsprs?|(?:do|must|should|can|will|how long|who (?:gets|sends|writes|decides)) )"
)
_FOR_READING = re.compile(
    rf"\b{_WORK} (?:\w+ ){{0,3}}(?:about|on|into|regarding|concerning)\b"
    rf"|\bwhat (?:did|do|does|have|has) (?:\w+ ){{0,6}}{_WORK}(?: \w+){{0,6}} (?:find|found|say|said|show|tell|learn)"
    rf"|\b(?:find|found|published|national|thematic) (?:\w+ ){{0,3}}{_WORK}\b|\b{_WORK} findings?\b"
    rf"|\b{_WORK} (?:of|for|from) "
)


def by_name(reviews: Iterable[Review], text: str) -> tuple[Review, ...]:
    """The reviews that a text calls by a name of theirs."""
    said = plainly(text)
    return tuple(one for one in reviews if any(_stands(name, said) for name in one.known_as))


def by_subject(reviews: Iterable[Review], text: str) -> tuple[Review, ...]:
    """The reviews on what a text asks to read about; none where it asks how a review is done."""
    said = plainly(text)
    if not _FOR_READING.search(said) or _OF_THE_PROCESS.search(said):
        return ()
    return tuple(one for one in reviews if any(_stands(word, said) for word in (*one.themes, *one.words)))


def _stands(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None
