"""The row that holds a wrapped data key, of a conversation, a person or a case: made, read, re-wrapped, and erased."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, inspect, select, update

from bot.storage.crypto import DataKey, KeyRing, Unreadable
from bot.storage.families import CONVERSATIONS, KEY_TABLES, Family


class Forgotten(LookupError):
    """The text of a conversation, person or case has been erased, or there never was such a one."""


@dataclass(frozen=True)
class Held:
    """One that nobody else can write to until the transaction ends, and where its chain of entries stands."""

    key: DataKey
    head_seq: int
    head_hash: bytes


def make(connection: Connection, keys: KeyRing, of: str, family: Family = CONVERSATIONS) -> DataKey:
    """Give a new conversation, person or case its data key."""
    key, wrapped = keys.new_data_key()
    connection.execute(family.keys.insert().values({family.key_of: of, "key_id": key.id, "wrapped": wrapped}))
    return key


def read(connection: Connection, keys: KeyRing, of: str, family: Family = CONVERSATIONS) -> DataKey:
    """The data key of one. Raises Forgotten or Unreadable."""
    row = connection.execute(_reading(family), {"this": of}).first()
    if row is None:
        raise Forgotten(of)
    return keys.unwrap(row.key_id, row.wrapped)


def hold(connection: Connection, keys: KeyRing, of: str, family: Family = CONVERSATIONS) -> Held:
    """Lock one for writing, so that its rows are numbered in order. Raises Forgotten or Unreadable."""
    row = connection.execute(_holding(family), {"this": of}).first()
    if row is None:
        raise Forgotten(of)
    return Held(keys.unwrap(row.key_id, row.wrapped), row.head_seq, row.head_hash)


def check_one(connection: Connection, keys: KeyRing | None) -> bool:
    """Whether anything sealed is kept here at all, having unwrapped one data key if so.

    Raises Unreadable if there is one and no key of the ring, or no ring, unwraps it. The tables need not be there.
    """
    is_there = inspect(connection).has_table
    found = (
        connection.execute(select(table.c.key_id, table.c.wrapped).limit(1)).first()
        for table in KEY_TABLES
        if is_there(table.name)
    )
    row = next((one for one in found if one is not None), None)
    if row is not None and keys is None:
        raise Unreadable("there is no key to unwrap a data key with")
    if row is not None and keys is not None:
        keys.unwrap(row.key_id, row.wrapped)
    return row is not None


def check_every(connection: Connection, keys: KeyRing) -> None:
    """Unwrap every data key. Raises Unreadable for the first that no key of the ring wrapped."""
    for table in KEY_TABLES:
        for row in connection.execute(select(table.c.key_id, table.c.wrapped)):
            keys.unwrap(row.key_id, row.wrapped)


def rewrap(connection: Connection, keys: KeyRing) -> int:
    """Wrap every data key with the current key, after `add_key`; how many there were. Raises Unreadable.

    The text itself is not touched. Afterwards `drop_older_keys` may leave only the newest key in the file, which also
    ends the codes given out under the others.
    """
    return sum(_rewrapped(connection, keys, table) for table in KEY_TABLES)


def erase(connection: Connection, of: str, family: Family = CONVERSATIONS) -> None:
    """Delete a data key: what it sealed can never be read again."""
    connection.execute(delete(family.keys).where(family.key_of == of))


def _rewrapped(connection: Connection, keys: KeyRing, table: Table) -> int:
    names = list(table.primary_key)
    found = select(*names, table.c.wrapped).order_by(*names)
    rows = connection.execute(found.with_for_update()).all()
    for row in rows:
        this = [name == value for name, value in zip(names, row, strict=False)]
        connection.execute(update(table).where(*this).values(wrapped=keys.rewrap(row.wrapped)))
    return len(rows)


# Put together once: in a turn, building a statement takes longer than running it.
@cache
def _reading(family: Family) -> Select[Any]:
    return select(family.keys.c.key_id, family.keys.c.wrapped).where(family.key_of == bindparam("this"))


@cache
def _holding(family: Family) -> Select[Any]:
    heads, keys = family.heads, family.keys
    return (
        select(heads.c.head_seq, heads.c.head_hash, keys.c.key_id, keys.c.wrapped)
        .join(keys, family.key_of == heads.c.id)
        .where(heads.c.id == bindparam("this"))
        .with_for_update(of=heads)
    )
