"""Ranks the topics, and the signposts for what is out of scope, by how near each is to a question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from knowledge.circumstances import contradicts, stated
from knowledge.library import Library
from knowledge.spelling import Speller, counted
from knowledge.terms import Terms, plainly
from knowledge.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np

# BM25's usual constants for short texts.
_K1, _B = 1.2, 0.5
BONUS = 0.05
"""What being related to the topic before adds to a score where a question leans on the one before."""
OWN_WORDS = 0.9
"""From this nearness on a question is nearly one of an entry's own, and what it is nearer counts once more."""
UNSAID, OTHERWISE = 0.15, 0.3
"""What an entry loses where the question states nothing of what it is only about, and where it states another case."""
DIGITS = 6
"""Scores are rounded to this many digits, so that the same question gets the same answer on every machine."""


@dataclass(frozen=True)
class Entry:
    """Something a question can be about; `text` is what is said of it."""

    id: str
    kind: Literal["topic", "decoy"]
    title: str
    asks: tuple[str, ...]
    text: str
    short: str
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[str, ...]:
        """What a question is compared with one by one; all of them together are the whole."""
        return tuple(part for part in (self.title, *self.asks, self.short) if part)


@dataclass(frozen=True)
class Scored:
    """An entry's nearness to a question, whole and in its three parts: nearest question, whole entry, words shared."""

    id: str
    kind: str
    score: float
    nearest: float
    whole: float
    words: float


@dataclass(frozen=True)
class Ranking:
    """The entries nearest to a question: topics, and the best decoy.

    `coverage` is how much of the question the best topic covers, `agreement` in how many of the three parts it is
    first; both from 0 to 1.
    """

    topics: tuple[Scored, ...]
    decoy: Scored | None
    coverage: float
    agreement: float


@dataclass(frozen=True)
class Weights:
    """How much each part of a score counts."""

    nearest: float
    whole: float
    words: float


def entries_of(library: Library) -> tuple[Entry, ...]:
    """Everything in a library that a question can be about."""
    topics = (
        Entry(t.id, "topic", t.title, t.asks, t.text, t.short, frozenset(t.only), frozenset(t.never))
        for t in library.topics.values()
    )
    decoys = (
        Entry(d.id, "decoy", d.title, d.asks, d.text, d.text, never=frozenset(d.never)) for d in library.decoys.values()
    )
    return (*topics, *decoys)


def texts_of(entries: Iterable[Entry], terms: Terms) -> Iterable[str]:
    """Every text whose meaning a question is compared with."""
    for entry in entries:
        said = [terms.says(text) for text in entry.parts]
        yield from (*said, " ".join(said))


class Index:
    """Entries made ready for searching; without `vectors`, by their words alone."""

    def __init__(self, entries: Sequence[Entry], terms: Terms, vectors: Vectors | None) -> None:
        self.entries = tuple(entries)
        self.terms = terms
        counts = counted(plainly(" ".join((one.title, *one.asks, one.text))) for one in entries)
        self.speller = Speller({**dict.fromkeys(_spelt(terms), 1), **counts})
        self._words = _Words([terms.tokens(" ".join((e.title, *e.asks, e.text))) for e in entries])
        self._bound = [(at, one) for at, one in enumerate(self.entries) if one.only or one.never]
        self.asked: list[str] = []
        if vectors is not None:
            self._lay_out(vectors)

    def mended(self, text: str) -> str:
        """The text, in small letters, with its spelling put right."""
        return self.speller.mend(plainly(text))

    def vocabulary(self) -> Iterable[str]:
        """Every word that an entry or a term has, in small letters."""
        return self.speller.known

    def rank(self, text: str, weights: Weights, meaning: Any = None) -> Ranking:
        """The entries nearest to a text whose spelling has been put right; `meaning` is that of `says(text)`."""
        return self._ranking(text, weights, self._parts(text, meaning))

    def rank_both(
        self, text: str, other: str, weights: Weights, meanings: tuple[Any, Any], near: Iterable[str]
    ) -> Ranking:
        """The entries nearest to two texts at once, halfway; those in `near` get BONUS more."""
        import numpy as np

        both = zip(self._parts(text, meanings[0]), self._parts(other, meanings[1]), strict=True)
        favoured = set(near)
        bonus = np.array([BONUS if one.id in favoured else 0.0 for one in self.entries])
        return self._ranking(text, weights, [(one + two) / 2 for one, two in both], bonus, other)

    def covers(self, text: str, name: str) -> float:
        """How much of a text an entry says too, rare words counting more; from 0 to 1."""
        at = next(at for at, one in enumerate(self.entries) if one.id == name)
        return self._words.coverage(self.terms.tokens(text), at)

    def _parts(self, text: str, meaning: Any) -> list[Any]:
        """The three parts of every entry's score: nearest question, whole entry, words shared."""
        import numpy as np

        shared = self._words.scores(self.terms.tokens(text)) / 20
        if meaning is None:
            return [np.zeros(len(self.entries)), np.zeros(len(self.entries)), shared]
        nearest = np.maximum.reduceat(self._near @ meaning, self._starts).astype(float)
        return [nearest, (self._whole @ meaning).astype(float), shared]

    def _ranking(self, text: str, weights: Weights, parts: list[Any], bonus: Any = 0.0, around: str = "") -> Ranking:
        """The entries by these parts; what is said in the words `around` need not be said again."""
        import numpy as np

        tokens = self.terms.tokens(text)
        total = weights.nearest * parts[0] + weights.whole * parts[1] + weights.words * parts[2] + bonus
        total = total + np.maximum(0.0, parts[0] - OWN_WORDS)
        said = stated(text)
        known = said | stated(around) if around else said
        for at, one in self._bound:
            total[at] -= UNSAID if one.only and known.isdisjoint(one.only) else 0.0
            total[at] -= OTHERWISE if contradicts(said, one.never) else 0.0
        scores = [(-round(score, DIGITS), one.id) for one, score in zip(self.entries, total.tolist(), strict=True)]
        places = sorted(range(len(scores)), key=scores.__getitem__)
        # Only these are told of, so only these are rounded whole.
        topics = tuple(islice((self._scored(at, (total, *parts)) for at in self._only("topic", places)), 5))
        decoy = next((self._scored(at, (total, *parts)) for at in self._only("decoy", places)), None)
        best = next(at for at, one in enumerate(self.entries) if one.id == topics[0].id and one.kind == "topic")
        agreement = sum(float(part[best]) >= float(part.max()) for part in parts) / len(parts)
        return Ranking(topics, decoy, round(self._words.coverage(tokens, best), DIGITS), round(agreement, DIGITS))

    def _only(self, kind: str, places: Iterable[int]) -> Iterator[int]:
        return (at for at in places if self.entries[at].kind == kind)

    def _scored(self, at: int, parts: Sequence[Any]) -> Scored:
        """The entry at a place, with its score and the three parts of that."""
        one = self.entries[at]
        return Scored(one.id, one.kind, *(round(float(part[at]), DIGITS) for part in parts))

    def _lay_out(self, vectors: Vectors) -> None:
        import numpy as np

        groups = [[self.terms.says(text) for text in entry.parts] for entry in self.entries]
        self._near = vectors.among(text for group in groups for text in group)
        self._starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
        self._whole = vectors.among(" ".join(group) for group in groups)
        # In a group the questions stand after the title.
        asked = (group[1 : 1 + len(one.asks)] for one, group in zip(self.entries, groups, strict=True))
        self.asked = [said for group in asked for said in group]


class _Words:
    """BM25 over the words of each entry."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts = [Counter(document) for document in documents]
        average = sum(map(len, documents)) / max(1, len(documents))
        found: dict[str, list[tuple[int, float]]] = {}
        for at, count in enumerate(counts):
            length = _K1 * (1 - _B + _B * len(documents[at]) / average)
            for word, times in count.items():
                found.setdefault(word, []).append((at, times * (_K1 + 1) / (times + length)))
        size = len(documents)
        self._found, self._at = found, dict[str, tuple[Any, Any]]()
        self._rarity = {word: math.log(1 + (size - len(at) + 0.5) / (len(at) + 0.5)) for word, at in found.items()}
        self._rarest = math.log(1 + (size + 0.5) / 0.5)
        self._has = [frozenset(count) for count in counts]

    def scores(self, words: Iterable[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
        import numpy as np

        total = np.zeros(len(self._has))
        for word in dict.fromkeys(words):
            if word in self._found:
                at, share = self._share(word)
                total[at] += share
        return total

    def _share(self, word: str) -> tuple[Any, Any]:
        """The places of a word, and what it adds at each; worked out once it is asked for, as few words ever are."""
        import numpy as np

        if word not in self._at:
            at, shares = zip(*self._found[word], strict=True)
            self._at[word] = np.array(at), self._rarity[word] * np.array(shares)
        return self._at[word]

    def coverage(self, words: Iterable[str], at: int) -> float:
        """How much of what a question says, rare words counting more, an entry says too; from 0 to 1."""
        weights = {word: self._rarity.get(word, self._rarest) for word in words}
        whole = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in self._has[at]) / whole if whole else 0.0


def _spelt(terms: Terms) -> Iterable[str]:
    return (word for word in terms.words() if word.isalpha())
