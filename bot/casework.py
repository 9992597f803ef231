"""Works on stored cases within one transaction: opens them, adds what happened, sets when they owe something next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from pydantic import TypeAdapter

from bot import people, recipients
from bot.case import Case, Event, EventKind, Plan, opens, plan_from_json, plan_to_json
from bot.case_refused import refuse
from bot.clock import london_date
from bot.clocks import Clock, Moved, clocks_of, moved
from bot.definitions import Definitions
from bot.nudges import ASK_AWARENESS, next_at, owed
from bot.record import Record, to_json
from bot.storage import Connection, KeyRing, cases, nudges, outbox
from bot.storage.cases import Stored
from bot.storage.people import Person


@dataclass(frozen=True)
class Desk:
    """What it takes to work on cases: the transaction, the keys, the definitions, and the present moment."""

    connection: Connection
    keys: KeyRing
    definitions: Definitions
    at: datetime

    @property
    def area(self) -> str:
        """The key of the area that is served."""
        return self.definitions.area.key

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.at)

    @cached_property
    def plan(self) -> Plan:
        """The plan that a case opened now begins with."""
        return self.definitions.plan


@dataclass(frozen=True)
class Opened:
    """A case as it stands after a decision: whether it is new, and who has it (None: nobody, administrators hear)."""

    stored: Stored
    is_new: bool
    owner: Person | None
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Changed:
    """A case after an event, with the clocks that it moved."""

    case: Case
    moved: tuple[Moved, ...]


def are_kept(desk: Desk) -> bool:
    """Whether cases are kept here: only once somebody looks after the people whose cases they are."""
    return people.has_administrator(desk.connection, desk.area)


def opened_from(desk: Desk, record: Record, opener: Person) -> Opened | None:
    """The case a confirmed decision opens, joins the list as, or corrects; None where its outcome never becomes one."""
    decision = record.decision
    there = cases.by_source(desk.connection, record.reference)
    if there is not None:
        return _corrected(desk, there, record, opener)
    way = opens(decision.outcome, practice=record.practice)
    if way == "never":
        return None
    is_open = way == "opens"
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) if is_open else None
    values = _outcome_of(record)
    stored = _made(desk, opener, owner, record.reference, "open" if is_open else "recorded")
    _append(desk, stored, "opened", opener.id, on=decision.dates.aware_on, values=_with_owner(values, owner))
    _keep(desk, stored, record)
    if decision.dates.notified_on is not None:
        _append(desk, stored, "notified", opener.id, on=decision.dates.notified_on)
    return Opened(_settled(desk, stored), is_new=True, owner=owner)


def opened_by_hand(
    desk: Desk, opener: Person, outcome: str, add_ons: str, aware_on: date | None, notified_on: date | None
) -> Opened:
    """A case that a lead opens from a notification made elsewhere. Raises NotPossible."""
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) or opener
    stored = _made(desk, opener, owner, None, "open")
    values = (("outcome", outcome), ("add_ons", add_ons))
    _append(desk, stored, "opened", opener.id, on=aware_on, values=_with_owner(values, owner))
    if notified_on is not None:
        add(desk, stored, "notified", opener, on=notified_on)
    return Opened(_settled(desk, stored), is_new=True, owner=owner)


def read(desk: Desk, stored: Stored) -> Case:
    """A stored case with its events and plan. Raises Forgotten or Unreadable."""
    found = cases.events(desk.connection, desk.keys, stored.id)
    return Case(
        id=stored.id,
        ref=stored.ref,
        area=stored.area,
        opened_at=stored.created_at,
        plan=plan_from_json(cases.plan(desk.connection, stored.plan_id)),
        events=tuple(_event(one.seq, one.at, one.kind, one.body) for one in found),
        scope="area" if stored.kind == "area" else "case",
    )


def look(desk: Desk, stored: Stored, reader: Person) -> Case:
    """The same for a person to see, which is put on record."""
    case = read(desk, stored)
    cases.append(desk.connection, desk.keys, stored.id, desk.at, cases.READ, _said(by=reader.id))
    return case


def clocks(desk: Desk, case: Case) -> tuple[Clock, ...]:
    """The clocks of a case as they stand today."""
    return clocks_of(case, desk.definitions.local.calendar, desk.today)


def add(
    desk: Desk,
    stored: Stored,
    kind: EventKind,
    by: Person | None,
    *,
    on: date | None = None,
    clock: str = "",
    words: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> Changed:
    """Add what happened to a case, and set when it next owes something; `by` None is the bot itself.

    The caller has loaded the case with its lock. Raises NotPossible, whose message is for the person.
    """
    before = read(desk, stored)
    event = Event(len(before.events) + 1, desk.at, kind, by.id if by else "", on, clock, words, values)
    refuse(before, event, desk.definitions.local.calendar)
    was = clocks(desk, before)
    _append(desk, stored, kind, event.by, on=on, clock=clock, words=words, values=values)
    if kind == "plan moved":
        plan_id = cases.keep_plan(desk.connection, plan_to_json(desk.plan))
        cases.change(desk.connection, stored.id, plan_id=plan_id)
    after = _settle(desk, stored)
    return Changed(after, moved(was, clocks(desk, after)))


def wake(desk: Desk, stored: Stored) -> None:
    """Note every nudge that a case owes now, and when it owes the next."""
    case = read(desk, stored)
    running = clocks(desk, case)
    known = nudges.noted(desk.connection, stored.id)
    calendar = desk.definitions.local.calendar
    for one in owed(case, running, calendar, desk.at, known):
        recipients.note(desk.connection, desk.keys, desk.definitions, stored, one, desk.at)
    known = nudges.noted(desk.connection, stored.id)
    at = next_at(case, running, calendar, desk.at, known)
    cases.change(desk.connection, stored.id, wake_at=at)


def _corrected(desk: Desk, stored: Stored, record: Record, by: Person) -> Opened:
    """The case of an earlier version of a decision, with what this version changes."""
    locked = cases.load(desk.connection, stored.id, lock=True)
    assert locked is not None  # it was there a moment ago, in this transaction
    before = read(desk, locked)
    was, dates = clocks(desk, before), record.decision.dates
    way = opens(record.decision.outcome)
    owner = None
    if way == "opens" and not before.owner:
        owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    values = _with_owner(_outcome_of(record), owner)
    _append(desk, locked, "decision corrected", by.id, values=values)
    _keep(desk, locked, record)
    if dates.aware_on != before.aware_on:
        _append(desk, locked, "awareness corrected", by.id, on=dates.aware_on)
    if dates.notified_on is not None and dates.notified_on != before.notified_on:
        _append(desk, locked, "notified", by.id, on=dates.notified_on)
    if way == "opens" and locked.status == "recorded":
        cases.change(desk.connection, locked.id, status="open", owner_id=owner.id if owner else None)
    now = _settled(desk, locked)
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


def _keep(desk: Desk, stored: Stored, record: Record) -> None:
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


def _append(
    desk: Desk,
    stored: Stored,
    kind: EventKind,
    by: str,
    *,
    on: date | None = None,
    clock: str = "",
    words: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> None:
    body = _said(by=by, on=on, clock=clock, words=words, values=values)
    cases.append(desk.connection, desk.keys, stored.id, desk.at, kind, body)


def _settled(desk: Desk, stored: Stored) -> Stored:
    _settle(desk, stored)
    found = cases.load(desk.connection, stored.id)
    assert found is not None
    return found


def _settle(desk: Desk, stored: Stored) -> Case:
    """The case as it stands, its row put in step with its events, and what it no longer owes taken back."""
    case = read(desk, stored)
    running = clocks(desk, case)
    _take_back(desk, stored, running, case)
    known = nudges.noted(desk.connection, stored.id)
    calendar = desk.definitions.local.calendar
    is_owed = bool(owed(case, running, calendar, desk.at, known))
    closing = case.closing
    values = {
        "owner_id": case.owner or None,
        "held": case.is_held,
        "closed_at": closing.at if closing else None,
        "wake_at": desk.at if is_owed else next_at(case, running, calendar, desk.at, known),
    }
    if stored.status != "recorded":
        values["status"] = "closed" if closing else "open"
    cases.change(desk.connection, stored.id, **values)
    return case


def _take_back(desk: Desk, stored: Stored, running: tuple[Clock, ...], case: Case) -> None:
    """Cancel what waits to be sent and is not owed any more: done, stopped, or for another date now."""
    begins = {f"{one.id}|{one.period}|{one.deadline}|" for one in running if one.is_running} if case.is_open else set()
    if case.is_open and case.aware_on is None:
        begins.add(f"{ASK_AWARENESS}|")
    waiting = nudges.of_case(desk.connection, stored.id, ("waiting", "handed"))
    stale = [one for one in waiting if one.clock and not any(one.key.startswith(begin) for begin in begins)]
    nudges.settle(desk.connection, [one.id for one in stale], "cancelled", desk.at)
    for message in {one.outgoing_id for one in stale if one.outgoing_id is not None}:
        if all(one.status == "cancelled" for one in nudges.in_message(desk.connection, message)):
            outbox.cancel(desk.connection, [message])


@dataclass(frozen=True)
class _Said:
    """What an event's sealed body holds."""

    by: str = ""
    on: date | None = None
    clock: str = ""
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()


_SAID = TypeAdapter(_Said)


def _said(**what: object) -> str:
    return _SAID.dump_json(_Said(**what)).decode()  # type: ignore[arg-type]


def _event(seq: int, at: datetime, kind: str, body: str) -> Event:
    said = _SAID.validate_json(body)
    return Event(seq, at, kind, said.by, said.on, said.clock, said.words, said.values)  # type: ignore[arg-type]
