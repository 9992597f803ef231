"""Finds the topic that says what a word means, where nothing but that is asked: "what is CDOP"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.terms import Terms
from knowledge.topic import Topic

_ASKS = re.compile(
    r"^(?:(?:hi|hello|sorry|please|ok|so|and|can you|could you|tell me|explain|i dont know|i don't know)[ ,.!]*)*"
    r"(?:what(?:'s| is| are| does| do|s)|define|meaning of|definition of|explain|who(?:'s| is| are)|tell me about)"
    r" (?P<word>.+?)"
    r"(?: (?:mean|means|stand for|stands for|exactly|please|in plain english|for|about|again|anyway))* ?\??$"
)
_LITTLE = re.compile(r"^(?:(?:a|an|the|this|that|is|are|meant by|meaning of|it|actually) )+")


class Defined:
    """What each word that a topic says it defines leads to."""

    def __init__(self, topics: Iterable[Topic], terms: Terms) -> None:
        self._terms = terms
        self._topics = {self._key(word): topic.id for topic in topics for word in topic.defines}

    def by(self, text: str) -> str:
        """The topic that says what is asked, in small letters, or nothing where more is asked than a word's meaning."""
        found = _ASKS.match(" ".join(text.replace("?", " ?").split()))
        return self._topics.get(self._key(_LITTLE.sub("", found["word"])), "") if found else ""

    def _key(self, word: str) -> tuple[str, ...]:
        return tuple(self._terms.tokens(word))
