"""Opens cases: from a confirmed decision, whose later versions put the same case right, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot import wording_cases
from bot.cases import nudge_words
from bot.cases.case import NotPossible, opens, plan_to_json
from bot.cases.clocks import Moved, moved
from bot.cases.nudges import ASK_TO_JOIN
from bot.casework.casework import Changed, Desk, add, append, clocks, read, settled
from bot.people import people
from bot.record import Record, from_json, to_json
from bot.storage import cases, nudges
from bot.storage.cases import Stored
from bot.storage.people import Person


@dataclass(frozen=True)
class Opened:
    """A case as it stands after a decision: whether it is new, and who has it (None: nobody, administrators hear).

    `joins` is whether it is about an incident that has been notified before, and belongs to another case.
    """

    stored: Stored
    is_new: bool
    owner: Person | None
    moved: tuple[Moved, ...] = ()
    joins: bool = False


def opened_from(desk: Desk, record: Record, opener: Person) -> Opened | None:
    """The case a confirmed decision opens, joins the list as, or corrects; None where its outcome never becomes one."""
    decision = record.decision
    there = cases.by_source(desk.connection, record.reference)
    if there is not None:
        return corrected(desk, there, record, opener)
    way = opens(decision.outcome, practice=record.practice)
    if way == "never":
        return None
    is_open = way == "opens"
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) if is_open else None
    values = _outcome_of(record)
    stored = _made(desk, opener, owner, record.reference, "open" if is_open else "recorded")
    append(desk, stored, "opened", opener.id, on=decision.dates.aware_on, values=_with_owner(values, owner))
    keep_decision(desk, stored, record)
    if decision.dates.notified_on is not None:
        append(desk, stored, "notified", opener.id, on=decision.dates.notified_on)
    if way == "joins":
        _ask_to_join(desk, stored)
    return Opened(settled(desk, stored), is_new=True, owner=owner, joins=way == "joins")


def _ask_to_join(desk: Desk, stored: Stored) -> None:
    """Ask the lead on duty at once to put a decision with the case it belongs to; the case itself goes on asking."""
    lead = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    if lead is not None:
        line = nudge_words.asks_to_join(stored.ref)
        nudges.note(
            desk.connection,
            stored.id,
            f"{ASK_TO_JOIN}|at once",
            desk.at,
            clock=ASK_TO_JOIN,
            kind="ask to join",
            post="lead",
            person_id=lead.id,
            line=line,
            due_at=desk.at,
        )


def cases_to_join(desk: Desk, stored: Stored) -> tuple[str, ...]:
    """The references of the cases a decision may belong to, the newest first."""
    kept = cases.listed(desk.connection, desk.area, statuses=("open", "closed"))
    return tuple(one.ref for one in kept if one.id != stored.id)


def joined(desk: Desk, stored: Stored, ref: str, by: Person) -> Changed:
    """Put a decision that an incident was notified before with the case it belongs to. Raises NotPossible."""
    if stored.status != "recorded" or ref not in cases_to_join(desk, stored):
        raise NotPossible(wording_cases.NONE_TO_JOIN)
    to = cases.find(desk.connection, desk.area, ref, lock=True)
    assert to is not None  # it was listed a moment ago, in this transaction
    changed = add(desk, stored, "joined", by, values=(("to", ref),))
    for body in cases.decisions(desk.connection, desk.keys, stored.id):
        keep_decision(desk, to, from_json(body))
    add(desk, to, "noted", by, words=wording_cases.joined(stored.ref, ref))
    return changed


def opened_by_hand(
    desk: Desk,
    opener: Person,
    outcome: str,
    add_ons: str,
    aware_on: date | None,
    notified_on: date | None,
    late_reason: str = "",
) -> Opened:
    """A case that a lead opens from a notification made elsewhere.

    Raises NotPossible, and then the caller's transaction has to be undone.
    """
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) or opener
    stored = _made(desk, opener, owner, None, "open")
    values = (("outcome", outcome), ("add_ons", add_ons))
    append(desk, stored, "opened", opener.id, on=aware_on, values=_with_owner(values, owner))
    if notified_on is not None:
        add(desk, stored, "notified", opener, on=notified_on, words=late_reason)
    return Opened(settled(desk, stored), is_new=True, owner=owner)


def corrected(desk: Desk, stored: Stored, record: Record, by: Person) -> Opened:
    """The case of an earlier decision, with what this one changes."""
    locked = cases.load(desk.connection, stored.id, lock=True)
    assert locked is not None  # it was there a moment ago, in this transaction
    before = read(desk, locked)
    was, dates = clocks(desk, before), record.decision.dates
    way = opens(record.decision.outcome)
    owner = None
    if way == "opens" and not before.owner:
        owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    values = _with_owner(_outcome_of(record), owner)
    append(desk, locked, "decision corrected", by.id, values=values)
    keep_decision(desk, locked, record)
    if dates.aware_on != before.aware_on:
        append(desk, locked, "awareness corrected", by.id, on=dates.aware_on)
    if dates.notified_on is not None and dates.notified_on != before.notified_on:
        append(desk, locked, "notified", by.id, on=dates.notified_on)
    if way == "opens" and locked.status == "recorded":
        cases.change(desk.connection, locked.id, status="open", owner_id=owner.id if owner else None)
    now = settled(desk, locked)
    return Opened(now, is_new=False, owner=owner, moved=moved(was, clocks(desk, read(desk, now))))


def _made(desk: Desk, opener: Person, owner: Person | None, source: str | None, status: str) -> Stored:
    stored, _ = cases.make(
        desk.connection,
        desk.keys,
        area=desk.area,
        plan=plan_to_json(desk.plan),
        at=desk.at,
        year=desk.today.year,
        source=source,
        status=status,
        owner_id=owner.id if owner else None,
        opened_by=opener.id,
    )
    return stored


def keep_decision(desk: Desk, stored: Stored, record: Record) -> None:
    """Keep a decision with its case."""
    cases.add_decision(
        desk.connection,
        desk.keys,
        stored.id,
        desk.at,
        flow=record.flow,
        outcome=record.decision.outcome,
        rules_version=record.decision.rules_version,
        body=to_json(record),
    )


def _outcome_of(record: Record) -> tuple[tuple[str, str], ...]:
    add_ons = " ".join(one.code for one in record.decision.add_ons)
    return (("outcome", record.decision.outcome), ("add_ons", add_ons))


def _with_owner(values: tuple[tuple[str, str], ...], owner: Person | None) -> tuple[tuple[str, str], ...]:
    return (*values, ("owner", owner.id)) if owner else values
