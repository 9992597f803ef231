"""A reason in a person's own words: taken as it stands, so long as there is something in it and not too much."""

from __future__ import annotations

import unicodedata

from dialogs.answer_words import UNSURE, words_of
from dialogs.answers import InvalidAnswer
from dialogs.flow import MOST_CHARACTERS

LEAST_LETTERS = 3
# Controls, marks that turn the direction of writing, halves of characters: what nobody can read.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SKIPPING = frozenset({"skip", "none", "nothing", "nothing to add", "no reason", "no comment", "n/a", "na", "no"})
# That it is too early to say is a reason; that somebody does not know is none.
_DOUBT = UNSURE - {("too", "early", "to", "say"), ("too", "soon", "to", "say")}
_BESIDE = frozenset("i im am we are really honestly just sorry still yet at all um er well".split())
_AS_ABOVE = frozenset({"as above", "same as above", "see above", "the same", "same", "same reason", "ditto"})


def says_nothing(text: str) -> bool:
    """Whether words only say that there is nothing to say."""
    plain = _seen(text)
    return plain in {"", "-"} or plain.casefold().strip(" .!") in _SKIPPING


def says_doubt(text: str) -> bool:
    """Whether words only say that somebody does not know: why not is what would be a reason."""
    return tuple(word for word in words_of(text) if word not in _BESIDE) in _DOUBT


def is_no_reason(text: str) -> bool:
    """The same, that somebody does not know, or no words at all, such as a full stop."""
    return says_nothing(text) or says_doubt(text) or not any(letter.isalnum() for letter in text)


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
    if says_doubt(text):
        raise InvalidAnswer("Please say why that is not known: a few words of your own, without names.")
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
