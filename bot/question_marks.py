"""Keeps of each word that no topic has yet a mark, by which a topic that comes to have it answers who waits.

Neither the word is kept, nor an encrypted copy of the question, nor its meaning as numbers, from which words can be
guessed. A mark is a short hash of the word's stem under a salt of that one question, sealed with its masked words and
erased with them. It tells whether a given word was there, never which word; the same word in two questions has two
marks. A word that may be part of a name or an address, has a figure or a capital, or stands beside a gap, gets none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from bot.privacy.privacy_gaps import gapped
from knowledge.spelling import english
from knowledge.understanding import GAP, Understanding

_BYTES = 3
_NONE = "-"
_SHORTEST = 4
_MISSING = "…"


def marks_of(understanding: Understanding, text: str, salt: str) -> str:
    """The marks of a question's gaps, in their order, after the salt; empty where none has one."""
    said = understanding.words_and_gaps(gapped(text, understanding.usage))
    capitals = {word.casefold() for word in text.split()[1:] if word[:1].isupper()}
    found = [
        _mark(understanding, word, salt) if word not in capitals and _is_plain(said, at) else _NONE
        for at, word in enumerate(said)
        if not understanding.knows(word)
    ]
    return " ".join((salt, *found)) if set(found) - {_NONE} else ""


def filled(understanding: Understanding, masked: str, marks: str) -> str:
    """The masked words of a question with those words in its gaps that a topic has by now."""
    if not marks:
        return masked
    salt, *each = marks.split()
    wanted = set(each) - {_NONE}
    known = {_mark(understanding, word, salt): word for word in _words(understanding) if len(word) >= _SHORTEST}
    gaps = iter(known.get(one, _MISSING) if one in wanted else _MISSING for one in each)
    return " ".join(next(gaps, _MISSING) if word == _MISSING else word for word in masked.split())


def salt_of(*parts: str) -> str:
    """The salt of one question, going by what tells it from every other."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _is_plain(said: list[str], at: int) -> bool:
    """Whether a word is hardly a name: a word of English, or a strange one away from every gap."""
    word = said[at]
    if word == GAP or len(word) < _SHORTEST or not word.isalpha():
        return False
    around = said[max(0, at - 1) : at] + said[at + 1 : at + 2]
    return word in english() or GAP not in around


def _mark(understanding: Understanding, word: str, salt: str) -> str:
    stem = _stem(understanding, word)
    return hashlib.blake2b(stem.encode(), digest_size=_BYTES, salt=bytes.fromhex(salt)).hexdigest()


@cache
def _stem(understanding: Understanding, word: str) -> str:
    return " ".join(understanding.terms.tokens(word))


def _words(understanding: Understanding) -> Iterable[str]:
    return sorted(understanding.usage.words)
