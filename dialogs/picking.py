"""Which of several things shown a few words pick: by their place, or by a title shortened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.answer_words import FILLERS, NO, ORDINALS, POLITE, YES, number_in, one_edit_apart, words_of
from dialogs.answers import looks_like_question

Words = tuple[str, ...]
MOST_PLACES = 20
"""A greater number is not meant as a place in a list: "47", "999"."""
_MOST_WORDS = 10
_CHOOSING = POLITE | frozenset(
    (
        "the a i ill id like want take go with for then lets let me its it is answer option options number no num "
        "choice choose pick item title topic pls plz just try have can could what about"
    ).split()
)
_ONES = frozenset({"one", "ones"})
_BY_POSITION = frozenset("last bottom final top middle".split())
_SEVERAL = frozenset("both either all any each every everything".split())
_BESIDE_SEVERAL = frozenset("of them these those and or one ones two three".split())
_POINTING = frozenset({"this", "that"})
_NONE = frozenset(
    tuple(phrase.split())
    for phrase in (
        "none|neither|none of them|none of these|none of those|none of the above|neither of them|neither of these|"
        "not these|not those|not any of these|something else|no neither|no none|not one of these"
    ).split("|")
)
# Beside these a title's words are few enough to be compared.
_LITTLE = FILLERS | _CHOOSING | _ONES | frozenset("what who when where how which does about these".split())
_TURNING = frozenset("not no never nobody nothing none neither nor without".split())
_LONG = 5


_WANTS_TO_HEAR = re.compile(
    r"(?:(?:yes|yep|yeah|ok|okay|please|pls|just|then|can you|could you|will you|would you|i would like you to) )*"
    r"(?:(?:tell|notify|inform|update|message|alert) me|let me know)(?: (?:here|please|later|then))*"
    r"(?: (?:when|once|if|as soon as|when ever|whenever) (?:you (?:know|find out|hear|can|do|find it|find one|have it|"
    r"have one|have an answer|have the answer|get an answer|get one|know it|know the answer|can answer(?: it)?)|"
    r"(?:there is|theres) (?:one|an answer)|it is (?:answered|known)|an answer comes))?"
    r"(?: (?:here|please|thanks|thank you))*"
)


@dataclass(frozen=True)
class Pick:
    """What words come to that pick among things shown: a place from 0, none of them, or only yes or no.

    `doubt` asks again where they pick and it is not clear what.
    """

    place: int | None = None
    is_none: bool = False
    says: str = ""
    doubt: str = ""


def by_place(text: str, count: int, titled: int | None = None) -> Pick | None:
    """What words come to that pick by place among `count` things, or say yes or no; None where they say anything else.

    Of the things shown, the first `titled` are what "the last one" is meant of.
    """
    words = words_of(text)
    bare = tuple(word for word in words if word not in POLITE)
    if not bare or len(words) > _MOST_WORDS or bare == ("no", "one"):
        return None
    if bare in _NONE:
        return Pick(is_none=True)
    if bare in YES or bare in NO:
        return Pick(says="yes" if bare in YES else "no", doubt=which(count))
    core = [word for word in words if word not in _CHOOSING]
    if len(core) == 2 and core[1] in _ONES and (_is_ordinal(core[0]) or core[0] in _BY_POSITION):
        core = core[:1]
    return _by_core(core, "the" in words, count, count if titled is None else titled)


def _by_core(core: Sequence[str], has_the: bool, count: int, titled: int) -> Pick | None:
    numbers = [number_in(word) for word in core if word not in {"and", "or"}]
    if len(numbers) > 1 and all(number is not None and number <= MOST_PLACES for number in numbers):
        return Pick(doubt=one_at_a_time(count))
    if _SEVERAL.intersection(core) and (_SEVERAL | _BESIDE_SEVERAL).issuperset(core):
        return Pick(doubt=one_at_a_time(count))
    if core and (core[0] in _POINTING or (core[0] == "one" and has_the)) and _ONES.issuperset(core[1:]):
        return Pick(doubt=which(count))
    if len(core) != 1:
        return None
    if core[0] in _BY_POSITION:
        place = {"top": 0, "middle": titled // 2}.get(core[0], titled - 1)
        return Pick(place) if core[0] != "middle" or titled % 2 else Pick(doubt=which(count))
    number = number_in(core[0])
    if number is None or number > MOST_PLACES:
        return None
    return Pick(number - 1) if 1 <= number <= count else Pick(doubt=f"There is no number {number} here. {which(count)}")


def by_title(text: str, titles: Sequence[str], count: int) -> Pick | None:
    """What words come to that are some of the words of a title; None where they are not, or of more than one.

    `count` is how many things are shown, the titles first.
    """
    words = words_of(text)
    core = [word for word in words if word not in _LITTLE]
    if not core or len(words) > _MOST_WORDS or looks_like_question(text):
        return None
    named_by = [words_of(title) for title in titles]
    found = [at for at, title in enumerate(named_by) if all(_is_in(word, title) for word in core)]
    # "The test is met" is some of the words of "The test is not met", and means the opposite.
    found = [at for at in found if _TURNING.isdisjoint(named_by[at]) == _TURNING.isdisjoint(words)]
    points = "the" in words and not _ONES.isdisjoint(words)
    if len(found) > 1 and points:
        return Pick(doubt=which(count))
    if len(found) != 1:
        return None
    named = [word for word in named_by[found[0]] if word not in _LITTLE]
    return Pick(found[0]) if points or _tells(core, named) else None


def by_meaning(text: str, meanings: Sequence[str]) -> Pick | None:
    """Which of a few meanings some words pick that only one of them has; None where they are not all words of one."""
    words = words_of(text)
    core = [word for word in words if word not in _LITTLE]
    if not core or len(words) > _MOST_WORDS or looks_like_question(text):
        return None
    found = [at for at, meaning in enumerate(meanings) if all(_is_in(word, words_of(meaning)) for word in core)]
    if len(found) > 1:
        return Pick(doubt=which(len(meanings)))
    return Pick(found[0]) if found else None


def wants_to_hear(text: str) -> bool:
    """Whether a whole message only asks to be told once there is an answer."""
    return _WANTS_TO_HEAR.fullmatch(" ".join(words_of(text))) is not None


def which(count: int) -> str:
    """Asks for one of so many."""
    return f"Which one? Please type a number from 1 to {count}, or ask in other words."


def one_at_a_time(count: int) -> str:
    """Asks for one first, where several were meant."""
    return f"One at a time, please. Type the number of the first, from 1 to {count}."


def _is_ordinal(word: str) -> bool:
    return word in ORDINALS or (word[:1].isdecimal() and not word.isdecimal())


def _tells(core: Sequence[str], named: Sequence[str]) -> bool:
    """Whether some words of a title are enough to mean it: its opening, half of it, or two that go together."""
    runs = [named[at : at + len(core)] for at in range(len(named) - len(core) + 1)]
    together = [at for at, run in enumerate(runs) if all(map(_alike, core, run))]
    return 0 in together or len(core) * 2 >= len(named) or bool(together and len(core) > 1)


def _is_in(word: str, title: Words) -> bool:
    return any(_alike(word, one) for one in title)


def _alike(word: str, other: str) -> bool:
    long = min(len(word), len(other)) >= _LONG
    return word.removesuffix("s") == other.removesuffix("s") or (long and one_edit_apart(word, other))
