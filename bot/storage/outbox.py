"""Everything still to be said or said: put in by a turn, found when it is due, read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select, update

from bot.storage import data_keys
from bot.storage.crypto import DataKey, KeyRing
from bot.storage.prepared import run
from bot.storage.tables import WAITING, insert_once, outgoing

# Put together once: in a turn, building a statement takes longer than running it.
THIS = outgoing.c.id == bindparam("this")
_SEAL = update(outgoing).where(THIS)
_NEWEST = (
    select(outgoing)
    .where(outgoing.c.conversation_id == bindparam("there"))
    .order_by(outgoing.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("passed"))
)

Status = Literal["waiting", "sending", "sent", "unknown", "failed", "cancelled"]


@dataclass(frozen=True)
class Outgoing:
    """One thing to say. `may_repeat`: an earlier attempt may have arrived, so say that this may be a repeat."""

    id: int
    rev: int
    conversation_id: str
    channel: str
    address: str
    audience: str
    body: str
    key: str
    status: Status
    created_at: datetime
    due_at: datetime
    attempts: int
    may_repeat: bool
    claimed_by: str | None
    platform_id: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Due:
    """Something to be said now, as whoever dispatches it needs it; it holds only while the row has this `rev`.

    `said` is what a turn has just put in, where that and nothing else is to be said; None where it is to be read.
    """

    id: int
    rev: int
    conversation_id: str
    channel: str
    said: object = field(default=None, repr=False, compare=False)


def put(
    connection: Connection,
    keys: KeyRing,
    conversation_id: str,
    *,
    channel: str,
    address: str,
    body: str,
    at: datetime,
    due_at: datetime | None = None,
    key: str,
    audience: str = "private",
    said: bool = False,
    sealed_by: DataKey | None = None,
) -> int:
    """Put something to be said at `due_at` (at once if None); its id, which grows in the order things are to be said.

    `said`: it counts as sent, because those it is for read it here, as on a page; nobody has to carry it.
    The same key again within a conversation changes nothing and gives the first one's id. `sealed_by` is the data key
    of the conversation, where that is held already. Raises Forgotten.
    """
    data_key = sealed_by or data_keys.hold(connection, keys, conversation_id).key
    values = {
        "conversation_id": conversation_id,
        "key": key,
        "channel": channel,
        "address": address,
        "audience": audience,
        "body": b"",
        "created_at": at,
        "due_at": due_at or at,
        "status": "sent" if said else "waiting",
        "sent_at": at if said else None,
    }
    row = insert_once(connection, outgoing, values, outgoing.c.id)
    if row is None:
        return _id_of(connection, conversation_id, key)
    # Sealed for its place, so it can only be sealed once the database has given it one.
    sealed = data_key.seal("outgoing", "body", str(row.id), body)
    run(connection, _SEAL, {"this": row.id, "body": sealed})
    return int(row.id)


def _id_of(connection: Connection, conversation_id: str, key: str) -> int:
    same = (outgoing.c.conversation_id == conversation_id) & (outgoing.c.key == key)
    return int(connection.execute(select(outgoing.c.id).where(same)).scalar_one())


def due(connection: Connection, at: datetime, limit: int, which: ColumnElement[bool] | None = None) -> list[Due]:
    """What is due and unclaimed, longest due first, kept from every other sweep until the transaction ends."""
    found = select(outgoing.c.id, outgoing.c.rev, outgoing.c.conversation_id, outgoing.c.channel).where(
        outgoing.c.status == WAITING, outgoing.c.due_at <= at
    )
    found = found if which is None else found.where(which)
    ordered = found.order_by(outgoing.c.due_at, outgoing.c.id).limit(limit)
    return [Due(*row) for row in connection.execute(ordered.with_for_update(skip_locked=True))]


def due_on_each(connection: Connection, at: datetime, limit: int, channels: Sequence[str]) -> list[Due]:
    """Up to `limit` due on each channel, and on those not named: a slow channel keeps nothing of another's back."""
    if not due(connection, at, 1):
        return []
    which = [*(outgoing.c.channel == name for name in channels), outgoing.c.channel.not_in(channels)]
    return [one for each in which for one in due(connection, at, limit, each)]


def waiting_among(connection: Connection, ids: Sequence[int]) -> list[Due]:
    """Those of these rows that wait to be sent, to be sent at once."""
    found = select(outgoing.c.id, outgoing.c.rev, outgoing.c.conversation_id, outgoing.c.channel)
    those = found.where(outgoing.c.id.in_(ids), outgoing.c.status == WAITING).order_by(outgoing.c.id)
    return [Due(*row) for row in connection.execute(those)]


def cancel(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Leave unsaid; the ids for which that was still possible. One being sent now may still arrive."""
    return change(
        connection, outgoing.c.id.in_(ids) & outgoing.c.status.in_(("waiting", "sending")), status="cancelled"
    )


def redate(connection: Connection, id_: int, due_at: datetime) -> bool:
    """Say at another moment what is still waiting; False if it is no longer waiting."""
    return bool(change(connection, (outgoing.c.id == id_) & (outgoing.c.status == WAITING), due_at=due_at))


def read(
    connection: Connection, keys: KeyRing, conversation_id: str, after: int = 0, among: Sequence[str] | None = None
) -> list[Outgoing]:
    """What was put into a conversation after an id, in order, whatever became of it; only `among` these keys, if given.

    Raises Forgotten or Unreadable.
    """
    key = data_keys.read(connection, keys, conversation_id)
    found: Select[Any] = select(outgoing).where(outgoing.c.conversation_id == conversation_id, outgoing.c.id > after)
    if among is not None:
        found = found.where(outgoing.c.key.in_(among))
    return [
        outgoing_of(row, key.open("outgoing", "body", str(row.id), row.body))
        for row in connection.execute(found.order_by(outgoing.c.id))
    ]


def newest(
    connection: Connection, keys: KeyRing, conversation_id: str, most: int, sealed_by: DataKey | None = None
) -> Iterator[Outgoing]:
    """The last `most` things put into a conversation, the newest first. Raises Forgotten or Unreadable.

    `sealed_by` is the data key of the conversation, where that is held already.
    """
    key = sealed_by or data_keys.read(connection, keys, conversation_id)
    # It is the newest of all that is looked for nearly always.
    for passed, many in ((0, 1), (1, most - 1)):
        for row in run(connection, _NEWEST, {"there": conversation_id, "most": many, "passed": passed}):
            yield outgoing_of(row, key.open("outgoing", "body", str(row.id), row.body))


def reword(connection: Connection, keys: KeyRing, row: Outgoing, body: str) -> None:
    """Keep what a row says, where that is not what was put in: its buttons are found by it. Raises Forgotten."""
    sealed = data_keys.read(connection, keys, row.conversation_id).seal("outgoing", "body", str(row.id), body)
    run(connection, _SEAL, {"this": row.id, "body": sealed})


def change(connection: Connection, which: ColumnElement[bool], **values: Any) -> list[int]:
    """Change rows under a new rev, so that whoever holds the old one can no longer act on them; their ids."""
    return assign(connection, which, {**values, "rev": outgoing.c.rev + 1})


def assign(connection: Connection, which: ColumnElement[bool], values: dict[str, Any]) -> list[int]:
    """Change rows as they are; their ids."""
    return sorted(connection.execute(update(outgoing).where(which).values(values).returning(outgoing.c.id)).scalars())


def outgoing_of(row: Row[Any], body: str) -> Outgoing:
    """A row with its words."""
    return Outgoing(
        id=row.id,
        rev=row.rev,
        conversation_id=row.conversation_id,
        channel=row.channel,
        address=row.address,
        audience=row.audience,
        body=body,
        key=row.key,
        status=row.status,
        created_at=row.created_at,
        due_at=row.due_at,
        attempts=row.attempts,
        may_repeat=row.may_repeat,
        claimed_by=row.claimed_by,
        platform_id=row.platform_id,
        sent_at=row.sent_at,
    )
