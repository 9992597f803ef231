"""What a question says of a case, told by its words: that somebody died, that the child is in care, where it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from knowledge.patterns import read_file
from knowledge.regular import Pattern, Text

_SHIPPED = Path(__file__).parent / "circumstances.toml"


@dataclass(frozen=True)
class Circumstance:
    """Something that a question can say of a case: by its words, or by stating all of `both`.

    Words that match `but` are taken out before `pattern` is tried.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: Text
    why: Text
    pattern: Pattern | None = None
    but: Pattern | None = None
    both: tuple[Text, ...] = ()

    def is_in(self, text: str, said: Collection[str]) -> bool:
        """Whether a text, in small letters, says it; `said` are the circumstances stated already."""
        if self.pattern is None:
            return bool(self.both) and set(self.both) <= set(said)
        left = text if self.but is None else self.but.sub(" ", text)
        return self.pattern.search(left) is not None


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    circumstances: tuple[Circumstance, ...]


def stated(text: str) -> frozenset[str]:
    """The names of the circumstances that a text, in small letters, states."""
    said: set[str] = set()
    for one in load_circumstances():
        if one.is_in(text, said):
            said.add(one.name)
    return frozenset(said)


def contradicts(said: Iterable[str], never: Iterable[str]) -> bool:
    """Whether what was said makes it another case than a topic's."""
    return not set(said).isdisjoint(never)


@cache
def load_circumstances(file: Path = _SHIPPED) -> tuple[Circumstance, ...]:
    """The circumstances. Raises BrokenTopic, naming file and line, if they are not right."""
    return read_file(file, _File, Circumstance).circumstances
