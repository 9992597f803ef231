"""Nudges on their way: those that wait for nobody, those whose message came to nothing, and what had to be put off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, func, literal, or_, select, update

from bot.storage.case_tables import GOES_ON, TO_SEND, cases, heartbeats, nudges
from bot.storage.nudges import Noted, beat, noted_from
from bot.storage.tables import insert_once, outgoing

# Of the things that failed and are tried again, so that an administrator sees them.
NOT_WOKEN = "not woken: "
NOT_TOLD = "not told: "

# From when nothing was looked after; it is kept with when that ended.
OUTAGE = "outage since: "

# A platform by which people are not heard or not answered, as a process that takes it says every minute.
IN_TROUBLE = "in trouble: "

_CAME_TO_NOTHING = ("failed", "unknown", "cancelled")


def waiting(connection: Connection, person_id: str, at: datetime) -> list[Noted]:
    """What waits for a person and is due, in order, only to look at."""
    which = (nudges.c.person_id == person_id) & (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at)
    return _found(connection, which)


def for_nobody(connection: Connection, at: datetime, limit: int) -> list[Noted]:
    """What waits, is due and has nobody to go to, kept from every other worker until the transaction ends."""
    which = nudges.c.person_id.is_(None) & (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at)
    return _found(connection, which, limit, lock=True)


def came_to_nothing(connection: Connection, limit: int) -> list[Noted]:
    """What is in a message that will not be sent, or is no longer there, as after its conversation was forgotten."""
    alive = select(outgoing.c.id).where(
        outgoing.c.id == nudges.c.outgoing_id, outgoing.c.status.not_in(_CAME_TO_NOTHING)
    )
    return _found(connection, (nudges.c.status == "handed") & ~alive.exists(), limit, lock=True)


def out_of_reach(connection: Connection, before: datetime, limit: int) -> list[Noted]:
    """What was given up before a moment and is still owed, kept from every other worker until the transaction ends."""
    goes_on = select(cases.c.id).where(cases.c.id == nudges.c.case_id, GOES_ON).exists()
    which = (nudges.c.status == "unreached") & (nudges.c.settled_at <= before) & goes_on
    return _found(connection, which, limit, lock=True)


def somebody_has(connection: Connection, case_id: str, clock: str, at: datetime) -> list[Noted]:
    """Say that somebody has what had reached nobody, since they acted on this clock of the case; what that was."""
    which = (nudges.c.case_id == case_id) & (nudges.c.status == "unreached") & (nudges.c.clock == clock)
    found = _found(connection, which)
    connection.execute(update(nudges).where(which).values(status="cancelled", settled_at=at))
    return found


def put_off(connection: Connection, ids: Sequence[int], due_at: datetime) -> None:
    """Let these wait until a moment."""
    which = nudges.c.id.in_(ids) & (nudges.c.status == TO_SEND)
    connection.execute(update(nudges).where(which).values(due_at=due_at))


def put_off_all(connection: Connection, person_id: str, at: datetime, due_at: datetime) -> None:
    """Let all that waits for a person and is due wait until a moment."""
    which = (nudges.c.person_id == person_id) & (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at)
    connection.execute(update(nudges).where(which).values(due_at=due_at))


def refs(connection: Connection, case_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Each case's area and reference."""
    found = select(cases.c.id, cases.c.area, cases.c.ref).where(cases.c.id.in_(set(case_ids)))
    return {row.id: (row.area, row.ref) for row in connection.execute(found)}


def something_to_wake(connection: Connection, at: datetime) -> bool:
    """Whether any case's moment has come."""
    # In order, so that the index is used whatever the statistics say: without, PostgreSQL may look through every case.
    first = select(cases.c.id).where(cases.c.wake_at <= at).order_by(cases.c.wake_at).limit(1)
    return connection.execute(first).first() is not None


def waiting_since(connection: Connection, person_id: str, at: datetime) -> datetime | None:
    """When the first of what waits for a person and is due was noted."""
    which = (nudges.c.person_id == person_id) & (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at)
    found: datetime | None = connection.execute(select(func.min(nudges.c.created_at)).where(which)).scalar()
    return found


def fail(connection: Connection, what: str, at: datetime) -> None:
    """Say that something failed and will be tried again; `what` begins with NOT_WOKEN or NOT_TOLD."""
    beat(connection, what, at)


def failing(connection: Connection, since: datetime) -> list[str]:
    """What has failed since a moment and not been mended, as given to `fail`; what failed before that is let go."""
    is_one = or_(heartbeats.c.name.startswith(NOT_WOKEN), heartbeats.c.name.startswith(NOT_TOLD))
    found = select(heartbeats.c.name).where(is_one, heartbeats.c.at >= since).order_by(heartbeats.c.name)
    return list(connection.execute(found).scalars())


def forget_failures(connection: Connection, before: datetime) -> None:
    """Leave out what failed before a moment and not again since: it has been mended."""
    is_one = or_(heartbeats.c.name.startswith(NOT_WOKEN), heartbeats.c.name.startswith(NOT_TOLD))
    connection.execute(sa.delete(heartbeats).where(is_one, heartbeats.c.at < before))


def in_trouble(connection: Connection, platform: str, at: datetime) -> None:
    """Say that a platform is in trouble now."""
    beat(connection, f"{IN_TROUBLE}{platform}", at)


def platforms_in_trouble(connection: Connection, since: datetime) -> list[str]:
    """The platforms that were said to be in trouble since a moment."""
    is_one = heartbeats.c.name.startswith(IN_TROUBLE) & (heartbeats.c.at >= since)
    found = select(heartbeats.c.name).where(is_one).order_by(heartbeats.c.name)
    return [one.removeprefix(IN_TROUBLE) for one in connection.execute(found).scalars()]


def keep_outage(connection: Connection, since: datetime, at: datetime) -> None:
    """Say that nothing was looked after between two moments; what was kept of this long ago is left out."""
    beat(connection, f"{OUTAGE}{since.isoformat()}", at)
    old = heartbeats.c.name.startswith(OUTAGE) & (heartbeats.c.at < at - timedelta(days=30))
    connection.execute(sa.delete(heartbeats).where(old))


def outages(connection: Connection, since: datetime) -> list[tuple[datetime, datetime]]:
    """From when to when nothing was looked after, of those times that ended since a moment."""
    which = heartbeats.c.name.startswith(OUTAGE) & (heartbeats.c.at >= since)
    rows = connection.execute(select(heartbeats.c.name, heartbeats.c.at).where(which).order_by(heartbeats.c.at))
    return [(datetime.fromisoformat(row.name.removeprefix(OUTAGE)), row.at) for row in rows]


def claim_turn(connection: Connection, name: str, at: datetime, since: datetime) -> bool:
    """Whether something that is done once in a while falls to us: nobody has done it since a moment."""
    if insert_once(connection, heartbeats, {"name": name, "at": at}, heartbeats.c.name) is not None:
        return True
    mine = update(heartbeats).where(heartbeats.c.name == name, heartbeats.c.at < since).values(at=at)
    return connection.execute(mine.returning(literal(1))).first() is not None


def _found(
    connection: Connection, which: sa.ColumnElement[bool], limit: int | None = None, *, lock: bool = False
) -> list[Noted]:
    found = select(nudges).where(which).order_by(nudges.c.due_at, nudges.c.id).limit(limit)
    rows = connection.execute(found.with_for_update(skip_locked=True, of=nudges) if lock else found)
    return [noted_from(row) for row in rows]
