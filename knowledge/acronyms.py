"""Acronyms with two meanings: which one is meant, or that nothing tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from knowledge.patterns import read_file
from knowledge.regular import Pattern, Text

_SHIPPED = Path(__file__).parent / "acronyms.toml"


@dataclass(frozen=True)
class Meaning:
    """One thing an acronym can mean; `context` are words beside it that tell so."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    label: Text
    says: Text
    topic: Text
    context: Pattern


@dataclass(frozen=True)
class Acronym:
    """An acronym with more than one meaning."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    acronym: Text
    pattern: Pattern
    meanings: tuple[Meaning, ...]

    def meant(self, text: str) -> list[Meaning]:
        """The meanings that the rest of a text tells."""
        rest = self.pattern.sub(" ", text)
        return [meaning for meaning in self.meanings if meaning.context.search(rest)]


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid")
    acronyms: tuple[Acronym, ...]


def unclear(text: str) -> Acronym | None:
    """An acronym in a text, in small letters, of which nothing there tells what it means."""
    return next((one for one in load_acronyms() if one.pattern.search(text) and not one.meant(text)), None)


def cleared(text: str) -> str:
    """The text with each acronym whose meaning the rest tells put in words."""
    for acronym in load_acronyms():
        meant = acronym.meant(text)
        if len(meant) == 1:
            text = acronym.pattern.sub(meant[0].says, text)
    return text


@cache
def load_acronyms(file: Path = _SHIPPED) -> tuple[Acronym, ...]:
    """The acronyms. Raises BrokenTopic, naming file and line, if they are not right."""
    return read_file(file, _File, Acronym, Meaning).acronyms
