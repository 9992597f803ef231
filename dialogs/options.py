"""The options of one question by the words that stand for them: where in a text each is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dialogs.answer_words import BUILT_IN, DENIALS, FILLERS, NUMBER_FILLERS, ORDINALS, TIMES, number_in, words_of

Words = tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """One possible answer: its id (a-z, 0-9, _ and -), its label, and other words people type for it.

    Words in `also` name it inside a sentence too, words in `alone` only where they are the whole message. Words in
    `maybe` are asked back, naming every option that has them.
    """

    id: str
    label: str
    hint: str = ""
    also: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


class Match(NamedTuple):
    """Words `start` up to `end` that stand for the options at `places`, or may do so where `doubtful`."""

    start: int
    end: int
    places: frozenset[int]
    doubtful: bool = False


@dataclass(frozen=True)
class Index:
    """The options of one question by the words that stand for them, in a whole message or `inside` a sentence."""

    options: tuple[Option, ...]
    phrases: dict[Words, frozenset[int]]
    inside: dict[Words, frozenset[int]]
    doubts: dict[Words, frozenset[int]]
    openings: tuple[tuple[str, int], ...]
    label_words: tuple[frozenset[str], ...]
    long_words: frozenset[str]
    longest: int


@lru_cache(maxsize=256)
def index_of(options: tuple[Option, ...]) -> Index:
    """The options by each phrase that stands for them; a flow's own words go before the usual yes, no and not sure."""
    labels = [words_of(option.label) for option in options]
    phrases: dict[Words, frozenset[int]] = {}
    whole: dict[Words, frozenset[int]] = {}
    doubts: dict[Words, frozenset[int]] = {}
    openings: list[tuple[str, int]] = []
    usual: list[tuple[Words, int]] = []
    for place, option in enumerate(options):
        own_id, label, bare = words_of(option.id), labels[place], without_leading_fillers(labels[place])
        named = {own_id, label, *map(words_of, option.also)}
        for said, kept in ((named, phrases), (option.alone, whole), (option.maybe, doubts)):
            for phrase in {words_of(one) if isinstance(one, str) else one for one in said} - {()}:
                kept[phrase] = kept.get(phrase, frozenset()) | {place}
        openings += [(" ".join(words), place) for words in {label, bare, own_id} - {()}]
        elsewhere = any(bare[:1] == (word,) for at, other in enumerate(labels) if at != place for word in other)
        bare_phrases = () if not bare or (len(bare) == 1 and elsewhere) else (bare,)
        usual += [(words, place) for words in (*bare_phrases, *BUILT_IN.get(option.id, ()))]
    given = frozenset({*phrases, *whole})
    for phrase, place in usual:
        if phrase not in given:
            phrases[phrase] = phrases.get(phrase, frozenset()) | {place}
    every = (phrases, whole, doubts)
    long_words = frozenset(word for kept in every for phrase in kept for word in phrase if len(word) >= 5)
    label_words = tuple(frozenset(words) for words in labels)
    longest = max((len(phrase) for kept in every for phrase in kept), default=0)
    return Index(options, {**whole, **phrases}, phrases, doubts, tuple(openings), label_words, long_words, longest)


def without_leading_fillers(words: Words) -> Words:
    """The words from the first one that adds something to an answer."""
    kept = next((at for at, word in enumerate(words) if word not in FILLERS), len(words))
    return words[kept:]


def number_meant(words: Words, index: Index) -> int | None:
    """The number that is all the words say ("2", "option 2", "the second one", "last"), in range or not; else None."""
    core = [word for word in words if word not in NUMBER_FILLERS]
    if len(core) == 2 and core[0] == "no" and not any(phrase[0] == "no" for phrase in index.phrases):
        core = core[1:]
    if core[:1] == ["last"]:
        is_place = core[1:] in ([], ["one"]) and not _are_times(index)
        return len(index.options) if is_place else None
    ordinal = bool(core) and (core[0] in ORDINALS or core[0][-2:] in {"st", "nd", "rd", "th"})
    if ordinal and len(core) == 2 and core[1] == "one":
        core = core[:1]
    elif ordinal and not {"option", "answer", "choice"}.intersection(words) and _may_be_a_day(core[0], words, index):
        return None
    if len(core) != 1 or (core == ["one"] and "the" in words):
        return None
    return number_in(core[0])


def _may_be_a_day(ordinal: str, words: Words, index: Index) -> bool:
    """Whether an ordinal alone is sooner a day than a place in a list: "the 1st", or any where times are asked."""
    return _are_times(index) or (ordinal not in ORDINALS and "the" in words)


def _are_times(index: Index) -> bool:
    return any(word in TIMES or word[:1].isdecimal() for label in index.label_words for word in label)


def opened_by(words: Words, index: Index) -> frozenset[int]:
    """The places of the options whose label or id opens with the words, if these tell enough to be meant."""
    return _opened_by(words, index) or _opened_by(without_leading_fillers(words), index)


def _opened_by(words: Words, index: Index) -> frozenset[int]:
    telling = [word for word in words if word not in FILLERS and word not in DENIALS]
    whole_number = bool(words) and words[-1].isdecimal()
    if not whole_number and sum(map(len, telling)) < 3:
        return frozenset()
    typed = " ".join(words)
    start = typed + " " if whole_number else typed
    places = {place for opening, place in index.openings if (opening + " ").startswith(start)}
    if places and len(telling) == 1:
        # "Hurt" opens one label but may just as well be meant for another that has the word inside.
        # "Partners" opens "partnership" but is another option's "partner".
        inside = (telling[0], telling[0].removesuffix("s"))
        places |= {at for at, label in enumerate(index.label_words) if _is_told(label, *inside)}
    return frozenset(places)


def _is_told(label: frozenset[str], opening: str, singular: str) -> bool:
    return any(word == singular or word.startswith(opening) for word in label)


def matches_in(words: Words, index: Index) -> list[Match]:
    """Where options are named among the words; single letters and matches inside longer ones are left out."""
    found = []
    for start in range(len(words)):
        for length in range(1, min(index.longest, len(words) - start) + 1):
            piece = words[start : start + length]
            doubt = index.doubts.get(piece)
            places = doubt or index.inside.get(piece)
            if places and not (length == 1 and _is_letter(words[start])):
                found.append(Match(start, start + length, places, doubtful=doubt is not None))

    def inside_another(match: Match) -> bool:
        size = match.end - match.start
        return any(m.start <= match.start and match.end <= m.end and m.end - m.start > size for m in found)

    return [match for match in found if not inside_another(match)]


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def words_outside(words: Words, matches: Iterable[Match]) -> list[str]:
    """The words that no match covers, in order."""
    covered = {at for match in matches for at in range(match.start, match.end)}
    return [word for at, word in enumerate(words) if at not in covered]
