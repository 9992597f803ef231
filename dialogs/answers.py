"""Typed answers to a question with options: one, several or none, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from dialogs.answer_words import (
    ALL_OF_THEM,
    CIRCUMSTANCES,
    DENIALS,
    FILLERS,
    JOINERS,
    NONE_OF_THEM,
    NUMBER_FILLERS,
    POLITE,
    TURNS,
    UNSURE_ABOUT,
    YES,
    asks,
    fold,
    number_in,
    one_edit_apart,
    words_of,
)
from dialogs.options import (
    Index,
    Option,
    Words,
    index_of,
    matches_in,
    number_meant,
    opened_by,
    without_leading_fillers,
    words_outside,
)

__all__ = [
    "InvalidAnswer",
    "Option",
    "looks_like_question",
    "parse_choice",
    "parse_many",
    "parse_plainly",
    "says_unsure",
]

MOST_EXTRA_WORDS = 8
MOST_CHARACTERS = 2000
_PLEASE_NUMBER = "Please type the numbers that apply, such as 1, 3. If none do, type none."
_RANGE = re.compile(r"(?<!\d)(\d{1,3})\s*[-\u2010-\u2015]\s*(\d{1,3})(?!\d)")
_JOINED = re.compile(r"[,;\n&+/]|\b(?:and|plus|also)\b")


class InvalidAnswer(ValueError):
    """Words that are not an answer; `message` is a kind sentence to show, `field` the part of a form at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def looks_like_question(text: str) -> bool:
    """Whether a text asks something, by its question mark or its opening words."""
    return _ends_asking(text) or asks(words_of(text))


def _ends_asking(text: str) -> bool:
    return text.rstrip(" \t\n\"'\u201d\u2019)").endswith("?")


def says_unsure(text: str) -> bool:
    """Whether a text says no more than that the person is not sure: "don't know yet", but not "maybe Friday"."""
    words = words_of(text)
    if not words:
        return bool(text.strip()) and not text.strip().strip("?")
    index = index_of((Option("unsure", "Not sure"),))
    matches = matches_in(words, index)
    return bool(matches) and UNSURE_ABOUT.issuperset(words_outside(words, matches)) and not asks(words)


def parse_choice(text: str, options: Sequence[Option]) -> str:
    """The id of the one option that a text clearly means.

    Raises InvalidAnswer where the words fit no option, several, or one only in part.
    """
    index = index_of(tuple(options))
    words = words_of(text)
    if doubt := _doubt(words, index):
        _ask_which(doubt, index)
    places = _whole(words, text, index) or (frozenset() if _ends_asking(text) else opened_by(words, index))
    if len(places) == 1 or (places and not looks_like_question(text)):
        return _only(places, index).id
    if looks_like_question(text):
        raise InvalidAnswer(f"That sounds like a question. To carry on here, {_how(index)}.")
    found = _within(words, index) or _within(_corrected(words, index), index, most_unknown=0)
    return found.id if found else _unmatched(words, index)


def parse_plainly(text: str, options: Sequence[Option], unclear: str) -> str:
    """The id of the option meant, with "no" only where the text says nothing else; for other words, `unclear`.

    Raises InvalidAnswer for a question and for a text without letters, such as a number that is not there.
    """
    index = index_of(tuple(options))
    words = words_of(text)
    bare = tuple(word for word in words if word not in POLITE)
    if len(places := _exact(bare, text, index)) == 1:
        return _only(places, index).id
    try:
        found = parse_choice(text, options)
    except InvalidAnswer:
        if looks_like_question(text) or not any(word.isalpha() for word in words):
            raise
        return unclear
    return unclear if found == "no" else found


def parse_many(text: str, options: Sequence[Option]) -> tuple[str, ...]:
    """The ids of the options that a text clearly means, in the options' order; "none" and the like give ().

    Raises InvalidAnswer where any part of the text fits no option or several.
    """
    index = index_of(tuple(options))
    if len(text) > MOST_CHARACTERS:
        raise InvalidAnswer(f"That is more than I can take in. {_PLEASE_NUMBER}")
    words = words_of(text)
    if len(whole := index.phrases.get(words, frozenset())) == 1:
        return _ids(whole, index)
    if words in NONE_OF_THEM:
        return ()
    if words in ALL_OF_THEM:
        raise InvalidAnswer(f"Please pick each one that applies. {_PLEASE_NUMBER}")
    if len(words) > 1 and words[:1] in YES and words[:1] not in index.phrases:
        words = words[1:]
    places = _numbers(text, words, index)
    if places is None and looks_like_question(text):
        raise InvalidAnswer(
            f"That sounds like a question. To carry on here: {_PLEASE_NUMBER[0].lower()}{_PLEASE_NUMBER[1:]}"
        )
    if places is None:
        places = _all_within(words, index)
    return _ids(_piece_by_piece(text, index) if places is None else places, index)


def _doubt(words: Words, index: Index) -> frozenset[int]:
    """The options that a whole message may mean, where it is never taken for one of them."""
    if words in index.phrases and words not in index.doubts:
        return frozenset()
    return index.doubts.get(words) or index.doubts.get(without_leading_fillers(words), frozenset())


def _whole(words: Words, text: str, index: Index) -> frozenset[int]:
    if places := _exact(words, text, index):
        return places
    bare = without_leading_fillers(words)
    alone = bare in index.phrases and bare not in index.inside
    # "Yes and no" is no plain no.
    return index.phrases[bare] if alone and words[:1] not in YES else frozenset()


def _exact(words: Words, text: str, index: Index) -> frozenset[int]:
    if not words and says_unsure(text):
        return frozenset(place for place, option in enumerate(index.options) if option.id == "unsure")
    number = number_meant(words, index)
    numbered = {number - 1} if number is not None and 1 <= number <= len(index.options) else set()
    return index.phrases.get(words, frozenset()) | numbered


def _within(words: Words, index: Index, most_unknown: int | None = None) -> Option | None:
    if len(words) > index.longest + MOST_EXTRA_WORDS:
        raise InvalidAnswer(f"That is more than I can take as one answer. Please {_how(index)}.")
    matches = matches_in(words, index)
    if not matches:
        return None
    places = frozenset[int]().union(*(match.places for match in matches))
    rest = words_outside(words, matches)
    if any(match.doubtful for match in matches):
        if DENIALS.intersection(rest):
            raise InvalidAnswer(f"I can't be sure what you mean. Please {_how(index)}.")
        _ask_which(places, index)
    option = _only(places, index)
    # A number left over may be a second answer.
    turned = [word for word in rest if word in _turns_for(option) or word.isdecimal()]
    harmless = _harmless_beside(option, index)
    unknown = [word for word in rest if word not in harmless and word not in TURNS]
    if most_unknown is None:
        most_unknown = MOST_EXTRA_WORDS if option.id == "unsure" else 0
    if turned:
        raise InvalidAnswer(f"I can't be sure what you mean. Please {_how(index)}.")
    if len(unknown) > most_unknown or len(rest) > MOST_EXTRA_WORDS:
        _ask_which(places, index)
    return option


def _turns_for(option: Option) -> frozenset[str]:
    # Being unsure is safe to hear beside any doubt, and "no" beside its own "not".
    if option.id == "unsure":
        return DENIALS
    return TURNS - {"no", "not"} if option.id == "no" else TURNS


def _harmless_beside(option: Option, index: Index) -> frozenset[str]:
    # "No, hospital has" must not be heard as a plain no.
    if option.id in {"yes", "no"}:
        return FILLERS
    return FILLERS | CIRCUMSTANCES | index.label_words[index.options.index(option)]


def _corrected(words: Words, index: Index) -> Words:
    known = FILLERS | TURNS | JOINERS | index.long_words

    def correct(word: str) -> str:
        if len(word) < 5 or word in known:
            return word
        # A changed last letter is more often another form of a word ("knows", "known") than a slip.
        near = [meant for meant in index.long_words if one_edit_apart(word, meant) and word[:-1] != meant[:-1]]
        return near[0] if len(near) == 1 else word

    return tuple(correct(word) for word in words)


def _numbers(text: str, words: Words, index: Index) -> frozenset[int] | None:
    core = [word for word in words if word not in NUMBER_FILLERS and word not in JOINERS]
    through = {"to", "through", "until"}
    numbers = [number_in(word) for word in core if word not in through]
    if not numbers or None in numbers:
        return None
    chosen = {number for number in numbers if number is not None}
    spans = [(int(a), int(b)) for a, b in _RANGE.findall(fold(text))]
    if any(b - a > 1 for a, b in spans):
        first, last = next((a, b) for a, b in spans if b - a > 1)
        raise InvalidAnswer(f"Did you mean {first} and {last}, or those between as well? Please type each number.")
    if through & set(core):
        if len(core) != 3 or core[1] not in through:
            return None
        chosen = set(range(min(chosen), max(chosen) + 1))
    if wrong := sorted(chosen - set(range(1, len(index.options) + 1))):
        raise InvalidAnswer(f"There is no number {wrong[0]} here. {_PLEASE_NUMBER}")
    return frozenset(number - 1 for number in chosen)


def _all_within(words: Words, index: Index) -> frozenset[int] | None:
    matches = matches_in(words, index)
    rest = [word for word in words_outside(words, matches) if word not in FILLERS and word not in JOINERS]
    if not matches or rest or any(match.doubtful or len(match.places) > 1 for match in matches):
        return None
    return frozenset().union(*(match.places for match in matches))


def _piece_by_piece(text: str, index: Index) -> frozenset[int]:
    pieces = [piece for piece in _JOINED.split(fold(text)) if words_of(piece)]
    if len(pieces) > 1 and words_of(pieces[0]) in YES - index.phrases.keys():
        pieces = pieces[1:]
    if not pieces:
        raise InvalidAnswer(_PLEASE_NUMBER)
    try:
        ids = {parse_choice(piece, index.options) for piece in pieces}
    except InvalidAnswer as slip:
        raise InvalidAnswer(f"I couldn't be sure of all of that. {_PLEASE_NUMBER}") from slip
    return frozenset(place for place, option in enumerate(index.options) if option.id in ids)


def _ids(places: frozenset[int], index: Index) -> tuple[str, ...]:
    return tuple(index.options[place].id for place in sorted(places))


def _only(places: frozenset[int], index: Index) -> Option:
    if len(places) == 1:
        return index.options[min(places)]
    if len(places) > 3:
        raise InvalidAnswer(f"That fits more than one answer. Please {_how(index)}.")
    named = [f"\u201c{index.options[place].label}\u201d (type {place + 1})" for place in sorted(places)]
    raise InvalidAnswer(f"Which do you mean: {', '.join(named[:-1])} or {named[-1]}?")


def _ask_which(places: frozenset[int], index: Index) -> NoReturn:
    if len(places) > 1:
        _only(places, index)
    place = min(places)
    how = "type the number of another answer" if len(index.options) > 1 else "ask me something else"
    named = f"type {place + 1} for \u201c{index.options[place].label}\u201d"
    raise InvalidAnswer(f"I can't be sure what you mean. Please {named}, or {how}.")


def _unmatched(words: Words, index: Index) -> NoReturn:
    number = number_meant(words, index)
    if number is not None:
        raise InvalidAnswer(f"There is no number {number} here. Please {_how(index)}.")
    if words in YES:
        raise InvalidAnswer(f"Yes could mean more than one answer here. Please {_how(index)}.")
    raise InvalidAnswer(f"I couldn't match that to an answer. Please {_how(index)}.")


def _how(index: Index) -> str:
    count = len(index.options)
    return f"type a number from 1 to {count}, or the words as shown" if count > 1 else "type 1"
