"""Leaves gaps in a question that waits for an answer, wherever a word might be part of a name or an address.

The words of the topics hold names too: "faith", "summer", "park", "hull". Such a word is kept only where it stands
between the same two words somewhere in the topics, because that use of it is plainly ordinary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.privacy.privacy import blanked
from bot.privacy.privacy_grammar import first_names
from bot.privacy.privacy_names import is_capitalised, is_plain_word, phrases, words
from knowledge.understanding import GAP, Understanding
from knowledge.usage import EDGE, Usage

_TOKEN = re.compile(rf"[^\W_]+(?:'[^\W_]+)?|{GAP}|[.!?\n]")
_ENDS = frozenset(".!?\n")
_CALLED = frozenset("named called nicknamed surnamed aka alias".split())
_WHERE = frozenset("in at from near outside".split())
_OF_PLACE = _WHERE | _CALLED | frozenset("of to attends attending attended by on".split())
_MONTH = frozenset("april may june august".split())
_BEFORE_MONTH = frozenset("in by of since until till before after from early late mid end last next this".split())
_SCHOOL = frozenset(
    "school academy primary nursery college infants infant juniors junior high church hospital hospice surgery centre "
    "mosque temple club".split()
)
_MOST_IN_PLACE = 4


@dataclass(frozen=True)
class _Word:
    """A word in small letters; `capital` is whether it has one that says something, `mixed` whether several."""

    text: str
    capital: bool
    mixed: bool = False

    @property
    def bare(self) -> str:
        return self.text.removesuffix("'s")


def kept(understanding: Understanding, text: str) -> str:
    """The words of a message that may be kept for the content owner; every other word is a gap."""
    return understanding.masked(gapped(text, understanding.usage))


def gapped(text: str, usage: Usage) -> str:
    """A text with a gap in place of each identifier and of each word that might be part of a name or an address."""
    return " . ".join(
        " ".join(word.text for word in _sentence(sentence, usage)) for sentence in _sentences(blanked(text, GAP))
    )


def _sentences(text: str) -> list[list[_Word]]:
    found: list[list[_Word]] = [[]]
    tokens = _TOKEN.findall(text.replace("’", "'"))
    long = [token for token in tokens if len(token) > 3]
    telling = sum(token[:1].isupper() for token in long) * 2 <= len(long)
    for token in tokens:
        if token in _ENDS:
            found.append([])
        else:
            found[-1].append(
                _Word(token.casefold(), telling and bool(found[-1]) and is_capitalised(token), _is_mixed(token))
            )
    return [sentence for sentence in found if sentence]


def _is_mixed(token: str) -> bool:
    # "I'm", "MPs" and "DfE" are written so by everybody; "McKay" is a name.
    is_name = token.startswith(("Mc", "Mac", "O'"))
    return token.startswith("I'") or (not is_name and sum(map(str.isupper, token)) > 1)


def _sentence(said: list[_Word], usage: Usage) -> list[_Word]:
    """One sentence with its gaps."""
    left = list(said)
    for at, word in enumerate(said):
        before = left[at - 1].text if at else EDGE
        after = said[at + 1].text if at + 1 < len(said) else EDGE
        if _may_be_name(word, before, after, usage):
            left[at] = _Word(GAP, word.capital)
    for at in range(1, len(said)):
        for place in _of_place(left, at, usage):
            left[place] = _Word(GAP, left[place].capital)
    return left


def _may_be_name(word: _Word, before: str, after: str, usage: Usage) -> bool:
    is_plain = _plain_uses().fullmatch(f"{before} {word.text}") or _plain_uses().fullmatch(f"{word.text} {after}")
    is_used = bool(is_plain) or (usage.has(before, word.text) and usage.has(word.text, after))
    if before in _CALLED or before == "st" or word.text == "st":
        return not usage.has(before, word.text)
    if word.bare in _named():
        is_month = word.text in _MONTH and (before in _BEFORE_MONTH or before.isdecimal())
        return not is_month and (word.capital or not is_used)
    if word.bare in usage.names - words("public"):
        return not is_used
    if word.capital:
        # A surname may be any word: Ward, Law, Price. Only what the topics write so too is plainly none.
        is_known = is_plain_word(word.text) or usage.has(before, word.text) or usage.has(word.text, after)
        return not (is_known and (word.mixed or word.bare in usage.capitals))
    return before in _WHERE and word.text not in usage.words


def _of_place(said: list[_Word], at: int, usage: Usage) -> tuple[int, ...]:
    """Where the words stand that name the street or school whose kind stands at a place; empty where none does."""
    kind = said[at].text
    is_street = kind in words("streets_sure") or kind in words("streets_capital")
    if not (is_street or kind in _SCHOOL) or usage.has(said[at - 1].text, kind):
        return ()
    start = at
    while start and at - start < _MOST_IN_PLACE and not _ends_place(said, start, usage):
        start -= 1
    is_sure = kind in words("streets_sure")
    if start == at or not (is_sure or (start and said[start - 1].text in _OF_PLACE)):
        return ()
    return tuple(range(start, at + is_street))


def _ends_place(said: list[_Word], start: int, usage: Usage) -> bool:
    """Whether the word before a place in a sentence is none of the words that name a street or a school."""
    before = said[start - 1].text
    is_joined = start > 1 and usage.has(before, said[start].text) and before not in words("streets_named_after")
    return before in _OF_PLACE or before in words("ordinary") or (before != GAP and is_joined)


@cache
def _plain_uses() -> re.Pattern[str]:
    return re.compile(phrases("plain_uses"))


@cache
def _named() -> frozenset[str]:
    """Every word of the lists that may be a first name, a surname or a place."""
    lists = ("names_like_words", "words_like_names", "surnames", "places")
    return first_names().union(*map(words, lists))
