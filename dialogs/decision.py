"""Decides: the first row that holds, its add-ons and duties with their dates, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.condition import Facts, Value
from dialogs.dated_duties import Dates, Duty, Event, Local, dated, is_late
from dialogs.table import TO_BE_TOLD, Cite, Row, Table

__all__ = ["AddOn", "Change", "Dates", "Decision", "Duty", "Event", "Local", "decide"]


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
    """What the answers lead to, why, and who does what by when, under one version of the rules.

    `runs_as` is what the clock table calls the incident's own outcome, where that has another name there.
    """

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
    to_record: tuple[str, ...] = ()
    runs_as: str = ""


def decide(table: Table, facts: Facts, dates: Dates, local: Local) -> Decision:
    """The decision for these facts. Raises LookupError where the facts do not yet reach an outcome."""
    facts = _with_derived(table, facts, dates, local)
    gate = next((row for row in table.gates if row.holds(facts)), None)
    hit = gate or table.first_row(facts)
    own = table.first_row(facts) if gate and gate.would_be else hit
    would_be = own.code
    facts = {**facts, "outcome": hit.code, "would_be": would_be}
    add_ons = [row for row in table.add_ons if row.holds(facts)] if hit.add_ons else []
    if dates.test_decided_on is not None and any(row.code == TO_BE_TOLD for row in add_ons):
        dates = replace(dates, anew_on=dates.today)
    return Decision(
        outcome=hit.code,
        title=hit.title,
        because=next((row.because_instead for row in add_ons if row.because_instead and hit is own), hit.because),
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
        to_record=hit.to_record,
        runs_as=next((name for row in (*add_ons, own) for code, name in row.runs_as if code == would_be), ""),
    )


def is_held_here(facts: Facts) -> bool:
    """Whether another council would notify, and has not said in writing that it will: ours works as if it were ours."""
    return facts.get("other_notifies") in {"no", "unsure"}


def _with_derived(table: Table, facts: Facts, dates: Dates, local: Local) -> dict[str, Value]:
    late = {"late": "yes" if is_late(table.late, facts, dates, local) else "no"} if table.late else {}
    return {
        **facts,
        "notified_known": "yes" if dates.notified_on else "no",
        "death_notified_known": "yes" if dates.death_notified_on else "no",
        "awareness_known": "yes" if dates.aware_on else "no",
        "held_here": "yes" if is_held_here(facts) else "no",
        "accepted_in_writing": "yes" if facts.get("other_notifies") == "in_writing" else "no",
        "rapid_review_start": local.rapid_review_start,
        "ladder_set": "yes" if local.ladder else "no",
        "accepts_referrals_from_anyone": "yes" if local.accepts_referrals_from_anyone else "no",
        **late,
    }


def _decided_by(table: Table, hit: Row, facts: Facts) -> tuple[tuple[str, Value], ...]:
    """The answers the row rests on, and those that would have led elsewhere, in the order of the questions."""
    named = {name for name, _ in hit.when.fits}
    named |= {name for one in hit.any_of if one.holds(facts) for name, _ in one.fits}
    if hit.kind == "row":
        named |= table.telling(facts)
    return tuple((name, facts[name]) for name in table.inputs if name in named and name in facts)


def _duties(table: Table, rows: list[Row], facts: Facts, dates: Dates, local: Local) -> tuple[Duty, ...]:
    named = [(name, row.code if row.kind == "add_on" else "") for row in rows for name in row.duties]
    named += [(name, "") for name in table.always if rows[0].add_ons]
    found: dict[str, Duty] = {}
    for name, add_on in named:
        rule = table.duties[name]
        is_done = rule.anew and dates.test_decided_on is not None and dates.anew_on is None
        if rule.when.holds(facts) and not is_done:
            for duty in dated(table, rule, facts, dates, local, add_on):
                found.setdefault(duty.name, duty)
    return tuple(found.values())
