"""The row that holds a conversation's wrapped data key: made, read, re-wrapped, and deleted to forget."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, inspect, select, update

from bot.storage.crypto import DataKey, KeyRing, Unreadable
from bot.storage.tables import conversations, data_keys

# Put together once: in a turn, building a statement takes longer than running it.
_READ = select(data_keys.c.key_id, data_keys.c.wrapped).where(data_keys.c.conversation_id == bindparam("this"))
_HOLD = (
    select(conversations.c.head_seq, conversations.c.head_hash, data_keys.c.key_id, data_keys.c.wrapped)
    .join(data_keys, data_keys.c.conversation_id == conversations.c.id)
    .where(conversations.c.id == bindparam("this"))
    .with_for_update(of=conversations)
)


class Forgotten(LookupError):
    """The conversation's text has been erased, or there never was such a conversation."""


@dataclass(frozen=True)
class Held:
    """A conversation that nobody else can write to until the transaction ends, and where its timeline stands."""

    key: DataKey
    head_seq: int
    head_hash: bytes


def make(connection: Connection, keys: KeyRing, conversation_id: str) -> None:
    """Give a new conversation its data key."""
    key, wrapped = keys.new_data_key()
    connection.execute(data_keys.insert().values(conversation_id=conversation_id, key_id=key.id, wrapped=wrapped))


def read(connection: Connection, keys: KeyRing, conversation_id: str) -> DataKey:
    """A conversation's data key. Raises Forgotten or Unreadable."""
    row = connection.execute(_READ, {"this": conversation_id}).first()
    if row is None:
        raise Forgotten(conversation_id)
    return keys.unwrap(row.key_id, row.wrapped)


def hold(connection: Connection, keys: KeyRing, conversation_id: str) -> Held:
    """Lock a conversation for writing, so that its rows are numbered in order. Raises Forgotten or Unreadable."""
    row = connection.execute(_HOLD, {"this": conversation_id}).first()
    if row is None:
        raise Forgotten(conversation_id)
    return Held(keys.unwrap(row.key_id, row.wrapped), row.head_seq, row.head_hash)


def check_one(connection: Connection, keys: KeyRing | None) -> bool:
    """Whether anything sealed is kept here at all, having unwrapped one data key if so.

    Raises Unreadable if there is one and no key of the ring, or no ring, unwraps it. The tables need not be there.
    """
    found = select(data_keys.c.key_id, data_keys.c.wrapped).limit(1)
    row = connection.execute(found).first() if inspect(connection).has_table(data_keys.name) else None
    if row is not None and keys is None:
        raise Unreadable("there is no key to unwrap a data key with")
    if row is not None and keys is not None:
        keys.unwrap(row.key_id, row.wrapped)
    return row is not None


def check_every(connection: Connection, keys: KeyRing) -> None:
    """Unwrap every data key. Raises Unreadable for the first that no key of the ring wrapped."""
    for row in connection.execute(select(data_keys.c.key_id, data_keys.c.wrapped)):
        keys.unwrap(row.key_id, row.wrapped)


def rewrap(connection: Connection, keys: KeyRing) -> int:
    """Wrap every data key with the current key, after `add_key`; how many there were. Raises Unreadable.

    The text itself is not touched. Afterwards `drop_older_keys` may leave only the newest key in the file, which also
    ends the resume codes given out under the others.
    """
    found = select(data_keys.c.conversation_id, data_keys.c.wrapped).order_by(data_keys.c.conversation_id)
    rows = connection.execute(found.with_for_update()).all()
    for row in rows:
        this = data_keys.c.conversation_id == row.conversation_id
        connection.execute(update(data_keys).where(this).values(wrapped=keys.rewrap(row.wrapped)))
    return len(rows)


def erase(connection: Connection, conversation_id: str) -> None:
    """Delete a conversation's data key: what it sealed can never be read again."""
    connection.execute(delete(data_keys).where(data_keys.c.conversation_id == conversation_id))
