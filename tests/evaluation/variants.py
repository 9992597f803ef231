"""Prints how often a topic's own question still finds it once that question is left out of the topic.

Run as `python -m tests.evaluation.variants`; it takes minutes. `--every 10` tries every tenth question only, and
`--misses` lists those that find another topic first.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from knowledge.acronyms import cleared
from knowledge.index import Entry, Index
from knowledge.library import load_library
from knowledge.meaning import load_encoder
from knowledge.terms import Terms
from knowledge.understanding import Understanding, load_understanding
from knowledge.vectors import load_vectors

# BM25's constants, as in knowledge/index.py.
K1, B = 1.2, 0.5


class WithoutOne:
    """Ranks the topics for one of their questions as if it had never been written."""

    def __init__(self, understanding: Understanding) -> None:
        self._it, self._index, self._terms = understanding, understanding.index, understanding.terms
        self._encoder = load_encoder()
        self._shipped = load_vectors(self._encoder)
        self._documents = [_words(entry, self._terms) for entry in self._index.entries]
        self._average = sum(map(len, self._documents)) / len(self._documents)

    def order(self, at: int, place: int) -> list[str]:
        """The topics for the question at a place of the entry `at`, the nearest first."""
        entry, index, weights = self._index.entries[at], self._index, self._it.weights
        text = cleared(index.mended(entry.asks[place]))
        meaning = self._shipped.of(self._terms.says(text))
        nearest, whole, words = index._parts(text, meaning)
        left = replace(entry, asks=entry.asks[:place] + entry.asks[place + 1 :])
        said = [self._terms.says(part) for part in left.parts]
        nearest[at] = max(float(self._shipped.of(part) @ meaning) for part in said)
        whole[at] = float(self._encoder.encode(" ".join(said)) @ meaning)
        words[at] = self._shared(_words(left, self._terms), self._terms.tokens(text)) / 20
        total = weights.nearest * nearest + weights.whole * whole + weights.words * words
        best = np.argsort(-total, kind="stable")
        return [index.entries[one].id for one in best if index.entries[one].kind == "topic"]

    def _shared(self, document: Sequence[str], asked: Sequence[str]) -> float:
        counts, rarity = Counter(document), self._index._words._rarity
        length = K1 * (1 - B + B * len(document) / self._average)
        shared = [word for word in dict.fromkeys(asked) if counts[word]]
        return sum(rarity[word] * counts[word] * (K1 + 1) / (counts[word] + length) for word in shared)


def _words(entry: Entry, terms: Terms) -> list[str]:
    return terms.tokens(" ".join((entry.title, *entry.asks, entry.text)))


def questions(index: Index, every: int) -> Iterator[tuple[int, int]]:
    """Where each question stands: its entry, and its place in it."""
    whole = [
        (at, place) for at, one in enumerate(index.entries) if one.kind == "topic" for place in range(len(one.asks))
    ]
    yield from whole[::every]


def main() -> None:
    """Prints the accuracy at one and at three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    understanding = load_understanding(load_library())
    without, index = WithoutOne(understanding), understanding.index
    asked = first = among = 0
    misses = []
    for at, place in questions(index, chosen.every):
        order, right = without.order(at, place), index.entries[at].id
        asked, first, among = asked + 1, first + (order[0] == right), among + (right in order[:3])
        misses += [f"{right}: {index.entries[at].asks[place]} -> {order[0]}"] if order[0] != right else []
    print(f"Content {understanding.library.version}, {asked} questions of {len(understanding.library.topics)} topics.")
    print(f"leave one variant out, found first      {first / asked:6.1%}")
    print(f"leave one variant out, among first three {among / asked:5.1%}")
    if chosen.misses:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
