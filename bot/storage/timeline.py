"""The timeline of a conversation, person or case: sealed entries, each bound to the one before by a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Connection, Insert, Update, bindparam, select, update

from bot.storage import data_keys
from bot.storage.crypto import DataKey, KeyRing
from bot.storage.data_keys import Held
from bot.storage.families import CONVERSATIONS, Family
from bot.storage.prepared import run

START_OF_CHAIN = bytes(32)
"""What the first entry is bound to."""


@dataclass(frozen=True)
class Event:
    """One entry; `seq` counts from 1 within its timeline, `at` is in UTC."""

    seq: int
    at: datetime
    kind: str
    body: str


def append(
    connection: Connection, keys: KeyRing, of: str, at: datetime, kind: str, body: str, family: Family = CONVERSATIONS
) -> int:
    """Add an entry at the end; its `seq`. Raises Forgotten or Unreadable."""
    head = add(connection, data_keys.hold(connection, keys, of, family), of, at, kind, body, family)
    values = {"head_seq": head.head_seq, "head_hash": head.head_hash, "touched_at": at}
    connection.execute(_moving_head(family), {"this": of, **values})
    return head.head_seq


def add(
    connection: Connection, held: Held, of: str, at: datetime, kind: str, body: str, family: Family = CONVERSATIONS
) -> Held:
    """The same for one that is held already; where its chain stands then, which is for the caller to keep."""
    seq = held.head_seq + 1
    sealed = held.key.seal(family.entries.name, "body", _row_id(of, seq), body)
    link = _link(held.head_hash, of, seq, at, kind, sealed)
    run(
        connection,
        _adding(family),
        {
            family.entry_of.name: of,
            "seq": seq,
            "at": at,
            "kind": kind,
            "body": sealed,
            "prev_hash": held.head_hash,
            "hash": link,
        },
    )
    return Held(held.key, seq, link)


def length(connection: Connection, of: str, family: Family = CONVERSATIONS) -> int:
    """The `seq` of the last entry; 0 where there is none."""
    found = select(family.heads.c.head_seq).where(family.heads.c.id == of)
    return int(connection.execute(found).scalar() or 0)


def read(connection: Connection, keys: KeyRing, of: str, after: int = 0, family: Family = CONVERSATIONS) -> list[Event]:
    """The entries after a `seq`, in order. Raises Forgotten or Unreadable."""
    key = data_keys.read(connection, keys, of, family)
    entries = family.entries
    found = select(entries).where(family.entry_of == of, entries.c.seq > after)
    return [
        Event(row.seq, row.at, row.kind, key.open(entries.name, "body", _row_id(of, row.seq), row.body))
        for row in connection.execute(found.order_by(entries.c.seq))
    ]


def between(
    connection: Connection, keys: KeyRing, start: datetime, end: datetime, family: Family, *, erased: bool = False
) -> list[tuple[str, Event]]:
    """Every entry from one moment until before another, each with whose it is.

    What was erased is left out, or with `erased` comes with an empty body. Raises Unreadable.
    """
    entries = family.entries
    held: dict[str, DataKey | None] = {}
    found = select(entries).where(entries.c.at >= start, entries.c.at < end).order_by(entries.c.at)
    read: list[tuple[str, Event]] = []
    for row in connection.execute(found.order_by(family.entry_of, entries.c.seq)):
        of = getattr(row, family.entry_of.name)
        if of not in held:
            held[of] = _key(connection, keys, of, family)
        if (key := held[of]) is not None or erased:
            text = key.open(entries.name, "body", _row_id(of, row.seq), row.body) if key is not None else ""
            read.append((of, Event(row.seq, row.at, row.kind, text)))
    return read


def of_kind(connection: Connection, keys: KeyRing, kind: str, after: datetime, family: Family) -> Iterator[Event]:
    """Every entry of one kind after a moment, the newest first; of what was erased the body is empty.

    Raises Unreadable.
    """
    entries = family.entries
    found = select(entries).where(entries.c.kind == kind, entries.c.at > after).order_by(entries.c.at.desc())
    for row in connection.execute(found).all():
        of = getattr(row, family.entry_of.name)
        key = _key(connection, keys, of, family)
        text = key.open(entries.name, "body", _row_id(of, row.seq), row.body) if key is not None else ""
        yield Event(row.seq, row.at, row.kind, text)


def verify(connection: Connection, of: str, family: Family = CONVERSATIONS) -> int | None:
    """The `seq` of the first entry that was changed, removed or added from outside; None if the chain is whole.

    Needs no key, so it holds for what is forgotten too.
    """
    heads, entries = family.heads, family.entries
    head = connection.execute(select(heads.c.head_seq, heads.c.head_hash).where(heads.c.id == of)).one()
    found = select(entries).where(family.entry_of == of).order_by(entries.c.seq)
    seq, link = 0, START_OF_CHAIN
    for row in connection.execute(found):
        seq += 1
        expected = _link(link, of, seq, row.at, row.kind, row.body)
        if row.seq != seq or row.prev_hash != link or row.hash != expected or seq > head.head_seq:
            return seq
        link = expected
    if seq < head.head_seq:
        return seq + 1
    return None if link == head.head_hash else seq


# Put together once: in a turn, building a statement takes longer than running it.
@cache
def _adding(family: Family) -> Insert:
    return family.entries.insert()


@cache
def _moving_head(family: Family) -> Update:
    return update(family.heads).where(family.heads.c.id == bindparam("this"))


def _key(connection: Connection, keys: KeyRing, of: str, family: Family) -> DataKey | None:
    try:
        return data_keys.read(connection, keys, of, family)
    except data_keys.Forgotten:
        return None


def _row_id(of: str, seq: int) -> str:
    return f"{of}:{seq}"


def _link(previous: bytes, of: str, seq: int, at: datetime, kind: str, sealed: bytes) -> bytes:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (previous, of.encode(), str(seq).encode(), moment.encode(), kind.encode(), sealed)
    # Each part with its length: otherwise a letter moved from one part to the next would go unseen.
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()
