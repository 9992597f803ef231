"""Reads the areas: one file per safeguarding partnership, refused with its line where something in it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from knowledge.area_checks import Slip, slips
from knowledge.area_values import (
    Area,
    Contact,
    Contacts,
    DayOff,
    EscalationStep,
    Milestones,
    Overlay,
    Roles,
    WorkingHours,
    shown,
    shown_phones,
    shown_value,
)
from knowledge.lines import KeyPath, key_lines, line_of, parse_error_line

__all__ = [
    "DEFAULT_AREA",
    "Area",
    "BrokenArea",
    "Contact",
    "Contacts",
    "EscalationStep",
    "Overlay",
    "Problem",
    "UnknownArea",
    "area_names",
    "check_area_file",
    "load_area",
    "shown",
    "shown_phones",
    "shown_value",
]

DEFAULT_AREA = "exampleshire"
"""The invented area: for practice, for tests, and until somebody chooses another."""

_SHIPPED = Path(__file__).parent / "areas"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_THE_FILE = ("key", "file", "lines")
_SHAPES: dict[str, type] = {
    "roles": Roles,
    "milestones": Milestones,
    "working_hours": WorkingHours,
    "closure_days": DayOff,
    "extra_holidays": DayOff,
    "escalation": EscalationStep,
    "overlays": Overlay,
}


@dataclass(frozen=True)
class Problem:
    """Something wrong with an area's file, on a line counted from 1."""

    line: int
    message: str


class BrokenArea(Exception):  # noqa: N818
    """An area cannot be used; the message names its file and each line at fault."""

    def __init__(self, file: Path, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


class UnknownArea(Exception):  # noqa: N818
    """No file for the area that was asked for; the message names the areas there are."""


def area_names(extra_folder: Path | None = None) -> tuple[str, ...]:
    """The keys of all areas, in order: those in the given folder and those that come with the service."""
    return tuple(sorted({key for folder in _folders(extra_folder) for key in _files_in(folder)}))


def load_area(name: str, extra_folder: Path | None = None) -> Area:
    """The area with this key; one in the given folder wins over one that comes with the service.

    Raises UnknownArea if there is no such file, BrokenArea (naming file and lines) if it is not right.
    """
    for folder in _folders(extra_folder):
        file = _files_in(folder).get(name)
        if file is not None:
            outcome = _read(file, name)
            if isinstance(outcome, Area):
                return outcome
            raise BrokenArea(file, outcome)
    raise UnknownArea(f'there is no area "{name}"; there are: {", ".join(area_names(extra_folder))}')


def check_area_file(path: Path) -> list[Problem]:
    """Everything wrong with one area's file, in the order of its lines; nothing if it can be used.

    Raises OSError if the file cannot be read.
    """
    outcome = _read(path, path.parent.name if path.name == "area.toml" else path.stem)
    return [] if isinstance(outcome, Area) else outcome


def _folders(extra_folder: Path | None) -> tuple[Path, ...]:
    return (_SHIPPED,) if extra_folder is None else (extra_folder, _SHIPPED)


def _files_in(folder: Path) -> dict[str, Path]:
    found = {file.stem: file for file in sorted(folder.glob("*.toml"))}
    found |= {file.parent.name: file for file in sorted(folder.glob("*/area.toml"))}
    return {key: file for key, file in found.items() if _KEY.fullmatch(key)}


def _read(file: Path, key: str) -> Area | list[Problem]:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [Problem(raw[: error.start].count(b"\n") + 1, "save this file as UTF-8: a letter here cannot be read")]
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [Problem(parse_error_line(error, text), f"this is not valid TOML: {error}")]
    lines = key_lines(text)
    try:
        area = _shape().validate_python(_with_labels(values))
    except ValidationError as error:
        found = [_slip(detail) for detail in error.errors(include_url=False)]
    else:
        area = replace(area, key=key, file=file, lines=lines)
        found = list(slips(area))
    found += [Slip((name,), _unknown((name,))) for name in _NOT_IN_THE_FILE if name in values]
    problems = {Problem(line_of(lines, slip.path), slip.message): None for slip in found}
    return sorted(problems, key=lambda problem: problem.line) or area


@cache
def _shape() -> TypeAdapter[Area]:
    return TypeAdapter(Area)


def _with_labels(values: dict[str, Any]) -> dict[str, Any]:
    # A contact need not repeat its own usual name.
    contacts = values.get("contacts")
    if not isinstance(contacts, dict):
        return values
    usual = {field.name: getattr(Contacts(), field.name).name for field in fields(Contacts)}
    named = {
        key: {"name": usual[key], **value} if key in usual and isinstance(value, dict) else value
        for key, value in contacts.items()
    }
    return {**values, "contacts": named}


def _slip(detail: ErrorDetails) -> Slip:
    path: KeyPath = tuple(detail["loc"])
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    name = next((part for part in reversed(path) if isinstance(part, str)), "this")
    if kind == "unexpected_keyword_argument":
        return Slip(path, _unknown(path))
    if kind == "missing":
        return Slip(path, f"{name} is missing")
    if kind == "string_too_short":
        return Slip(path, f"{name} is empty: leave the line out until it is known")
    if kind == "literal_error":
        return Slip(path, f"{name} must be {context['expected']}, not {_quoted(given)}")
    wanted = next((words for start, words in _WANTED.items() if kind.startswith(start)), None)
    if wanted is None:
        return Slip(path, f"{name}: {detail['msg'].removeprefix('Value error, ')}")
    return Slip(path, f"{name} must be {wanted}, not {_quoted(given)}")


_WANTED = {
    "string": "text in quotation marks",
    "bool": "true or false, without quotation marks",
    "int": "a whole number, without quotation marks",
    "date": "a date such as 2027-01-04, without quotation marks",
    "time": 'a time of day such as "08:30"',
    "dataclass": "a table of its own",
    "tuple": "a list in square brackets",
    "greater_than": "from 1 to 15",
    "less_than": "from 1 to 15",
}


def _quoted(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _unknown(path: KeyPath) -> str:
    *around, last = path
    allowed = set(_allowed(tuple(around)))
    message = f'there is no setting "{last}" here'
    close = get_close_matches(str(last), allowed, n=1, cutoff=0.5)
    if close:
        return f'{message}; did you mean "{close[0]}"?'
    if around and last in set(_allowed(())):
        return f'{message}; "{last}" belongs at the top of the file, before the first line in square brackets'
    return f"{message}; there are: {', '.join(sorted(allowed))}"


def _allowed(around: KeyPath) -> Iterator[str]:
    shape: type = Area
    if around and around[0] == "contacts":
        shape = Contacts if len(around) == 1 else Contact
    elif around:
        shape = _SHAPES[str(around[0])]
    assert is_dataclass(shape)
    return (field.name for field in fields(shape) if not (shape is Area and field.name in _NOT_IN_THE_FILE))
