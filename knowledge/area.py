"""Reads the areas: one file per safeguarding partnership, refused with its line where something in it is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.area_checks import slips
from knowledge.area_values import (
    Area,
    ClockChange,
    Contact,
    Contacts,
    DayOff,
    EscalationStep,
    Milestones,
    Overlay,
    Retention,
    Roles,
    Told,
    WorkingHours,
    shown,
    shown_phones,
    shown_value,
)
from knowledge.author_file import Problem, Slip, explain, parse, unknown
from knowledge.lines import KeyPath

__all__ = [
    "DEFAULT_AREA",
    "IN_ITS_FOLDER",
    "Area",
    "BrokenArea",
    "ClockChange",
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
    "unread_files",
]

DEFAULT_AREA = "exampleshire"
"""The invented area: for practice, for tests, and until somebody chooses another."""

_SHIPPED = Path(__file__).parent / "areas"
IN_ITS_FOLDER = "area.toml"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_THE_FILE = ("key", "file", "lines")
_SHAPES: dict[str, type] = {
    "roles": Roles,
    "milestones": Milestones,
    "working_hours": WorkingHours,
    "retention": Retention,
    "closure_days": DayOff,
    "extra_holidays": DayOff,
    "escalation": EscalationStep,
    "overlays": Overlay,
    "clocks": ClockChange,
}


class BrokenArea(Exception):
    """An area cannot be used; the message names its file and each line at fault."""

    def __init__(self, file: Path, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))
        self.file = file
        self.problems = tuple(problems)


class UnknownArea(Exception):
    """No file for the area that was asked for; the message names the areas there are."""


def area_names(extra_folder: Path | None = None) -> tuple[str, ...]:
    """The keys of all areas, in order: those in the given folder and those that come with the service."""
    return tuple(sorted({key for folder in _folders(extra_folder) for key in _files_in(folder)}))


def load_area(name: str, extra_folder: Path | None = None, channels: Collection[str] | None = None) -> Area:
    """The area with this key; one in the given folder wins over one that comes with the service.

    `channels` are those that its file may name; without them any is taken.
    Raises UnknownArea if there is no such file, BrokenArea (naming file and lines) if it is not right.
    """
    for folder in _folders(extra_folder):
        file = _files_in(folder).get(name)
        if file is not None:
            outcome = _read(file, name, channels)
            if isinstance(outcome, Area):
                return outcome
            raise BrokenArea(file, outcome)
    unread = "".join(f"; {file} is not read: {why}" for file, why in unread_files(extra_folder))
    raise UnknownArea(f'there is no area "{name}"; there are: {", ".join(area_names(extra_folder))}{unread}')


def unread_files(extra_folder: Path | None = None) -> tuple[tuple[Path, str], ...]:
    """Each thing in the areas' folders that looks like an area's file and is not read, and why."""
    return tuple(
        (file, why) for folder in _folders(extra_folder) for file in _found_in(folder) if (why := _fault(file))
    )


def check_area_file(path: Path, channels: Collection[str] | None = None) -> list[Problem]:
    """Everything wrong with one area's file, in the order of its lines; nothing if it can be used."""
    if why := _fault(path.absolute()):
        return [Problem(1, why)]
    outcome = _read(path, _key_of(path.absolute()), channels)
    return [] if isinstance(outcome, Area) else outcome


def _folders(extra_folder: Path | None) -> tuple[Path, ...]:
    return (_SHIPPED,) if extra_folder is None else (extra_folder, _SHIPPED)


def _files_in(folder: Path) -> dict[str, Path]:
    return {_key_of(file): file for file in _found_in(folder) if not _fault(file)}


def _found_in(folder: Path) -> list[Path]:
    """What looks like an area's file; an area in a folder of its own comes later, and wins."""
    found = [*sorted(folder.glob("*.toml")), *sorted(folder.glob("*/area.toml"))]
    return [file for file in found if not file.relative_to(folder).parts[0].startswith(".")]


def _key_of(file: Path) -> str:
    return file.parent.name if file.name == IN_ITS_FOLDER else file.stem


def _fault(file: Path) -> str:
    """Why a file cannot be an area's, going by its name and place; empty where it can."""
    if not file.is_file():
        return "this is a folder, not a file" if file.is_dir() else "there is no such file"
    if file.suffix != ".toml":
        return "an area's file must end in .toml"
    key = _key_of(file)
    if not _KEY.fullmatch(key):
        what = "the folder" if file.name == IN_ITS_FOLDER else "the file"
        plain = "-".join(re.findall("[a-z0-9]+", key.casefold()))
        return f"{what} must be named in small letters, digits and hyphens" + (f", such as {plain}" if plain else "")
    if file.name != IN_ITS_FOLDER and (file.parent / key / IN_ITS_FOLDER).is_file():
        return f"{key}/{IN_ITS_FOLDER} beside it is the same area: keep one of the two"
    return ""


def _read(file: Path, key: str, channels: Collection[str] | None) -> Area | list[Problem]:
    try:
        raw = file.read_bytes()
    except OSError as fault:
        return [Problem(1, f"this file cannot be read: {fault.strerror}")]
    parsed = parse(raw)
    if isinstance(parsed, Problem):
        return [parsed]
    found = [Slip((name,), unknown((name,), _allowed)) for name in _NOT_IN_THE_FILE if name in parsed.values]
    try:
        area = _shape().validate_python(_with_labels(parsed.values))
    except ValidationError as error:
        return parsed.problems([*found, *(explain(detail, _allowed) for detail in error.errors(include_url=False))])
    area = replace(area, key=key, file=file, lines=parsed.lines)
    return parsed.problems([*found, *slips(area, channels)]) or area


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


def _allowed(around: KeyPath) -> Iterable[str]:
    shape: type = Area
    if around and around[0] == "contacts":
        shape = Contacts if len(around) == 1 else Contact
    elif around[:1] == ("clocks",) and "tell" in around:
        shape = Told
    elif around:
        shape = _SHAPES[str(around[0])]
    assert is_dataclass(shape)
    return (field.name for field in fields(shape) if not (shape is Area and field.name in _NOT_IN_THE_FILE))
