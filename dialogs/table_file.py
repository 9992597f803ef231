"""Reads decision tables from their TOML files, and refuses what is broken."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dialogs.condition import ALWAYS, Condition
from dialogs.table import BrokenTable, Cite, DutyRule, Row, Table
from dialogs.table_check import check


def read_text(name: str) -> str:
    """The text of a file in dialogs/rules."""
    return files("dialogs").joinpath(f"rules/{name}.toml").read_text(encoding="utf-8")


def load_table(name: str, text: str | None = None, duties_text: str | None = None) -> Table:
    """The checked table of that name from dialogs/rules. Raises BrokenTable naming file and row."""
    table = _read(name, text or read_text(name), duties_text or read_text("duties"))
    check(table)
    return table


def _read(name: str, text: str, duties_text: str) -> Table:
    written = _parsed(f"{name}.toml", text)
    duties = _parsed("duties.toml", duties_text)
    _only(f"{name}.toml", written, _SECTIONS)
    _only("duties.toml", duties, frozenset({"recipients", "duty"}))
    derived = {key: tuple(values) for key, values in written.get("derived", {}).items()}
    try:
        return Table(
            name=name,
            version=written["version"],
            inputs={key: tuple(values) for key, values in written["inputs"].items()},
            derived=derived,
            decisive=tuple(written["decisive"]["inputs"]),
            always=tuple(written.get("always", {}).get("duties", ())),
            gates=tuple(_row("gate", name, row) for row in written.get("gate", [])),
            rows=tuple(_row("row", name, row) for row in written["row"]),
            add_ons=tuple(_row("add_on", name, row) for row in written.get("add_on", [])),
            duties=_duties(duties["duty"]),
            recipients=duties["recipients"],
        )
    except KeyError as missing:
        raise BrokenTable(f"{name}.toml: {missing} is missing") from missing


# Every table reads the same duties.
@cache
def _parsed(file: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenTable(f"{file}: {error}") from error


_SECTIONS = frozenset("version inputs derived decisive always gate row add_on".split())
_ROW_KEYS = frozenset(
    "name code title when any_of unless because cites duties other_processes have_ready do_not add_ons would_be".split()
)
_DUTY_KEYS = frozenset(
    "name when who does to badge deadline_badge by working_days counted_from policy_when if_late cites".split()
)


def _row(kind: Literal["gate", "row", "add_on"], file: str, written: Mapping[str, Any]) -> Row:
    name = written.get("name") or written.get("code") or "without a name"
    place = f"{file}.toml, {kind} '{name}'"
    _only(place, written, _ROW_KEYS)
    try:
        return Row(
            kind=kind,
            name=name,
            code=written["code"],
            title=written["title"],
            when=Condition.read(written["when"]),
            any_of=tuple(Condition.read(one) for one in written.get("any_of", ())),
            unless=Condition.read(written["unless"]) if "unless" in written else None,
            because=written["because"],
            cites=_cites(written["cites"]),
            duties=tuple(written["duties"]),
            other_processes=tuple(written["other_processes"]),
            have_ready=tuple(written.get("have_ready", ())),
            do_not=tuple(written.get("do_not", ())),
            add_ons=written.get("add_ons", True),
            would_be=written.get("would_be", False),
        )
    except KeyError as missing:
        raise BrokenTable(f"{place}: {missing} is missing") from missing


def _duties(written: list[Mapping[str, Any]]) -> dict[str, DutyRule]:
    found: dict[str, DutyRule] = {}
    for each in written:
        place = f"duties.toml, duty '{each.get('name', 'without a name')}'"
        _only(place, each, _DUTY_KEYS)
        try:
            duty = DutyRule(
                name=each["name"],
                when=Condition.read(each.get("when", {})),
                who=each["who"],
                does=each["does"],
                to=tuple(each["to"]),
                badge=each["badge"],
                deadline_badge=each["deadline_badge"],
                by=each.get("by", ""),
                working_days=each.get("working_days"),
                counted_from=each.get("counted_from"),
                policy_when=Condition.read(each["policy_when"]) if "policy_when" in each else ALWAYS,
                if_late=each.get("if_late", ""),
                cites=_cites(each["cites"]),
            )
        except KeyError as missing:
            raise BrokenTable(f"{place}: {missing} is missing") from missing
        if duty.name in found:
            raise BrokenTable(f"{place}: this name is used twice")
        found[duty.name] = duty
    return found


def _only(place: str, written: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(written) - known)
    if unknown:
        raise BrokenTable(f"{place}: unknown key '{unknown[0]}'")


def _cites(written: list[Mapping[str, str]]) -> tuple[Cite, ...]:
    return tuple(Cite(each["source"], each["place"]) for each in written)
