"""Which duty people say is done, by their words: the rules that a policy owner reads, and what they find."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.clock_table import ClockTable
from dialogs.table import BrokenTable
from dialogs.table_file import read_text

FILE = "done_words"
_KEYS = {"clocks", "pattern"}
_PART_KEYS = _KEYS | {"says"}
WE = r"(?:(?:yes,? )?(?:i|we)(?:'ve| have)?(?: now| just)? )"
"""Who did it, before the words for what was done; a regular expression, as is the next."""
WHEN = r"(?:,? (?:on )?(?P<day>[a-z0-9/.:, -]{3,40}))"
"""What may be a day, after them."""


@dataclass(frozen=True)
class DoneWords:
    """Words that say of one duty that it is done; `clocks` are the rows that keep it."""

    clocks: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class PartWords(DoneWords):
    """Words that say of one duty that a part of it is done; `says` is what is told then, for nothing is recorded."""

    says: str


@dataclass(frozen=True)
class SaidDone:
    """A duty said to be done, by its clocks, and the words for its day; none where nothing follows."""

    clocks: tuple[str, ...]
    day: str | None


def said_done(words: str) -> Iterator[SaidDone]:
    """Every duty that words, in small letters, say is done: all of them, but for a day after it."""
    for rule in load_done_words():
        if (found := rule.pattern.fullmatch(words)) is not None:
            yield SaidDone(rule.clocks, found["day"])


def said_in_part(words: str) -> Iterator[PartWords]:
    """Every duty of which words, in small letters, say that a part is done."""
    return (rule for rule in load_part_words() if rule.pattern.fullmatch(words) is not None)


@cache
def load_part_words() -> tuple[PartWords, ...]:
    """The rules for a part. Raises BrokenTable, naming the file and the rule, where one is not right."""
    return read_part_words(read_text(FILE))


@cache
def load_done_words() -> tuple[DoneWords, ...]:
    """The rules. Raises BrokenTable, naming the file and the rule, where one is not right."""
    return read_done_words(read_text(FILE))


def read_done_words(text: str) -> tuple[DoneWords, ...]:
    """The rules that a text holds. Raises BrokenTable, naming the file and the rule, where one is not right."""
    rules = tomllib.loads(text).get("done", ())
    return tuple(_rule(number, rule) for number, rule in enumerate(rules, 1))


def read_part_words(text: str) -> tuple[PartWords, ...]:
    """The rules for a part that a text holds. Raises BrokenTable, naming the file and the rule, if one is wrong."""
    rules = tomllib.loads(text).get("part", ())
    found = ((_rule(number, rule, _PART_KEYS, "part"), rule["says"]) for number, rule in enumerate(rules, 1))
    return tuple(PartWords(rule.clocks, rule.pattern, says) for rule, says in found)


def check_done_words(table: ClockTable) -> None:
    """Raises BrokenTable where a rule names a clock that the table does not have."""
    for kind, rules in (("rule", load_done_words()), ("part", load_part_words())):
        for number, rule in enumerate(rules, 1):
            if missing := [name for name in rule.clocks if table.rule(name) is None]:
                raise BrokenTable(f"{FILE}.toml, {kind} {number}: there is no clock '{missing[0]}'")


def _rule(number: int, values: Mapping[str, Any], keys: Collection[str] = _KEYS, kind: str = "rule") -> DoneWords:
    place = f"{FILE}.toml, {kind} {number}"
    if set(values) != set(keys):
        needed = "clocks, a pattern and what it says" if "says" in keys else "clocks and a pattern"
        raise BrokenTable(f"{place}: it needs {needed}, and nothing else")
    try:
        return DoneWords(tuple(values["clocks"]), re.compile(f"{WE}?(?:{values['pattern']}){WHEN}?"))
    except re.error as error:
        raise BrokenTable(f"{place}: not a regular expression ({error})") from None
