"""A conversation's timeline: sealed entries, each bound to the one before by a hash over what is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.storage import data_keys
from bot.storage.conversations import START_OF_CHAIN
from bot.storage.crypto import KeyRing
from bot.storage.tables import conversations, timeline

_MOVE_HEAD = update(conversations).where(conversations.c.id == bindparam("this"))


@dataclass(frozen=True)
class Event:
    """One entry; `seq` counts from 1 within the conversation, `at` is in UTC."""

    seq: int
    at: datetime
    kind: str
    body: str


def append(connection: Connection, keys: KeyRing, conversation_id: str, at: datetime, kind: str, body: str) -> int:
    """Add an entry at the end; its `seq`. Raises Forgotten or Unreadable."""
    held = data_keys.hold(connection, keys, conversation_id)
    seq = held.head_seq + 1
    sealed = held.key.seal("timeline", "body", _row_id(conversation_id, seq), body)
    link = _link(held.head_hash, conversation_id, seq, at, kind, sealed)
    connection.execute(
        timeline.insert(),
        {
            "conversation_id": conversation_id,
            "seq": seq,
            "at": at,
            "kind": kind,
            "body": sealed,
            "prev_hash": held.head_hash,
            "hash": link,
        },
    )
    values = {"head_seq": seq, "head_hash": link, "touched_at": at}
    connection.execute(_MOVE_HEAD, {"this": conversation_id, **values})
    return seq


def length(connection: Connection, conversation_id: str) -> int:
    """The `seq` of the last entry; 0 where there is none."""
    found = select(conversations.c.head_seq).where(conversations.c.id == conversation_id)
    return int(connection.execute(found).scalar() or 0)


def read(connection: Connection, keys: KeyRing, conversation_id: str, after: int = 0) -> list[Event]:
    """The entries after a `seq`, in order. Raises Forgotten or Unreadable."""
    key = data_keys.read(connection, keys, conversation_id)
    found = select(timeline).where(timeline.c.conversation_id == conversation_id, timeline.c.seq > after)
    return [
        Event(row.seq, row.at, row.kind, key.open("timeline", "body", _row_id(conversation_id, row.seq), row.body))
        for row in connection.execute(found.order_by(timeline.c.seq))
    ]


def verify(connection: Connection, conversation_id: str) -> int | None:
    """The `seq` of the first entry that was changed, removed or added from outside; None if the chain is whole.

    Needs no key, so it holds for a forgotten conversation too.
    """
    stands = select(conversations.c.head_seq, conversations.c.head_hash).where(conversations.c.id == conversation_id)
    head = connection.execute(stands).one()
    found = select(timeline).where(timeline.c.conversation_id == conversation_id).order_by(timeline.c.seq)
    seq, link = 0, START_OF_CHAIN
    for row in connection.execute(found):
        seq += 1
        expected = _link(link, conversation_id, seq, row.at, row.kind, row.body)
        if row.seq != seq or row.prev_hash != link or row.hash != expected or seq > head.head_seq:
            return seq
        link = expected
    if seq < head.head_seq:
        return seq + 1
    return None if link == head.head_hash else seq


def _row_id(conversation_id: str, seq: int) -> str:
    return f"{conversation_id}:{seq}"


def _link(previous: bytes, conversation_id: str, seq: int, at: datetime, kind: str, sealed: bytes) -> bytes:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (previous, conversation_id.encode(), str(seq).encode(), moment.encode(), kind.encode(), sealed)
    # Each part with its length: otherwise a letter moved from one part to the next would go unseen.
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()
