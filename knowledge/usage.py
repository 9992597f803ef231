"""How the topics use their words: which stand beside which, and which are names of somebody or somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.topic import Topic

EDGE = "|"
"""What stands beside the first and the last word of a sentence."""
_ENDS = re.compile(r"[.!?:](?=\s|\Z)|\n")
_OTHER = re.compile(r"[^a-z0-9'|]+")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
_SMALL = re.compile(r"\b[a-z]+\b")


class Usage:
    """The words of topics with their neighbours."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        topics = tuple(topics)
        texts = [text for topic in topics for text in (topic.title, *topic.asks, topic.text)]
        marked = _ENDS.sub(f" {EDGE} ", "\n".join(texts))
        # Searched as one text when a word is in doubt, which few are: to gather every pair would delay each start.
        plain = _OTHER.sub(" ", marked.replace("’", "'").casefold())
        self._said = f" {EDGE} {' '.join(plain.split())} {EDGE} "
        self.words = frozenset(self._said.split())
        answers = "\n".join(topic.text for topic in topics)
        self.capitals = frozenset(map(str.lower, _INSIDE.findall("\n".join(texts))))
        """Words that are written with a capital somewhere inside a sentence."""
        self.names = frozenset(map(str.lower, _INSIDE.findall(answers))) - frozenset(_SMALL.findall(answers))
        """Words that are written with a capital wherever they stand in an answer."""

    def has(self, first: str, second: str) -> bool:
        """Whether a topic has these two words side by side, in small letters."""
        return f" {first} {second} " in self._said
