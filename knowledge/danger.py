"""Notices words that state a present danger beyond argument, so that 999 comes before everything else.

By themselves these rules see little: they know only the phrases in `danger/rules.toml` and their nearest neighbours,
and on disclosures they were not written from they caught 4 of 16. They stand beside the examples with which
`knowledge/hearing.py` compares a message's meaning: what is beyond argument is caught even where nothing like it is
among the examples, and where there is no model they are all there is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from knowledge.author_file import Problem, explain, parse
from knowledge.lines import KeyPath
from knowledge.regular import Flag, Pattern, Text

_SHIPPED = Path(__file__).parent / "danger" / "rules.toml"
# Apostrophes of every kind, and characters that cannot be seen.
_DROPPED = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`\u00ad\u200b-\u200f\u2060\ufeff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NOT_WORDS = re.compile(r"[^\w.!?;\n]+|_+")
_SENTENCE_END = re.compile(r"[.!?;\n]+")


class BrokenDangerRules(Exception):
    """The rules cannot be used; the message names their file and each line at fault."""


@dataclass(frozen=True)
class Danger:
    """A present danger, and the name of the rule that saw it. The words themselves are not kept."""

    rule: str


@dataclass(frozen=True)
class Excuses:
    """What tells talk about danger from danger."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    cries: Pattern
    questions: Pattern
    hypothetical: Pattern
    past: Pattern
    safe: Pattern
    calm: tuple[Pattern, ...]


@dataclass(frozen=True)
class Rule:
    """A family of phrases, why it is there, and which excuses it does not accept."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: Text
    why: Text
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    now: Flag = False
    even_in_questions: Flag = False


@dataclass(frozen=True)
class Rules:
    """The whole file."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    excuses: Excuses
    rules: tuple[Rule, ...]


def detect(text: str) -> Danger | None:
    """The first present danger that a text states, or None, which proves nothing. Takes any text; linear in its length.

    Raises BrokenDangerRules if the shipped rules are not right, whatever the text.
    """
    rules = load_rules()
    for sentence in _sentences(text):
        danger = _in_sentence(sentence, rules)
        if danger is not None:
            return danger
    return None


def is_calm(text: str) -> bool:
    """Whether a text says what makes its likeness to an example worth a notice at most, whatever the rules see."""
    patterns = load_rules().excuses.calm
    return all(any(pattern.search(sentence) for pattern in patterns) for sentence in _sentences(text) if sentence)


def load_rules(file: Path = _SHIPPED) -> Rules:
    """The rules in a file. Raises BrokenDangerRules, naming file and line, if they are not right."""
    return _load(file)


def _sentences(text: str) -> Iterable[str]:
    # Letter by letter, because normalising a long run of accents at once takes quadratic time.
    plain = _NOT_ASCII.sub(lambda letter: unicodedata.normalize("NFKC", letter.group()), _DROPPED.sub("", text))
    plain = _NOT_WORDS.sub(" ", _DROPPED.sub("", plain).casefold())
    for sentence in _SENTENCE_END.split(plain):
        yield " ".join(sentence.split())


def _in_sentence(sentence: str, rules: Rules) -> Danger | None:
    excuses = rules.excuses
    after_cries = 0
    while (cry := excuses.cries.match(sentence, after_cries)) is not None:
        after_cries = cry.end()
    is_question = excuses.questions.match(sentence, after_cries) is not None
    supposed = excuses.hypothetical.search(sentence, after_cries)
    is_over = excuses.past.search(sentence) is not None or excuses.safe.search(sentence) is not None
    for rule in rules.rules:
        if (is_question and not rule.even_in_questions) or (is_over and not rule.now):
            continue
        if any(pattern.search(sentence) for pattern in rule.unless):
            continue
        for pattern in rule.patterns:
            stated = pattern.search(sentence)
            if stated is not None and (supposed is None or stated.start() < supposed.start()):
                return Danger(rule.name)
    return None


@cache
def _load(file: Path) -> Rules:
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise _broken(file, [parsed])
    try:
        return TypeAdapter(Rules).validate_python(parsed.values)
    except ValidationError as error:
        slips = [explain(detail, _allowed) for detail in error.errors(include_url=False)]
        raise _broken(file, parsed.problems(slips)) from None


def _broken(file: Path, problems: list[Problem]) -> BrokenDangerRules:
    return BrokenDangerRules("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))


def _allowed(around: KeyPath) -> Iterable[str]:
    shapes: Mapping[str, type] = {"rules": Rule, "excuses": Excuses}
    return [field.name for field in fields(shapes[str(around[0])] if around else Rules)]
