"""Mends the spelling of a question towards the words the topics use, and leaves other good English words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from symspellpy import SymSpell, Verbosity

from knowledge.patterns import read_file
from knowledge.regular import Text

_RESPELLINGS = Path(__file__).parent / "respellings.toml"
_ANY_WORD = re.compile(r"(?<![\w'])[a-z0-9]+(?![\w'])")
_ENGLISH = "frequency_dictionary_en_82_765.txt"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SHORTEST = 4
_ONE_SLIP = 4
"""A word of this many letters, or fewer, may differ in one letter; a longer one in two."""


@dataclass(frozen=True)
class _Respellings:
    respellings: dict[str, Text]


class Speller:
    """Knows the topics' words, with how often each stands there."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.known = frozenset(words)
        self._near = SymSpell(max_dictionary_edit_distance=2)
        for word, count in words.items():
            if len(word) >= _SHORTEST:
                self._near.create_dictionary_entry(word, count)

    def mend(self, text: str) -> str:
        """The text, in small letters, with misspelt words put right where one of the topics' words is near."""
        meant = respellings()
        whole = _ANY_WORD.sub(lambda found: meant.get(found.group(), found.group()), text)
        return _WORD.sub(lambda found: self._mended(found.group()), whole)

    def _mended(self, word: str) -> str:
        # "One's" is as good English as "one".
        is_right = any(one in right for one in (word, word.removesuffix("'s")) for right in (self.known, english()))
        if len(word) < _SHORTEST or is_right:
            return word
        farthest = 1 if len(word) <= _ONE_SLIP else 2
        for near in self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=farthest):
            # People rarely miss the first letter; a word that begins otherwise is most often another word.
            if near.term[0] == word[0]:
                return respellings().get(near.term, near.term)
        return word


def counted(texts: Iterable[str]) -> dict[str, int]:
    """The words of texts with how often each stands there."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in _WORD.findall(text):
            counts[word] = counts.get(word, 0) + 1
    return counts


@cache
def respellings(file: Path = _RESPELLINGS) -> Mapping[str, str]:
    """How people respell common words, and the words they mean. Raises BrokenTopic where the file is not right."""
    return read_file(file, _Respellings).respellings


@cache
def english() -> frozenset[str]:
    """Common English words, in small letters."""
    lines = (files("symspellpy") / _ENGLISH).read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)
