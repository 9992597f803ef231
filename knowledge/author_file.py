"""Reads a TOML file that somebody keeps by hand, and says on which line, and how, it is not right."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from pydantic_core import ErrorDetails

from knowledge.lines import KeyPath, key_lines, line_of, parse_error_line

Allowed = Callable[[KeyPath], Iterable[str]]
"""The settings there may be inside the table at a path."""

_WANTED = {
    "string_type": "text in quotation marks",
    "bool": "true or false, without quotation marks",
    "int": "a whole number, without quotation marks",
    "date": "a date such as 2027-01-04, without quotation marks",
    "time": 'a time of day such as "08:30"',
    "dataclass": "a table of its own",
    "dict": "a table of its own",
    "tuple": "a list in square brackets",
}


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file, on a line counted from 1."""

    line: int
    message: str


@dataclass(frozen=True)
class Slip:
    """Something wrong with one value of a file."""

    path: KeyPath
    message: str


@dataclass(frozen=True)
class Parsed:
    """A file's values, and the line on which each stands; `above` counts lines of the file above the text."""

    values: dict[str, Any]
    text: str
    above: int = 0

    # Found only when something is wrong or asked for: most files are right.
    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """The line of each value."""
        return {path: line + self.above for path, line in key_lines(self.text).items()}

    def problems(self, slips: Iterable[Slip]) -> list[Problem]:
        """The slips with their lines, each once, in the order of the lines."""
        found = {Problem(line_of(self.lines, slip.path), slip.message): None for slip in slips}
        return sorted(found, key=lambda problem: problem.line)


def parse(raw: bytes) -> Parsed | Problem:
    """What a file says, or why it cannot be read as TOML."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(raw[: error.start].count(b"\n") + 1, "save this file as UTF-8: a letter here cannot be read")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Problem(parse_error_line(error, text), f"this is not valid TOML: {error}")
    return Parsed(values, text)


def explain(detail: ErrorDetails, allowed: Allowed) -> Slip:
    """What pydantic found wrong with a value, for the person who keeps the file."""
    path: KeyPath = tuple(detail["loc"])
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    name = next((part for part in reversed(path) if isinstance(part, str)), "this")
    if kind == "unexpected_keyword_argument":
        return Slip(path, unknown(path, allowed))
    if kind == "missing":
        return Slip(path, f"{name} is missing")
    if kind == "string_too_short":
        return Slip(path, f"{name} is empty: leave the line out until it is known")
    if kind == "literal_error":
        return Slip(path, f"{name} must be {context['expected']}, not {_quoted(given)}")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return Slip(path, f"{name} must be {bound}, not {_quoted(given)}")
    wanted = next((words for start, words in _WANTED.items() if kind.startswith(start)), None)
    if wanted is None:
        return Slip(path, f"{name}: {detail['msg'].removeprefix('Value error, ')}, not {_quoted(given)}")
    return Slip(path, f"{name} must be {wanted}, not {_quoted(given)}")


def unknown(path: KeyPath, allowed: Allowed) -> str:
    """What to say of a setting that does not exist, with the nearest one that does."""
    *around, last = path
    known = sorted(allowed(tuple(around)))
    message = f'there is no setting "{last}" here'
    close = get_close_matches(str(last), known, n=1, cutoff=0.5)
    if close:
        return f'{message}; did you mean "{close[0]}"?'
    if around and last in set(allowed(())):
        return f'{message}; "{last}" belongs at the top of the file, before the first line in square brackets'
    return f"{message}; there are: {', '.join(known)}"


def _quoted(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
