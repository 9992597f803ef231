"""Whether words said where others are present are about somebody, and whether they look like detail of a case; pure."""

from __future__ import annotations

import re

from bot.commands import plainly
from dialogs.answer_words import asks, words_of

_OF_SOMEBODY = frozenset(
    (
        "he she him her his hers himself herself my mine our ours this that these those "
        "here yesterday today tonight last ago morning afternoon evening weekend just was were had did "
        "we've i've weve ive"
    ).split()
)
_PEOPLE = (
    "child|children|baby|toddler|boy|girl|twins?|kids?|teenager|pupil|student|patient|"
    "mother|father|mum|mam|dad|parents?|family|stepfather|stepmother"
)
_SOMEBODY = re.compile(rf"\bthe (?:\w+ )?(?:{_PEOPLE}|year[- ]old)\b")
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

# What tells a case from a question about cases. One of them may stand in a question; two are about somebody.
_SIGNS = (
    # a person of somebody's, or one that both know of
    re.compile(rf"\bthe (?:\w+ ){{0,2}}(?:{_PEOPLE})\b|\bthe \d+[- ](?:year|month|week)[- ]old\b"),
    re.compile(rf"\b(?:my|our|his|her|their) (?:\w+ )?(?:{_PEOPLE}|carer|foster carer|class|nursery|ward)\b"),
    # how old they are
    re.compile(r"\b\d{1,2}[- ]?(?:years?|yrs?|months?|weeks?|days?)[- ]?old\b|\b\d{1,2} ?(?:yo|y/o)\b"),
    re.compile(r"\b(?:y|yr|year) ?\d{1,2}s?\b|\baged? \d{1,2}\b|\bdob\b"),
    # what happened to them
    re.compile(
        r"\b(?:died|dead|drowned|hanged|arrested|injured|stabbed|shot|overdosed|bruis(?:e|es|ed|ing)|disclosed|charged|"
        r"removed|attacked|assault(?:ed)?|raped|shook|shaken|burnt|burned|scalded|broke|broken|moved|run away|ran away|"
        r"gave birth|missing)\b"
    ),
    # when
    re.compile(
        rf"\byesterday\b|\btonight\b|\bthis (?:morning|afternoon|evening|week|weekend)\b|\b(?:on|since) (?:{_DAYS})\b|"
        rf"\blast (?:night|week|weekend|month|{_DAYS})\b|\bat the weekend\b"
    ),
    # where
    re.compile(r"\b(?:number|flat|house) \d+\b|\bon the [abm]\d+\b"),
)
# Two capitals in place of a name: "JS has", "for KB in my class". What is an organisation or a form is none.
_INITIALS = re.compile(r"\b(?P<two>[A-Z]{2})\b,? (?:\(|(?:has|had|was|is|died|drowned|aged|told|in my|in our)\b)")
_NOT_INITIALS = frozenset("LA RR GP ED CP UK PM AE DV DA HV SW IT HR LP CE MP PA QA SI UN EU US".split())


def is_general(words: str) -> bool:
    """Whether words ask about children as such: a question from its first word on, about nobody and no time of theirs.

    It is answered for everyone, so whatever may be about somebody is not general.
    """
    said = plainly(words)
    return asks(words_of(words)) and not _OF_SOMEBODY & set(said.split()) and _SOMEBODY.search(said) is None


def is_of_a_case(words: str) -> bool:
    """Whether words that are not general tell of somebody, by two signs of it."""
    said = plainly(words)
    initials = any(one["two"] not in _NOT_INITIALS for one in _INITIALS.finditer(words))
    return initials + sum(sign.search(said) is not None for sign in _SIGNS) > 1
