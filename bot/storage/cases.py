"""Cases: opened once from a decision, their events chained, woken when they owe something."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from bot.storage import data_keys, timeline
from bot.storage.case_tables import GOES_ON, case_decisions, cases, plans
from bot.storage.crypto import KeyRing
from bot.storage.families import CASES
from bot.storage.tables import insert_once
from bot.storage.timeline import START_OF_CHAIN, Event

READ = "read"
"""The kind of entry that says who looked; it changes nothing."""
PURGE_PLANNED, PURGE_STOPPED, PURGED = "purge planned", "purge stopped", "purged"
REMINDED, WITHDRAWN, PASSED_OVER = "reminded", "reminder withdrawn", "reminders passed over"
PASSED_UP = "passed up"
"""The kind of entry that says who may see the case from now on, because a duty of it was passed up to their post."""
CONVERSATIONS_ERASED, QUESTIONS_ERASED = "conversations erased", "questions erased"
"""The kinds of entries of an area that say how many conversations, or questions' words, were erased in time."""
NO_EVENTS = frozenset(
    {READ, PURGE_PLANNED, PURGE_STOPPED, PURGED, CONVERSATIONS_ERASED, QUESTIONS_ERASED}
    | {REMINDED, WITHDRAWN, PASSED_OVER, PASSED_UP}
)
"""Entries on record that are nothing that happened in the case itself."""


@dataclass(frozen=True)
class Stored:
    """A case's row. `source` is the reference of the decision it came from, None if a lead opened it by hand."""

    id: str
    area: str
    ref: str
    kind: str
    status: str
    source: str | None
    plan_id: str
    owner_id: str | None
    opened_by: str | None
    held: bool
    wake_at: datetime | None
    created_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    purge_at: datetime | None

    @property
    def goes_on(self) -> bool:
        """Whether it is open, or on record and woken still: something runs in it, or it waits for somebody."""
        return self.status == "open" or (self.status == "recorded" and self.wake_at is not None)


def make(
    connection: Connection,
    keys: KeyRing,
    *,
    area: str,
    plan: str,
    at: datetime,
    year: int,
    source: str | None = None,
    status: str = "open",
    owner_id: str | None = None,
    opened_by: str | None = None,
) -> tuple[Stored, bool]:
    """A new case with the next reference of its year, such as 26-014, and True; or the one its source has, and False.

    `plan` is the text of what its clocks follow.
    """
    if source is not None and (there := by_source(connection, source)) is not None:
        return there, False
    values = {
        "id": uuid.uuid4().hex,
        "kind": "case",
        "status": status,
        "source": source,
        "owner_id": owner_id,
        "opened_by": opened_by,
    }
    number = _used(connection, area, year) + 1
    while (made := _insert(connection, keys, area, f"{year % 100:02}-{number:03}", plan, at, values)) is None:
        if source is not None and (there := by_source(connection, source)) is not None:
            return there, False
        number += 1
    return made, True


def of_the_area(connection: Connection, keys: KeyRing, area: str, plan: str, at: datetime) -> Stored:
    """The row of an area's own clocks, made now if there is none."""
    there = find(connection, area, AREA_REF)
    if there is None:
        values = {"id": uuid.uuid4().hex, "kind": "area", "status": "open"}
        there = _insert(connection, keys, area, AREA_REF, plan, at, values) or find(connection, area, AREA_REF)
    assert there is not None  # either made here, or by whoever was faster
    return there


AREA_REF = "area"


def find(connection: Connection, area: str, ref: str, *, lock: bool = False) -> Stored | None:
    """The case with this reference in an area. `lock`: nobody else can change it until the transaction ends."""
    return _one(connection, (cases.c.area == area) & (cases.c.ref == ref), lock=lock)


def load(connection: Connection, case_id: str, *, lock: bool = False) -> Stored | None:
    """The case with this id. `lock`: nobody else can change it until the transaction ends."""
    return _one(connection, cases.c.id == case_id, lock=lock)


def by_source(connection: Connection, source: str) -> Stored | None:
    """The case that opened from a decision."""
    return _one(connection, cases.c.source == source, lock=False)


def listed(
    connection: Connection,
    area: str,
    *,
    statuses: Collection[str] = ("open",),
    owner_id: str | None = None,
    opened_by: str | None = None,
) -> list[Stored]:
    """An area's cases, the newest first; only those of an owner, or opened by someone, if given."""
    found = select(cases).where(
        cases.c.area == area, cases.c.kind == "case", cases.c.status.in_(statuses), cases.c.forgotten_at.is_(None)
    )
    if owner_id is not None:
        found = found.where(cases.c.owner_id == owner_id)
    if opened_by is not None:
        found = found.where(cases.c.opened_by == opened_by)
    return [_stored(row) for row in connection.execute(found.order_by(cases.c.created_at.desc(), cases.c.id))]


def going_on(connection: Connection, area: str, owner_id: str) -> list[Stored]:
    """An owner's cases in an area that are open, or on record with something to be done."""
    every = listed(connection, area, statuses=("open", "recorded"), owner_id=owner_id)
    return [one for one in every if one.goes_on]


def append(connection: Connection, keys: KeyRing, case_id: str, at: datetime, kind: str, body: str) -> int:
    """Add an event; its `seq`. Raises Forgotten or Unreadable."""
    return timeline.append(connection, keys, case_id, at, kind, body, CASES)


def events(connection: Connection, keys: KeyRing, case_id: str, *, with_reads: bool = False) -> list[Event]:
    """A case's events in order; who looked, and purges, only if asked for. Raises Forgotten or Unreadable."""
    every = timeline.read(connection, keys, case_id, family=CASES)
    return every if with_reads else [one for one in every if one.kind not in NO_EVENTS]


def change(connection: Connection, case_id: str, **values: Any) -> None:
    """Set columns of a case's row: status, owner_id, wake_at, plan_id, held, closed_at, purge_at."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(**values))


def to_wake(connection: Connection, at: datetime, limit: int) -> list[Stored]:
    """Cases whose moment has come, the longest due first, kept from every other worker until the transaction ends."""
    found = select(cases).where(cases.c.wake_at <= at).order_by(cases.c.wake_at, cases.c.id).limit(limit)
    return [_stored(row) for row in connection.execute(found.with_for_update(skip_locked=True))]


def wake_nobodys(connection: Connection, at: datetime) -> None:
    """Wake the open cases that are nobody's: there may be somebody for them now."""
    nobodys = (cases.c.kind == "case") & (cases.c.status == "open") & cases.c.owner_id.is_(None)
    connection.execute(update(cases).where(nobodys).values(wake_at=at))


def wake_theirs(connection: Connection, owner_id: str, at: datetime) -> None:
    """Wake somebody's cases that go on: they may not be theirs to have any more."""
    theirs = (cases.c.kind == "case") & GOES_ON & (cases.c.owner_id == owner_id)
    connection.execute(update(cases).where(theirs).values(wake_at=at))


def plan(connection: Connection, plan_id: str) -> str:
    """The text of a plan."""
    return str(connection.execute(select(plans.c.body).where(plans.c.id == plan_id)).scalar_one())


def keep_plan(connection: Connection, text: str) -> str:
    """Keep a plan's text once; its id."""
    plan_id = _plan_id(text)
    insert_once(connection, plans, {"id": plan_id, "body": text}, plans.c.id)
    return plan_id


def is_whole_plan(connection: Connection, plan_id: str) -> bool:
    """Whether a plan's text is what it was when it was kept."""
    return _plan_id(plan(connection, plan_id)) == plan_id


def _plan_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def add_decision(
    connection: Connection,
    keys: KeyRing,
    case_id: str,
    at: datetime,
    *,
    flow: str,
    outcome: str,
    rules_version: str,
    body: str,
) -> int:
    """Keep a decision about a case; its version, from 1. Raises Forgotten or Unreadable."""
    key = data_keys.hold(connection, keys, case_id, CASES).key
    newest = select(func.max(case_decisions.c.version)).where(case_decisions.c.case_id == case_id)
    version = (connection.execute(newest).scalar() or 0) + 1
    sealed = key.seal("case_decisions", "body", f"{case_id}:{version}", body)
    values = {"case_id": case_id, "version": version, "at": at, "flow": flow, "outcome": outcome}
    connection.execute(case_decisions.insert().values(**values, rules_version=rules_version, body=sealed))
    return version


def decisions(connection: Connection, keys: KeyRing, case_id: str) -> list[str]:
    """The bodies of a case's decisions, in order. Raises Forgotten or Unreadable."""
    key = data_keys.read(connection, keys, case_id, CASES)
    found = select(case_decisions).where(case_decisions.c.case_id == case_id).order_by(case_decisions.c.version)
    return [
        key.open("case_decisions", "body", f"{case_id}:{row.version}", row.body) for row in connection.execute(found)
    ]


def _used(connection: Connection, area: str, year: int) -> int:
    this_year = cases.c.ref.startswith(f"{year % 100:02}-")
    return int(connection.execute(select(func.count()).where(cases.c.area == area, this_year)).scalar_one())


def _insert(
    connection: Connection, keys: KeyRing, area: str, ref: str, plan: str, at: datetime, values: dict[str, Any]
) -> Stored | None:
    row = {
        **values,
        "area": area,
        "ref": ref,
        "plan_id": keep_plan(connection, plan),
        "created_at": at,
        "touched_at": at,
        "head_seq": 0,
        "head_hash": START_OF_CHAIN,
    }
    if insert_once(connection, cases, row, cases.c.id) is None:
        return None
    data_keys.make(connection, keys, values["id"], CASES)
    return load(connection, values["id"])


def _one(connection: Connection, which: Any, *, lock: bool) -> Stored | None:
    found = select(cases).where(which, cases.c.forgotten_at.is_(None))
    row = connection.execute(found.with_for_update() if lock else found).first()
    return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> Stored:
    return Stored(**{name: getattr(row, name) for name in Stored.__dataclass_fields__})
