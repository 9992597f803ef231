"""A reason in a person's own words: taken as it stands, so long as there is something in it and not too much."""

from __future__ import annotations

import unicodedata

from dialogs.answers import InvalidAnswer
from dialogs.flow import MOST_CHARACTERS

LEAST_LETTERS = 3
# Controls, marks that turn the direction of writing, halves of characters: what nobody can read.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SKIPPING = frozenset({"skip", "none", "nothing", "nothing to add", "no reason", "no comment", "n/a", "na", "no"})
_AS_ABOVE = frozenset({"as above", "same as above", "see above", "the same", "same", "same reason", "ditto"})


def says_nothing(text: str) -> bool:
    """Whether words only say that there is nothing to say."""
    plain = _seen(text)
    return plain in {"", "-"} or plain.casefold().strip(" .!") in _SKIPPING


def is_no_reason(text: str) -> bool:
    """The same, or no words at all, such as a full stop."""
    return says_nothing(text) or not any(letter.isalnum() for letter in text)


def parse_words(text: str, above: str = "") -> str:
    """The words with single spaces; those of the reason `above`, where that is what they point to.

    Raises InvalidAnswer where there is too little in them to be a reason, or too much to be kept.
    """
    plain = _seen(text)
    points_up = plain.casefold().strip(" .!") in _AS_ABOVE
    if points_up and above:
        return above
    if says_nothing(text) or points_up:
        raise InvalidAnswer("I need a reason here: a few words of your own, without names.")
    if sum(letter.isalpha() for letter in plain) < LEAST_LETTERS:
        raise InvalidAnswer("I need that in words: a line or two is enough, without names.")
    if len(plain) > MOST_CHARACTERS:
        raise InvalidAnswer(
            f"That is longer than I can keep here ({len(plain):,} characters; I can keep {MOST_CHARACTERS:,}). "
            "Please give the main points, and put the rest in your own record."
        )
    return plain


def _seen(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in _UNSEEN)
