"""Mends the spelling of a question towards the words the topics use, and leaves other good English words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
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
# A word with a figure within it or at its end, and letters too.
_FIGURES_IN_WORD = re.compile(r"(?<![\w'])(?=[a-z0-9]*[0134578])[a-z][a-z0-9]*[0134578][a-z0-9]*(?![\w'])")
_ONE = re.compile(r"(?<![\w'])1(?=m?(?![\w']))")
_LETTERS = str.maketrans("0134578", "oieastb")
_ONE_SLIP = 4
"""A word of this many letters, or fewer, may differ in one letter; a longer one in two."""


@dataclass(frozen=True)
class _Respellings:
    respellings: dict[str, Text]


class Speller:
    """Knows the topics' words, with how often each stands there."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.known = frozenset(words)
        self._counts = words

    def mend(self, text: str) -> str:
        """The text, in small letters, with misspelt words put right where one of the topics' words is near."""
        text, meant = unmasked(text), respellings()
        whole = _ANY_WORD.sub(lambda found: meant.get(found.group(), found.group()), text)
        return _WORD.sub(lambda found: self._mended(found.group()), whole)

    # Made when the first misspelt word comes: it takes a twentieth of a second.
    @cached_property
    def _near(self) -> SymSpell:
        near = SymSpell(max_dictionary_edit_distance=2)
        for word, count in self._counts.items():
            if len(word) >= _SHORTEST:
                near.create_dictionary_entry(word, count)
        return near

    def _mended(self, word: str) -> str:
        # "One's" is as good English as "one".
        spelt = {word, word.removesuffix("'s")}
        if len(word) < _SHORTEST or spelt & self.known or spelt & english():
            return word
        farthest = 1 if len(word) <= _ONE_SLIP else 2
        for near in self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=farthest):
            # People rarely miss the first letter; a word that begins otherwise is most often another word.
            if near.term[0] == word[0]:
                return respellings().get(near.term, near.term)
        return word


def unmasked(text: str) -> str:
    """The text, in small letters, with letters in place of the figures that stand for them: "h3lp m3".

    Only where a longer word shows that it is written so: "s47", "3yo" and "wt2026" are what they are.
    """
    found = {word: word.translate(_LETTERS) for word in _FIGURES_IN_WORD.findall(text)}
    if not any(len(meant) >= _SHORTEST and meant in english() for meant in found.values()):
        return text
    text = _FIGURES_IN_WORD.sub(lambda word: found[word.group()], text)
    return _ONE.sub("i", text)


def counted(texts: Iterable[str]) -> dict[str, int]:
    """The words of texts with how often each stands there."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text))
    return counts


@cache
def respellings(file: Path = _RESPELLINGS) -> Mapping[str, str]:
    """How people respell common words, and the words they mean. Raises BrokenTopic where the file is not right."""
    return read_file(file, _Respellings).respellings


@cache
def english() -> frozenset[str]:
    """Common English words, in small letters."""
    words_and_counts = (files("symspellpy") / _ENGLISH).read_text(encoding="utf-8-sig").split()
    return frozenset(words_and_counts[::2])
