"""Compares a message with examples of what it may be and of what only looks like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.topic import BrokenTopic
from knowledge.vectors import Vectors

_HERE = Path(__file__).parent
DISCLOSURES = _HERE / "danger" / "disclosures.txt"
WORRIES = _HERE / "danger" / "worries.txt"
LOOK_ALIKES = _HERE / "danger" / "look_alikes.txt"
INCIDENTS = _HERE / "incidents.txt"
NOT_INCIDENTS = "not incidents"
_NEAREST = 2


@dataclass(frozen=True)
class Near:
    """How near a message is to the examples, how much nearer than to look-alikes, and the nearest example's number."""

    nearness: float
    margin: float
    example: int


class Examples:
    """Examples of one thing, beside examples of what is not it."""

    def __init__(self, vectors: Vectors, examples: Sequence[str], others: Iterable[str]) -> None:
        self._examples = vectors.among(examples)
        self._others = vectors.among(dict.fromkeys(others))

    def near(self, meaning: Any) -> Near:
        """How near a message, given by its meaning, is to the examples."""
        import numpy as np

        alike = self._examples @ meaning
        nearest, other = np.sort(alike)[-_NEAREST:], np.sort(self._others @ meaning)[-_NEAREST:]
        near = float(nearest.mean())
        return Near(round(near, 6), round(near - float(other.mean()), 6), int(alike.argmax()))


def examples(file: Path, heading: str = "") -> tuple[str, ...]:
    """The lines of a file of examples: those before, or with `heading` those after, the line "# not …".

    Raises BrokenTopic where a line stands twice, or there are none.
    """
    return _read(file, heading)


@cache
def _read(file: Path, heading: str) -> tuple[str, ...]:
    found: dict[str, int] = {}
    is_wanted = not heading
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith("#"):
            if text.strip("# ") == (heading or NOT_INCIDENTS):
                is_wanted = bool(heading)
        elif text and is_wanted:
            if text in found:
                raise BrokenTopic(f"{file}, line {number}: this stands on line {found[text]} too")
            found[text] = number
    if not found:
        raise BrokenTopic(f"{file}, line 1: there are no examples in it")
    return tuple(found)
