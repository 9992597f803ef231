"""The decision table as data: gates, outcome rows, add-ons and duties, read from TOML and refused if broken."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any, Literal

from dialogs.condition import ALWAYS, Condition, Facts, Value

Badge = Literal["must", "should", "local"]
BADGES = ("must", "should", "local")
EVENTS = ("awareness", "notification", "other awareness")
WHO = (
    "you",
    "safeguarding lead",
    "local authority",
    "other local authority",
    "business unit",
    "safeguarding partners",
    "provider",
)


class BrokenTable(Exception):
    """The table's author made a mistake; the message names the file and the row."""


@dataclass(frozen=True)
class Cite:
    """Where a rule comes from: a source's id and the place in it."""

    source: str
    place: str


@dataclass(frozen=True)
class DutyRule:
    """A duty as written: who does what, to whom, and by when, where `when` holds."""

    name: str
    when: Condition
    who: str
    does: str
    to: tuple[str, ...]
    badge: Badge
    deadline_badge: Badge
    by: str
    working_days: int | None
    counted_from: str | None
    policy_when: Condition
    if_late: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Row:
    """One row: where it holds, the outcome or add-on it gives, why, and the duties it brings."""

    kind: Literal["gate", "row", "add_on"]
    name: str
    code: str
    title: str
    when: Condition
    any_of: tuple[Condition, ...]
    unless: Condition | None
    because: str
    cites: tuple[Cite, ...]
    duties: tuple[str, ...]
    other_processes: tuple[str, ...]
    have_ready: tuple[str, ...]
    do_not: tuple[str, ...]
    add_ons: bool
    would_be: bool

    def reads(self) -> Iterator[str]:
        """The inputs that this row's conditions name."""
        for one in (self.when, *self.any_of, *([self.unless] if self.unless else [])):
            yield from (name for name, _ in one.fits)

    def holds(self, facts: Facts) -> bool:
        """Whether this row's conditions hold."""
        if not self.when.holds(facts):
            return False
        if self.any_of and not any(one.holds(facts) for one in self.any_of):
            return False
        return self.unless is None or not self.unless.holds(facts)


@dataclass(frozen=True, eq=False)
class Table:
    """A policy's decision table with its duties and the version it stands at."""

    name: str
    version: str
    inputs: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    decisive: tuple[str, ...]
    always: tuple[str, ...]
    gates: tuple[Row, ...]
    rows: tuple[Row, ...]
    add_ons: tuple[Row, ...]
    duties: Mapping[str, DutyRule]
    recipients: Mapping[str, str]

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every combination of the decisive inputs."""
        for values in product(*(self.inputs[name] for name in self.decisive)):
            yield dict(zip(self.decisive, values, strict=True))

    def every_row(self) -> tuple[Row, ...]:
        """Gates, outcome rows and add-ons, in order."""
        return self.gates + self.rows + self.add_ons

    def first_row(self, facts: Facts) -> Row:
        """The first outcome row that holds. Raises LookupError if none does, which a checked table never does."""
        key = tuple([facts.get(name) for name in self.deciding])
        if key not in self._found:
            self._found[key] = next((row for row in self.rows if row.holds(facts)), None)
        row = self._found[key]
        if row is None:
            raise LookupError(f"{self.name}: no row holds for {dict(facts)}")
        return row

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The only inputs that can tell one outcome row from another."""
        return tuple(dict.fromkeys((*self.decisive, *(name for row in self.rows for name in row.reads()))))

    @cached_property
    def _found(self) -> dict[tuple[Value | None, ...], Row | None]:
        """Rows found before: a dialog asks for the same ones again and again."""
        return {}

    def cites(self) -> Iterator[tuple[str, Cite]]:
        """Every citation, with the name of the row that makes it."""
        for row in self.every_row():
            yield from ((row.name, cite) for cite in row.cites)
        for duty in self.duties.values():
            yield from ((duty.name, cite) for cite in duty.cites)


def read_text(name: str) -> str:
    """The text of a file in dialogs/rules."""
    return files("dialogs").joinpath(f"rules/{name}.toml").read_text(encoding="utf-8")


def load_table(name: str, text: str | None = None, duties_text: str | None = None) -> Table:
    """The checked table of that name from dialogs/rules. Raises BrokenTable naming file and row."""
    from dialogs.table_check import check

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
