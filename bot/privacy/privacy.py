"""Catches identifiers in what a person typed, before anything is stored.

Numbers, dates of birth, postcodes and addresses have a shape and are caught well. Names have none: a name is caught
after a cue ("her name is", "Mr"), when it is a common first name or surname, or when the sentence treats a strange word
as a person, so some are missed. No detector finds names reliably, which is why the bot also keeps no free text, but for
the reasons that some dialogs ask for in a person's own words: those stand with the answers, and are looked through too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.privacy.privacy_grammar import people
from bot.privacy.privacy_names import names
from bot.privacy.privacy_places import handles, schools
from bot.privacy.privacy_shapes import shapes

MAX_CHARS = 4000
"""Characters looked at. The caller refuses longer messages; `mask` leaves out whatever lies beyond."""

_TIPS = {
    "an e-mail address": "leave out phone numbers and e-mail addresses",
    "an NHS number": "keep reference numbers in your own records",
    "a National Insurance number": "keep reference numbers in your own records",
    "a unique pupil number": "keep reference numbers in your own records",
    "a date of birth": "instead of a date of birth, give an age or say “under 18”",
    "a case reference": "keep reference numbers in your own records",
    "a phone number": "leave out phone numbers and e-mail addresses",
    "a car registration": "instead of a registration, say “a car”",
    "a street address": "instead of an address or postcode, say “our area” or “another area”",
    "a postcode": "instead of an address or postcode, say “our area” or “another area”",
    "a school's name": "instead of a school’s name, say “the school” or what kind of school it is",
    "a user name": "leave out user names",
    "a name": "instead of a name, say “the child”, “the mother” or a job role",
}
"""Every kind, surest first: where two overlap, the surer names the span."""

_LABELS = {kind: f"[{kind.split(' ', 1)[1]} removed]" for kind in _TIPS}
_REST = "[the rest of a long message removed]"
_PLACEHOLDER = "|".join(re.escape(label) for label in (*_LABELS.values(), _REST))


@dataclass(frozen=True)
class Found:
    """One identifier: its kind in plain words ("a phone number") and where it stands, in characters of the text."""

    kind: str
    start: int
    end: int


def identifiers(text: str) -> tuple[Found, ...]:
    """Every identifier in the first MAX_CHARS characters, in order, none overlapping another. Never raises."""
    return _search(text[:MAX_CHARS])


def mask(text: str) -> str:
    """The text with each identifier replaced by, say, "[phone number removed]"; what lies past MAX_CHARS is left out.

    Nothing that `identifiers` finds in the result is left: the search is repeated until it finds nothing.
    """
    masked = text[:MAX_CHARS]
    while found := _search(masked):
        for one in reversed(found):
            masked = masked[: one.start] + _LABELS[one.kind] + masked[one.end :]
    return masked if len(text) <= MAX_CHARS else f"{masked} {_REST}"


def advice(found: Sequence[Found]) -> str:
    """What to tell the person: which kinds were seen and how to say it without; never the value. Empty for none."""
    kinds = [kind for kind in _TIPS if any(one.kind == kind for one in found)]
    if not kinds:
        return ""
    tips = "; ".join(dict.fromkeys(_TIPS[kind] for kind in kinds))
    listed = " and ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
    return f"It looks as if that has {listed} in it. I have not kept it. Please try again: {tips}."


def note(found: Sequence[Found]) -> str:
    """The same for a question that is answered all the same."""
    return advice(found).replace("Please try again: ", "Next time, please ")


def blanked(text: str, gap: str = "") -> str:
    """The first MAX_CHARS characters of a text with a gap in place of each identifier."""
    return re.sub(_PLACEHOLDER, f" {gap} ", mask(text[:MAX_CHARS]))


def nameless(text: str) -> str:
    """The same for understanding it: whoever was named is "someone", so that what happened to them is still said."""
    masked = mask(text[:MAX_CHARS]) if identifiers(text) else text
    return re.sub(_PLACEHOLDER, " ", masked.replace(_LABELS["a name"], "someone"))


def _search(text: str) -> tuple[Found, ...]:
    """Everything found, overlapping spans joined and named by the surest kind among them."""
    plain = _plain(text)
    found = (Found(*span) for span in (*names(plain), *people(plain), *shapes(plain), *schools(plain), *handles(plain)))
    joined: list[Found] = []
    surest = list(_TIPS).index
    for one in sorted(found, key=lambda each: (each.start, each.end)):
        if joined and one.start < joined[-1].end:
            last = joined.pop()
            kind = min(last.kind, one.kind, key=surest)
            joined.append(Found(kind, last.start, max(last.end, one.end)))
        else:
            joined.append(one)
    return tuple(joined)


def _plain(text: str) -> str:
    """The text at the same length, with plain digits, spaces, dashes and apostrophes, and nothing already removed."""
    if not text.isascii():
        text = "".join(map(_plain_character, text))
    return re.sub(_PLACEHOLDER, lambda label: "|" * len(label[0]), text)


def _plain_character(character: str) -> str:
    if character in "’‘ʼ`":
        return "'"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    category = unicodedata.category(character)
    return {"Zs": " ", "Pd": "-"}.get(category, character)
