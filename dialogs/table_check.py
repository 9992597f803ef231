"""Refuses a broken decision table: a gap, a dead row, an unknown input, answer, duty or recipient."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.dated_duties import GIVEN
from dialogs.ladder import LAST, MOST_STEPS
from dialogs.table import BADGES, EVENTS, OWN_CLOCKS, WHO, BrokenTable, DutyRule, Row, Table


def check(table: Table, *, covered: bool = False) -> None:
    """Raises BrokenTable naming the file and the row of the first mistake found.

    `covered` says that every combination is known to have an outcome: the rows are those of a table checked before.
    """
    allowed: Mapping[str, tuple[str, ...]] = {**table.inputs, **table.derived}
    for name in table.decisive:
        if name not in table.inputs:
            raise BrokenTable(f"{table.name}.toml, decisive: unknown input '{name}'")
    for row in table.every_row():
        _check_row(table, row, allowed)
    _check_duties_named(table, f"{table.name}.toml, always", table.always, allowed)
    for duty in table.duties.values():
        _check_duty(table, duty)
    _check_late(table, allowed)
    _check_ladder(table)
    _check_names(table)
    if not covered:
        _check_coverage(table)
    _check_outcomes(table)


def _check_row(table: Table, row: Row, allowed: Mapping[str, tuple[str, ...]]) -> None:
    place = f"{table.name}.toml, {row.kind} '{row.name}'"
    conditions = [row.when, *row.any_of, *([row.unless] if row.unless else [])]
    for condition in conditions:
        for fault in condition.faults(allowed):
            raise BrokenTable(f"{place}: {fault}")
    _check_duties_named(table, place, row.duties, allowed)
    for _, name in row.runs_as:
        if name not in OWN_CLOCKS:
            raise BrokenTable(f"{place}: runs_as '{name}' is not one of: {', '.join(OWN_CLOCKS)}")
    if not row.cites:
        raise BrokenTable(f"{place}: a row needs at least one source")


def _check_duties_named(
    table: Table, place: str, names: tuple[str, ...], allowed: Mapping[str, tuple[str, ...]]
) -> None:
    for name in names:
        if name not in table.duties:
            raise BrokenTable(f"{place}: no duty is called '{name}'")
        for condition in (table.duties[name].when, table.duties[name].policy_when):
            for fault in condition.faults(allowed):
                raise BrokenTable(f"{_file_of(table, name)}, duty '{name}', as used by {place}: {fault}")


def _file_of(table: Table, duty: str) -> str:
    return f"{table.name}.toml" if duty in table.own_duties else "duties.toml"


def _check_duty(table: Table, duty: DutyRule) -> None:
    place = f"{_file_of(table, duty.name)}, duty '{duty.name}'"
    if duty.who not in WHO:
        raise BrokenTable(f"{place}: '{duty.who}' is not one of: {', '.join(WHO)}")
    for badge in (duty.badge, duty.deadline_badge):
        if badge not in BADGES:
            raise BrokenTable(f"{place}: '{badge}' is not one of: {', '.join(BADGES)}")
    _check_deadline(table, place, duty)
    for recipient in duty.to:
        if recipient not in table.recipients:
            raise BrokenTable(f"{place}: no recipient is called '{recipient}'")
    if not duty.to or not duty.cites:
        raise BrokenTable(f"{place}: a duty needs someone it is done to and at least one source")


def _check_deadline(table: Table, place: str, duty: DutyRule) -> None:
    if duty.counted_from and duty.counted_from not in EVENTS:
        raise BrokenTable(f"{place}: '{duty.counted_from}' is not one of: {', '.join(EVENTS)}")
    if duty.each:
        _check_each(table, place, duty)
        return
    if bool(duty.working_days or duty.within) != bool(duty.counted_from):
        raise BrokenTable(f"{place}: counted_from goes together with working_days or within")
    if sum(map(bool, (duty.working_days, duty.within, duty.on, duty.by))) != 1:
        raise BrokenTable(f"{place}: a deadline is one of working_days, within, on and by")
    if duty.on and duty.on not in GIVEN:
        raise BrokenTable(f"{place}: '{duty.on}' is not one of: {', '.join(GIVEN)}")


def _check_each(table: Table, place: str, duty: DutyRule) -> None:
    if duty.each not in {"next step", "later steps"}:
        raise BrokenTable(f"{place}: each is 'next step' or 'later steps'")
    if duty.steps_after not in table.inputs:
        raise BrokenTable(f"{place}: unknown input '{duty.steps_after}'")
    if not table.ladder:
        raise BrokenTable(f"{place}: there is no ladder")
    if not duty.by or not duty.counted_from or duty.working_days or duty.within or duty.on:
        raise BrokenTable(f"{place}: a step has counted_from, and by for where the ladder gives no days")


def _check_late(table: Table, allowed: Mapping[str, tuple[str, ...]]) -> None:
    if table.late is None:
        return
    for event in (table.late.counted_from, table.late.until):
        if event not in EVENTS or event == "other awareness":
            raise BrokenTable(f"{table.name}.toml, late: '{event}' is not an event whose day we may know")
    for fault in table.late.done_when.faults(allowed):
        raise BrokenTable(f"{table.name}.toml, late: {fault}")


def _check_ladder(table: Table) -> None:
    if len(table.ladder) > MOST_STEPS:
        raise BrokenTable(f"{table.name}.toml, ladder: at most {MOST_STEPS} steps")
    for duty in (one for one in table.duties.values() if one.each and one.steps_after in table.inputs):
        known = table.inputs[duty.steps_after]
        wanted = {LAST, *(f"step{number}" for number in range(1, MOST_STEPS))}
        if missing := sorted(wanted - set(known)):
            raise BrokenTable(f"{table.name}.toml, inputs: '{duty.steps_after}' does not know '{missing[0]}'")


def _check_outcomes(table: Table) -> None:
    outcomes = table.derived.get("outcome", ())
    for row in table.gates + table.rows:
        if row.code not in outcomes:
            raise BrokenTable(f"{table.name}.toml, {row.kind} '{row.name}': '{row.code}' is not an outcome")
    for code in sorted(set(outcomes) - {row.code for row in table.gates + table.rows}):
        raise BrokenTable(f"{table.name}.toml, derived: no row gives the outcome '{code}'")


def _check_names(table: Table) -> None:
    codes = [row.code for row in table.add_ons] + [row.name for row in table.gates + table.rows]
    for code in codes:
        if codes.count(code) > 1:
            raise BrokenTable(f"{table.name}.toml: '{code}' is used twice")


def _check_coverage(table: Table) -> None:
    """Every combination of the decisive inputs has an outcome, and every row is the first for one of them."""
    unreached = {row.name for row in table.rows}
    for facts in table.combinations():
        try:
            unreached.discard(table.first_row(facts).name)
        except LookupError as gap:
            raise BrokenTable(f"{table.name}.toml: {gap}") from gap
    for row in table.rows:
        if row.name in unreached:
            raise BrokenTable(f"{table.name}.toml, row '{row.name}': rows above it always match first, so it is dead")


def unused_duties(table: Table, *others: Table) -> list[str]:
    """Duties of the given tables that no row of any of them names."""
    tables = (table, *others)
    named = {name for one in tables for row in one.every_row() for name in row.duties}
    named |= {name for one in tables for name in one.always}
    return sorted({name for one in tables for name in one.duties} - named)
