"""Tells by its words what a message asks for beyond any topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from knowledge.patterns import read_file
from knowledge.regular import Flag, Pattern, Text

_SHIPPED = Path(__file__).parent / "guards.toml"


@dataclass(frozen=True)
class Guard:
    """Words that ask for something beyond any topic, and the decoy whose signpost answers them.

    With `alone` they do so only in a message that does not lean on the one before.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: Text
    why: Text
    pattern: Pattern
    decoy: Text
    unless: Pattern | None = None
    alone: Flag = False


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    guards: tuple[Guard, ...]


def guarded(text: str, *, follows: bool = False) -> Guard | None:
    """The first guard that a text, in small letters, runs into; `follows` is whether it leans on the one before."""
    for guard in load_guards():
        if guard.alone and follows:
            continue
        if guard.pattern.search(text) and not (guard.unless is not None and guard.unless.search(text)):
            return guard
    return None


@cache
def load_guards(file: Path = _SHIPPED) -> tuple[Guard, ...]:
    """The guards. Raises BrokenTopic, naming file and line, if they are not right."""
    return read_file(file, _File, Guard).guards
