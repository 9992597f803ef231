"""Reads the table of clocks from its TOML file, and refuses what is broken."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from dialogs.clock_check import check
from dialogs.clock_table import ClockRule, ClockTable, Stage, StandIn, Tell, read_stage
from dialogs.spans import read_day_of_year, read_span
from dialogs.table import BrokenTable, Cite
from dialogs.table_file import read_text

_KEYS = frozenset(
    (
        "name title does who scope outcomes once_decided once_agreed add_ons beside starts follows within aim every "
        "times by badge deadline_badge basis cites met_by or_by stopped_by reading_of keeps anew to nudges tell "
        "escalate passed if_passed note stand_in"
    ).split()
)
_Read = TypeVar("_Read")


@cache
def load_clocks() -> ClockTable:
    """The checked table of clocks. Raises BrokenTable naming the file and the row."""
    return read_clocks(read_text("clocks"))


def read_clocks(text: str) -> ClockTable:
    """The checked table that a text holds. Raises BrokenTable naming the file and the row."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenTable(f"clocks.toml: {error}") from error
    if unknown := sorted(set(written) - {"version", "clock"}):
        raise BrokenTable(f"clocks.toml: unknown key '{unknown[0]}'")
    if not isinstance(written.get("version"), str) or not written.get("clock"):
        raise BrokenTable("clocks.toml: it needs a version and at least one [[clock]]")
    table = ClockTable(written["version"], tuple(_rule(row) for row in written["clock"]))
    check(table)
    return table


def _rule(row: Mapping[str, Any]) -> ClockRule:
    place = f"clocks.toml, clock '{row.get('name', 'without a name')}'"
    if unknown := sorted(set(row) - _KEYS):
        raise BrokenTable(f"{place}: unknown key '{unknown[0]}'")
    try:
        return ClockRule(
            name=row["name"],
            title=row["title"],
            does=row["does"],
            who=row["who"],
            scope=row.get("scope", "case"),
            outcomes=tuple(row.get("outcomes", ())),
            once_decided=tuple(row.get("once_decided", ())),
            once_agreed=tuple(row.get("once_agreed", ())),
            add_ons=tuple(row.get("add_ons", ())),
            beside=tuple(row.get("beside", ())),
            starts=row["starts"],
            follows=tuple(row.get("follows", ())),
            within=_one(place, row, "within", read_span),
            aim=_one(place, row, "aim", read_span),
            every=_one(place, row, "every", read_span),
            times=row.get("times"),
            by=_many(place, row, "by", read_day_of_year),
            badge=row["badge"],
            deadline_badge=row["deadline_badge"],
            basis=row["basis"],
            cites=_cites(row),
            met_by=row["met_by"],
            or_by=row.get("or_by", ""),
            stopped_by=tuple(row.get("stopped_by", ())),
            reading_of=row.get("reading_of", ""),
            keeps=row.get("keeps", False),
            anew=row.get("anew", False),
            to=row.get("to", "owner"),
            nudges=_many(place, row, "nudges", read_stage),
            tell=tuple(Tell(_stage(place, each["when"]), each["to"]) for each in row.get("tell", ())),
            escalate=tuple(row.get("escalate", ())),
            passed=tuple(row.get("passed", ())),
            if_passed=row.get("if_passed", ""),
            note=row.get("note", ""),
            stand_in=_stand_in(place, row["stand_in"]) if "stand_in" in row else None,
        )
    except KeyError as missing:
        raise BrokenTable(f"{place}: {missing} is missing") from missing


def _stand_in(place: str, row: Mapping[str, Any]) -> StandIn:
    if unknown := sorted(set(row) - {"title", "basis", "cites", "if_passed"}):
        raise BrokenTable(f"{place}, stand_in: unknown key '{unknown[0]}'")
    return StandIn(row["title"], row["basis"], _cites(row), row.get("if_passed", ""))


def _cites(row: Mapping[str, Any]) -> tuple[Cite, ...]:
    return tuple(Cite(each["source"], each["place"]) for each in row["cites"])


def _one(place: str, row: Mapping[str, Any], key: str, read: Callable[[str], _Read]) -> _Read | None:
    return None if key not in row else _reading(place, key, row[key], read)


def _many(place: str, row: Mapping[str, Any], key: str, read: Callable[[str], _Read]) -> tuple[_Read, ...]:
    return tuple(_reading(place, key, text, read) for text in row.get(key, ()))


def _stage(place: str, text: str) -> Stage:
    return _reading(place, "tell", text, read_stage)


def _reading(place: str, key: str, text: Any, read: Callable[[str], _Read]) -> _Read:
    if not isinstance(text, str):
        raise BrokenTable(f"{place}, {key}: {text!r} must be words in quotation marks")
    try:
        return read(text)
    except ValueError as fault:
        raise BrokenTable(f"{place}, {key}: {fault}") from fault
