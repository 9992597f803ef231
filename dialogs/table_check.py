"""Refuses a broken decision table: a gap, a dead row, an unknown input, answer, duty or recipient."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.table import BADGES, EVENTS, WHO, BrokenTable, DutyRule, Row, Table


def check(table: Table) -> None:
    """Raises BrokenTable naming the file and the row of the first mistake found."""
    allowed: Mapping[str, tuple[str, ...]] = {**table.inputs, **table.derived}
    for name in table.decisive:
        if name not in table.inputs:
            raise BrokenTable(f"{table.name}.toml, decisive: unknown input '{name}'")
    for row in table.every_row():
        _check_row(table, row, allowed)
    _check_duties_named(table, f"{table.name}.toml, always", table.always, allowed)
    for duty in table.duties.values():
        _check_duty(table, duty)
    _check_names(table)
    _check_coverage(table)
    _check_outcomes(table)


def _check_row(table: Table, row: Row, allowed: Mapping[str, tuple[str, ...]]) -> None:
    place = f"{table.name}.toml, {row.kind} '{row.name}'"
    conditions = [row.when, *row.any_of, *([row.unless] if row.unless else [])]
    for condition in conditions:
        for fault in condition.faults(allowed):
            raise BrokenTable(f"{place}: {fault}")
    _check_duties_named(table, place, row.duties, allowed)
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
                raise BrokenTable(f"duties.toml, duty '{name}', as used by {place}: {fault}")


def _check_duty(table: Table, duty: DutyRule) -> None:
    place = f"duties.toml, duty '{duty.name}'"
    if duty.who not in WHO:
        raise BrokenTable(f"{place}: '{duty.who}' is not one of: {', '.join(WHO)}")
    for badge in (duty.badge, duty.deadline_badge):
        if badge not in BADGES:
            raise BrokenTable(f"{place}: '{badge}' is not one of: {', '.join(BADGES)}")
    if bool(duty.working_days) != bool(duty.counted_from):
        raise BrokenTable(f"{place}: working_days and counted_from go together")
    if bool(duty.working_days) == bool(duty.by):
        raise BrokenTable(f"{place}: a deadline is either working_days or by")
    if duty.counted_from and duty.counted_from not in EVENTS:
        raise BrokenTable(f"{place}: '{duty.counted_from}' is not one of: {', '.join(EVENTS)}")
    for recipient in duty.to:
        if recipient not in table.recipients:
            raise BrokenTable(f"{place}: no recipient is called '{recipient}'")
    if not duty.to or not duty.cites:
        raise BrokenTable(f"{place}: a duty needs someone it is done to and at least one source")


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
    """Duties that no row of the given tables names."""
    named = {name for one in (table, *others) for row in one.every_row() for name in row.duties}
    named |= {name for one in (table, *others) for name in one.always}
    return sorted(set(table.duties) - named)
