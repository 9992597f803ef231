"""Puts the field's many ways of saying one thing into one word, so that a question and a topic can meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Annotated

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from Stemmer import Stemmer

from knowledge.author_file import Problem, Slip, explain, parse
from knowledge.lines import KeyPath
from knowledge.topic import BrokenTopic

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_SHIPPED = Path(__file__).parent / "terms.toml"
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u00b4]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
# Words that tell nothing; the words of questions (who, when, how long, what, why) are not among them.
_EMPTY = frozenset(
    "a an and are as at be been but by can could did do does done for from get got had has have he her here hers him "
    "his i if in into is it its just me my of on or our ours please she should so some that the their theirs them then "
    "there these they this those to too us was we were will with would you your yours".split()
)


@dataclass(frozen=True)
class Term:
    """Ways of saying one thing: `token` for matching word by word, `says` for matching by meaning."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    token: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
    says: Text
    phrases: tuple[Text, ...]


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Terms:
    """What puts texts into the field's own words."""

    pattern: re.Pattern[str]
    by_phrase: dict[str, Term]
    known: frozenset[str]

    def tokens(self, text: str) -> list[str]:
        """The words of a text for matching word by word, each cut to its stem."""
        plain = self._put(text, lambda term: term.token)
        words = (word for word in _WORD.findall(plain) if word not in _EMPTY)
        return [word if word in self.known else _stem(word) for word in words]

    def says(self, text: str) -> str:
        """The text for matching by meaning."""
        return self._put(text, lambda term: term.says)

    def words(self) -> frozenset[str]:
        """Every word of every phrase."""
        return frozenset(word for phrase in self.by_phrase for word in _WORD.findall(phrase))

    def _put(self, text: str, chosen: Callable[[Term], str]) -> str:
        return self.pattern.sub(lambda found: chosen(self.by_phrase[found.group()]), plainly(text))


def load_terms(file: Path = _SHIPPED) -> Terms:
    """The terms in a file. Raises BrokenTopic, naming file and line, if they are not right."""
    return _load(file)


def plainly(text: str) -> str:
    """A text in small letters with plain spaces and apostrophes, its other marks left as they are."""
    if not text.isascii():
        text = _APOSTROPHES.sub("'", text)
        # Letter by letter, because normalising a long run of accents at once takes quadratic time.
        text = "".join(unicodedata.normalize("NFKC", letter) for letter in text)
    return " ".join(text.replace("`", "'").casefold().split())


def word_list(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(plainly(text))


# A stemmer keeps what it works on in itself, so only one thread may use it at a time.
_ONE_AT_A_TIME = Lock()


@cache
def _stem(word: str) -> str:
    with _ONE_AT_A_TIME:
        stemmed: str = _stemmer()(word.removesuffix("'s"))
    return stemmed


@cache
def _stemmer() -> Callable[[str], str]:
    stem: Callable[[str], str] = Stemmer("english").stemWord
    return stem


@cache
def _load(file: Path) -> Terms:
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise _broken(file, [parsed])
    try:
        read = TypeAdapter(_File).validate_python(parsed.values)
    except ValidationError as error:
        raise _broken(
            file, parsed.problems(explain(one, _allowed) for one in error.errors(include_url=False))
        ) from None
    if slips := parsed.problems(_slips(read.terms)):
        raise _broken(file, slips)
    by_phrase = {plainly(phrase): term for term in read.terms for phrase in term.phrases}
    pattern = re.compile(rf"(?<![\w']){_any_of(by_phrase)}(?![\w'])")
    return Terms(pattern, by_phrase, frozenset(term.token for term in read.terms))


def _any_of(phrases: Collection[str]) -> str:
    """A pattern for any of these phrases, the longest first.

    Letters that several begin with stand in it once: to try hundreds of phrases one by one takes seven times as long.
    """
    ends: dict[str, list[str]] = {}
    for phrase in phrases:
        if phrase:
            ends.setdefault(phrase[0], []).append(phrase[1:])
    ways = "|".join(re.escape(letter) + _any_of(rest) for letter, rest in ends.items())
    if ends and "" in phrases:
        return f"(?:{ways})?"
    return f"(?:{ways})" if len(ends) > 1 else ways


def _slips(terms: Iterable[Term]) -> Iterable[Slip]:
    seen: dict[str, str] = {}
    for place, term in enumerate(terms):
        for phrase in term.phrases:
            if seen.setdefault(plainly(phrase), term.token) != term.token:
                yield Slip(("terms", place, "phrases"), f'"{phrase}" already means "{seen[plainly(phrase)]}"')


def _broken(file: Path, problems: list[Problem]) -> BrokenTopic:
    return BrokenTopic("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))


def _allowed(around: KeyPath) -> Iterable[str]:
    return [one.name for one in fields(Term if around else _File)]
