"""A transcript as a file: what the person does line by line, and the bot's lines between, written anew from a play."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent
AREAS = FOLDER.parent / "areas"

# Made afresh in every conversation, so the written file shows only their shape.
_CODE = re.compile(r"(?:(?<=resume )|(?<=join )|(?<=/join/)|(?<=code is ))[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_REFERENCE = re.compile(r"\b([RP])-[2-9A-HJ-NP-Z]{6}\b")
_CONTENT = re.compile(r"\bContent [0-9a-f]{8}\b")


class BrokenTranscript(Exception):
    """A transcript says something that cannot be played; the message names the line."""


@dataclass(frozen=True)
class Step:
    """One line that is not the bot's: words typed, a turn of the clock or other stage direction, or a reason why."""

    kind: Literal["typed", "direction", "why"]
    text: str

    def __str__(self) -> str:
        return f"{_MARKS[self.kind]} {self.text}".rstrip()


_MARKS: dict[str, str] = {"typed": ">", "direction": "@", "why": "#"}
_KINDS: dict[str, Literal["typed", "direction", "why"]] = {">": "typed", "@": "direction", "#": "why"}


def all_files() -> tuple[Path, ...]:
    """Every transcript there is."""
    return tuple(sorted(FOLDER.glob("**/*.txt")))


def steps_of(text: str) -> tuple[Step, ...]:
    """The lines of a transcript that are not the bot's."""
    return tuple(
        Step(_KINDS[line[0]], line[1:].strip())
        for line in text.splitlines()
        if line[:1] in _KINDS and line[1:2] in {"", " "}
    )


def written(said: Iterable[Step | list[str]]) -> str:
    """The file's text: each step, and the lines of each reply with an empty line before and after."""
    lines: list[str] = []
    for one in said:
        if isinstance(one, Step):
            lines.append(str(one))
            continue
        shown = [masked(line) for line in one]
        assert not steps_of("\n".join(shown)), "a line of the bot's would be read as the person's"
        if lines and lines[-1]:
            lines.append("")
        lines += [*shown, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def masked(line: str) -> str:
    """A line without what is different in every conversation, or after any edit of a topic; as long as before."""
    return _CONTENT.sub("Content XXXXXXXX", _REFERENCE.sub(r"\1-XXXXXX", _CODE.sub("XXXX-XXXX", line)))


def code_in(lines: Iterable[str]) -> str | None:
    """The code for another device that these lines give, if they do."""
    return next((match[0] for match in map(_CODE.search, lines) if match), None)
