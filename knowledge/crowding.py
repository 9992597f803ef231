"""Finds topics that crowd one another: questions of one that another is nearer to, or that stand in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.hearing import texts
from knowledge.index import entries_of, texts_of
from knowledge.library import Library
from knowledge.terms import Terms
from knowledge.vectors import Vectors

# "section 16F" and "section 16H" mean nearly the same to a model, and are told apart by everybody.
_FIGURES = re.compile(r"\d\w*")
SAME = 0.95
"""From this nearness on two questions ask the same thing; below it, staff do tell them apart."""


@dataclass(frozen=True)
class Crowd:
    """A question of a topic that another topic asks too, and how near the two are, at most 1."""

    topic: str
    question: str
    other: str
    others_question: str
    nearness: float


def crowds(library: Library, vectors: Vectors, terms: Terms) -> list[Crowd]:
    """Every question of a topic that stands, in other words, in another topic; the nearest first."""
    import numpy as np

    asked = [(topic.id, ask) for topic in library.topics.values() for ask in topic.asks]
    rows = vectors.among(terms.says(ask) for _, ask in asked)
    owners = np.array([topic for topic, _ in asked])
    found = []
    for at, (topic, ask) in enumerate(asked):
        alike = rows[at + 1 :] @ rows[at]
        alike[owners[at + 1 :] == topic] = 0
        for place in np.flatnonzero(alike >= SAME):
            other, question = asked[at + 1 + int(place)]
            if _FIGURES.findall(ask) != _FIGURES.findall(question):
                continue
            found.append(Crowd(topic, ask, other, question, round(float(alike[place]), 3)))
    return sorted(found, key=lambda one: (-one.nearness, one.topic))


def every_text(library: Library, terms: Terms) -> Iterator[str]:
    """Every text whose meaning is shipped."""
    yield from texts_of(entries_of(library), terms)
    for kind in texts(terms, ()):
        yield from kind
