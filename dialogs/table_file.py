"""Reads decision tables from their TOML files, and refuses what is broken."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dialogs.condition import ALWAYS, Condition
from dialogs.ladder import Rung
from dialogs.spans import read_span
from dialogs.table import BrokenTable, Cite, DutyRule, LateRule, Row, Table
from dialogs.table_check import check


def read_text(name: str) -> str:
    """The text of a file in dialogs/rules."""
    return files("dialogs").joinpath(f"rules/{name}.toml").read_text(encoding="utf-8")


def load_table(name: str, text: str | None = None, duties_text: str | None = None) -> Table:
    """The checked table of that name from dialogs/rules. Raises BrokenTable naming file and row."""
    written = _parsed(f"{name}.toml", text or read_text(name))
    _only(f"{name}.toml", written, _SECTIONS)
    # What another table says is checked there, and named as being there.
    base = load_table(written["extends"], None, duties_text) if "extends" in written else None
    table = _read(name, written, duties_text or read_text("duties"), base)
    check(table, covered=base is not None and table.rows == base.rows and table.decisive == base.decisive)
    return table


def _read(name: str, written: Mapping[str, Any], duties_text: str, base: Table | None) -> Table:
    duties = _parsed("duties.toml", duties_text)
    _only("duties.toml", duties, frozenset({"recipients", "duty"}))
    shared = _duties("duties.toml", duties["duty"])
    own = _duties(f"{name}.toml", written.get("duty", []), taken=frozenset(shared))
    try:
        table = Table(
            name=name,
            version=written["version"],
            inputs={key: tuple(values) for key, values in written.get("inputs", {}).items()},
            derived={key: tuple(values) for key, values in written.get("derived", {}).items()},
            decisive=tuple(written.get("decisive", {}).get("inputs", ())),
            always=tuple(written.get("always", {}).get("duties", ())),
            gates=tuple(_row("gate", name, row) for row in written.get("gate", [])),
            rows=tuple(_row("row", name, row) for row in written.get("row", [])),
            add_ons=tuple(_row("add_on", name, row) for row in written.get("add_on", [])),
            duties={**shared, **own},
            recipients={**duties["recipients"], **written.get("recipients", {})},
            late=_late(f"{name}.toml, late", written["late"]) if "late" in written else None,
            ladder=tuple(_rung(f"{name}.toml, ladder", one) for one in written.get("ladder", ())),
            own_duties=frozenset(own),
        )
    except KeyError as missing:
        raise BrokenTable(f"{name}.toml: {missing} is missing") from missing
    for section, found in {"inputs": table.inputs, "decisive": table.decisive, "row": table.rows}.items():
        if base is None and not found:
            raise BrokenTable(f"{name}.toml: '{section}' is missing")
    return table if base is None else _extended(base, table)


def _extended(base: Table, own: Table) -> Table:
    """A table that says all that another does, and its own beside it; what it adds to an outcome comes first."""
    return replace(
        own,
        version=f"{own.version} on {base.name} {base.version}",
        inputs={**base.inputs, **own.inputs},
        derived={**base.derived, **own.derived},
        decisive=own.decisive or base.decisive,
        always=base.always + own.always,
        gates=base.gates + own.gates,
        rows=base.rows + own.rows,
        add_ons=own.add_ons + base.add_ons,
        duties={**base.duties, **own.duties},
        recipients={**base.recipients, **own.recipients},
        late=own.late or base.late,
        ladder=own.ladder or base.ladder,
    )


# Every table reads the same duties.
@cache
def _parsed(file: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenTable(f"{file}: {error}") from error


_SECTIONS = frozenset(
    "version extends inputs derived decisive always gate row add_on duty recipients late ladder".split()
)
_ROW_KEYS = frozenset(
    (
        "name code title when any_of unless because cites duties other_processes have_ready do_not to_record add_ons "
        "would_be runs_as because_instead"
    ).split()
)
_DUTY_KEYS = frozenset(
    (
        "name when who does to badge deadline_badge by anew working_days within on each steps_after counted_from "
        "policy_when if_late clock cites"
    ).split()
)
_LATE_KEYS = frozenset("counted_from until working_days done_when".split())
_RUNG_KEYS = frozenset("role how working_days".split())


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
            to_record=tuple(written.get("to_record", ())),
            runs_as=_runs_as(written),
            because_instead=written.get("because_instead", ""),
        )
    except KeyError as missing:
        raise BrokenTable(f"{place}: {missing} is missing") from missing


def _runs_as(written: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """A row names what its own outcome runs as; an add-on what each outcome does that it may stand beside."""
    found = written.get("runs_as", {})
    return ((written["code"], found),) if isinstance(found, str) else tuple(found.items())


def _duties(file: str, written: list[Mapping[str, Any]], taken: frozenset[str] = frozenset()) -> dict[str, DutyRule]:
    found: dict[str, DutyRule] = {}
    for each in written:
        place = f"{file}, duty '{each.get('name', 'without a name')}'"
        _only(place, each, _DUTY_KEYS)
        try:
            duty = _duty(place, each)
        except KeyError as missing:
            raise BrokenTable(f"{place}: {missing} is missing") from missing
        if duty.name in found or duty.name in taken:
            raise BrokenTable(f"{place}: this name is used twice")
        found[duty.name] = duty
    return found


def _duty(place: str, each: Mapping[str, Any]) -> DutyRule:
    try:
        within = read_span(each["within"]) if "within" in each else None
    except ValueError as fault:
        raise BrokenTable(f"{place}: {fault}") from fault
    return DutyRule(
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
        within=within,
        on=each.get("on", ""),
        each=each.get("each", ""),
        steps_after=each.get("steps_after", ""),
        clock=each.get("clock", ""),
        anew=each.get("anew", False),
    )


def _late(place: str, written: Mapping[str, Any]) -> LateRule:
    _only(place, written, _LATE_KEYS)
    try:
        done_when = Condition.read(written["done_when"])
        return LateRule(written["counted_from"], written["until"], written["working_days"], done_when)
    except KeyError as missing:
        raise BrokenTable(f"{place}: {missing} is missing") from missing


def _rung(place: str, written: Mapping[str, Any]) -> Rung:
    _only(place, written, _RUNG_KEYS)
    try:
        return Rung(written["role"], written.get("how", ""), written.get("working_days"))
    except KeyError as missing:
        raise BrokenTable(f"{place}: {missing} is missing") from missing


def _only(place: str, written: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(written) - known)
    if unknown:
        raise BrokenTable(f"{place}: unknown key '{unknown[0]}'")


def _cites(written: list[Mapping[str, str]]) -> tuple[Cite, ...]:
    return tuple(Cite(each["source"], each["place"]) for each in written)
