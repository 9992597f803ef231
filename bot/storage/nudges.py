"""Nudges: each noted once for its case and key, put into a person's message, and settled when that has arrived."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update

from bot.cases.posts import of_person
from bot.storage.case_tables import TO_SEND, cases, heartbeats, nudges
from bot.storage.tables import insert_once

# Put together once: every message that is sent is looked into.
_IN_MESSAGE = select(nudges).where(nudges.c.outgoing_id == bindparam("message")).order_by(nudges.c.due_at, nudges.c.id)


@dataclass(frozen=True)
class Noted:
    """A nudge's row. `person_id` is whom it goes to, None while there is nobody; `tried` names the accounts tried."""

    id: int
    case_id: str
    key: str
    clock: str
    kind: str
    post: str
    person_id: str | None
    line: str
    due_at: datetime
    created_at: datetime
    status: str
    tried: tuple[str, ...]
    outgoing_id: int | None


def note(
    connection: Connection,
    case_id: str,
    key: str,
    at: datetime,
    *,
    clock: str,
    kind: str,
    post: str,
    person_id: str | None,
    line: str,
    due_at: datetime,
    status: str = "waiting",
) -> int | None:
    """Note that something is owed; its id, or None if this key of this case was noted before."""
    values = {
        "case_id": case_id,
        "key": key,
        "clock": clock,
        "kind": kind,
        "post": post,
        "person_id": person_id,
        "line": line,
        "due_at": due_at,
        "created_at": at,
        "status": status,
    }
    row = insert_once(connection, nudges, values, nudges.c.id)
    return None if row is None else int(row.id)


def noted(connection: Connection, case_id: str) -> dict[str, datetime]:
    """The keys already noted for a case, and when each was."""
    found = select(nudges.c.key, nudges.c.created_at).where(nudges.c.case_id == case_id)
    return {row.key: row.created_at for row in connection.execute(found)}


def people_waiting(connection: Connection, at: datetime, limit: int) -> list[str]:
    """Ids of those for whom something waits that is due."""
    due = (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at) & nudges.c.person_id.is_not(None)
    found = select(nudges.c.person_id).where(due).distinct().limit(limit)
    return [str(one) for one in connection.execute(found).scalars()]


def take(connection: Connection, person_id: str, at: datetime) -> list[Noted]:
    """What waits for a person and is due, in order, kept from every other worker until the transaction ends."""
    due = (nudges.c.person_id == person_id) & (nudges.c.status == TO_SEND) & (nudges.c.due_at <= at)
    found = select(nudges).where(due).order_by(nudges.c.due_at, nudges.c.id)
    return [noted_from(row) for row in connection.execute(found.with_for_update(skip_locked=True))]


def hand(connection: Connection, ids: Sequence[int], outgoing_id: int, tried: Sequence[str]) -> None:
    """Say that these are in one message now, and which accounts have been tried with this one."""
    values = {"status": "handed", "outgoing_id": outgoing_id, "tried": "\n".join(tried)}
    connection.execute(update(nudges).where(nudges.c.id.in_(ids)).values(**values))


def pass_on(connection: Connection, ids: Sequence[int], person_id: str | None, tried: Sequence[str] = ()) -> None:
    """Let these wait again, for the next account or the next person."""
    values = {"status": "waiting", "person_id": person_id, "outgoing_id": None, "tried": "\n".join(tried)}
    connection.execute(update(nudges).where(nudges.c.id.in_(ids)).values(**values))


def reword(connection: Connection, id_: int, line: str) -> None:
    """Keep the words in which one is said, where they are others by now."""
    connection.execute(update(nudges).where(nudges.c.id == id_).values(line=line))


def newest_of(connection: Connection, case_id: str, key: str) -> Noted | None:
    """Of a case's nudges with a key, or one that goes on from it after a bar, the newest."""
    these = (nudges.c.key == key) | nudges.c.key.startswith(f"{key}|", autoescape=True)
    found = select(nudges).where(nudges.c.case_id == case_id, these).order_by(nudges.c.id.desc()).limit(1)
    row = connection.execute(found).first()
    return None if row is None else noted_from(row)


def saying(connection: Connection, *words: str) -> list[Noted]:
    """Every nudge, of whatever case, in whose line some words stand, kept from others until the transaction ends."""
    said = or_(*(nudges.c.line.contains(one, autoescape=True) for one in words))
    return [noted_from(row) for row in connection.execute(select(nudges).where(said).with_for_update())]


def settle(connection: Connection, ids: Sequence[int], status: str, at: datetime) -> None:
    """Say what became of these: sent, unreached or cancelled."""
    connection.execute(update(nudges).where(nudges.c.id.in_(ids)).values(status=status, settled_at=at))


def in_message(connection: Connection, outgoing_id: int) -> list[Noted]:
    """What a message carries."""
    return [noted_from(row) for row in connection.execute(_IN_MESSAGE, {"message": outgoing_id})]


def of_case(connection: Connection, case_id: str, statuses: Collection[str] | None = None) -> list[Noted]:
    """Everything noted for a case, in order; only with one of these statuses, if given."""
    found = select(nudges).where(nudges.c.case_id == case_id).order_by(nudges.c.due_at, nudges.c.id)
    if statuses is not None:
        found = found.where(nudges.c.status.in_(statuses))
    return [noted_from(row) for row in connection.execute(found)]


def unsettled(connection: Connection, area: str, before: datetime) -> list[Noted]:
    """What should have arrived before a moment, in an area, and nobody has: waiting, handed or unreached."""
    found = (
        select(nudges)
        .join(cases, cases.c.id == nudges.c.case_id)
        .where(
            cases.c.area == area,
            cases.c.status.in_(("open", "recorded")),
            nudges.c.status.in_(("waiting", "handed", "unreached")),
            nudges.c.due_at < before,
        )
        .order_by(nudges.c.due_at, nudges.c.id)
    )
    return [noted_from(row) for row in connection.execute(found)]


def newest(connection: Connection) -> int:
    """The id of the newest nudge of all; 0 where there is none."""
    return int(connection.execute(select(func.max(nudges.c.id))).scalar() or 0)


def news(connection: Connection, person_id: str, after: int, at: datetime) -> list[Noted]:
    """What has been noted for a person after an id, is due and is still to be done, in order.

    Also what went on to somebody else meanwhile: whoever has only their page is told there, and is not reached by that.
    """
    theirs = (nudges.c.person_id == person_id) | nudges.c.tried.contains(of_person(person_id))
    which = theirs & (nudges.c.id > after) & (nudges.c.due_at <= at)
    found = select(nudges).where(which, nudges.c.status != "cancelled").order_by(nudges.c.id)
    return [noted_from(row) for row in connection.execute(found)]


def beat(connection: Connection, name: str, at: datetime) -> None:
    """Say that something that must run has run."""
    if insert_once(connection, heartbeats, {"name": name, "at": at}, heartbeats.c.name) is None:
        connection.execute(update(heartbeats).where(heartbeats.c.name == name).values(at=at))


def last_beat(connection: Connection, name: str) -> datetime | None:
    """When something that must run last ran."""
    at: datetime | None = connection.execute(select(heartbeats.c.at).where(heartbeats.c.name == name)).scalar()
    return at


def counts(connection: Connection) -> dict[str, int]:
    """How many nudges there are of each status."""
    found = select(nudges.c.status, func.count()).group_by(nudges.c.status)
    return {str(status): int(count) for status, count in connection.execute(found)}


def noted_from(row: Row[Any]) -> Noted:
    """A nudge as its row says it."""
    values = {name: getattr(row, name) for name in Noted.__dataclass_fields__}
    return Noted(**{**values, "tried": tuple(row.tried.splitlines())})
