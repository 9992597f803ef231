"""Decides: the first row that holds, its add-ons and duties with their dates, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dialogs.condition import Facts, Value
from dialogs.days import Calendar, DueDate
from dialogs.table import Badge, Cite, DutyRule, Row, Table

Event = Literal["awareness", "notification"]


@dataclass(frozen=True)
class Local:
    """An area's own settings that a decision depends on.

    `working_days` replaces the table's own number of days for the duties it names.
    """

    rapid_review_start: str = "notification"
    count_first_day: bool = False
    accepts_referrals_from_anyone: bool = False
    calendar: Calendar = field(default_factory=Calendar)
    working_days: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Dates:
    """What is known of the dates: when the local authority became aware, when the Panel was told, and today."""

    today: date
    aware_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True)
class Duty:
    """Who does what, to whom, by when.

    `due` is None where there is no clock or its start is not known. `event` and `counted_on` say what the clock is
    counted from; `counted_on` None is a start not known. `policy` is False for a second reading of a deadline that
    the area does not follow. `late` is true where the area's deadline has passed: `due.latest`, or `due.aim_for` where
    the area counts the first day.
    """

    name: str
    who: str
    does: str
    to: tuple[str, ...]
    badge: Badge
    deadline_badge: Badge
    by: str
    working_days: int | None
    event: Event | None
    counted_on: date | None
    due: DueDate | None
    late: bool
    policy: bool
    cites: tuple[Cite, ...]
    add_on: str = ""


@dataclass(frozen=True)
class AddOn:
    """Something that applies beside the outcome."""

    code: str
    title: str
    because: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Change:
    """Other answers to one question that would have led elsewhere; `outcome` is empty where more would be asked."""

    input: str
    answers: tuple[str, ...]
    outcome: str
    title: str


@dataclass(frozen=True)
class Decision:
    """What the answers lead to, why, and who does what by when, under one version of the rules."""

    outcome: str
    title: str
    because: str
    cites: tuple[Cite, ...]
    row: str
    decided_by: tuple[tuple[str, Value], ...]
    would_be: str | None
    duties: tuple[Duty, ...]
    add_ons: tuple[AddOn, ...]
    other_processes: tuple[str, ...]
    have_ready: tuple[str, ...]
    do_not: tuple[str, ...]
    dates: Dates
    rules_version: str


def decide(table: Table, facts: Facts, dates: Dates, local: Local) -> Decision:
    """The decision for these facts. Raises LookupError where the facts do not yet reach an outcome."""
    facts = _with_derived(facts, dates, local)
    gate = next((row for row in table.gates if row.holds(facts)), None)
    hit = gate or table.first_row(facts)
    would_be = table.first_row(facts).code if gate and gate.would_be else hit.code
    facts = {**facts, "outcome": hit.code, "would_be": would_be}
    add_ons = [row for row in table.add_ons if row.holds(facts)] if hit.add_ons else []
    return Decision(
        outcome=hit.code,
        title=hit.title,
        because=hit.because,
        cites=hit.cites,
        row=hit.name,
        decided_by=_decided_by(table, hit, facts),
        would_be=would_be if gate and gate.would_be else None,
        duties=_duties(table, [hit, *add_ons], facts, dates, local),
        add_ons=tuple(AddOn(row.code, row.title, row.because, row.cites) for row in add_ons),
        other_processes=tuple(dict.fromkeys(text for row in [hit, *add_ons] for text in row.other_processes)),
        have_ready=hit.have_ready,
        do_not=hit.do_not,
        dates=dates,
        rules_version=table.version,
    )


def _deciding_inputs(table: Table, facts: Facts) -> set[str]:
    """The decisive inputs of which another answer would meet another row, or open a question."""
    now = _code(table, facts)
    return {
        name
        for name in table.decisive
        if name in facts
        and any(_code(table, {**facts, name: other}) != now for other in table.inputs[name] if other != facts[name])
    }


def _code(table: Table, facts: Facts) -> str | None:
    try:
        return table.first_row(facts).code
    except LookupError:
        return None


def _with_derived(facts: Facts, dates: Dates, local: Local) -> dict[str, Value]:
    return {
        **facts,
        "notified_known": "yes" if dates.notified_on else "no",
        "awareness_known": "yes" if dates.aware_on else "no",
        "rapid_review_start": local.rapid_review_start,
        "accepts_referrals_from_anyone": "yes" if local.accepts_referrals_from_anyone else "no",
    }


def _decided_by(table: Table, hit: Row, facts: Facts) -> tuple[tuple[str, Value], ...]:
    """The answers the row rests on, and those that would have led elsewhere, in the order of the questions."""
    named = {name for name, _ in hit.when.fits}
    named |= {name for one in hit.any_of if one.holds(facts) for name, _ in one.fits}
    if hit.kind == "row":
        named |= _deciding_inputs(table, facts)
    return tuple((name, facts[name]) for name in table.inputs if name in named and name in facts)


def _duties(table: Table, rows: list[Row], facts: Facts, dates: Dates, local: Local) -> tuple[Duty, ...]:
    named = [(name, row.code if row.kind == "add_on" else "") for row in rows for name in row.duties]
    named += [(name, "") for name in table.always if rows[0].add_ons]
    found: dict[str, Duty] = {}
    for name, add_on in named:
        rule = table.duties[name]
        if name not in found and rule.when.holds(facts):
            found[name] = _dated(rule, facts, dates, local, add_on)
    return tuple(found.values())


def _dated(rule: DutyRule, facts: Facts, dates: Dates, local: Local, add_on: str) -> Duty:
    event: Event | None = None
    counted_on = due = working_days = None
    if rule.counted_from and rule.working_days:
        event = "notification" if rule.counted_from == "notification" else "awareness"
        starts = {"awareness": dates.aware_on, "notification": dates.notified_on}
        counted_on = starts.get(rule.counted_from)
        working_days = dict(local.working_days).get(rule.name, rule.working_days)
        due = local.calendar.due(counted_on, working_days) if counted_on else None
    late = due is not None and (due.aim_for if local.count_first_day else due.latest) < dates.today
    return Duty(
        name=rule.name,
        who=rule.who,
        does=f"{rule.if_late} {rule.does}" if late and rule.if_late else rule.does,
        to=rule.to,
        badge=rule.badge,
        deadline_badge=rule.deadline_badge,
        by=rule.by,
        working_days=working_days,
        event=event,
        counted_on=counted_on,
        due=due,
        late=late,
        policy=rule.policy_when.holds(facts),
        cites=rule.cites,
        add_on=add_on,
    )
