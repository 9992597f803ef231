"""What a platform needs besides an address to be reached there: sealed with the conversation, and gone with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.storage import conversations, data_keys
from bot.storage.crypto import KeyRing, Unreadable
from bot.storage.tables import addresses

_TABLE, _COLUMN = "addresses", "reference"
# Put together once: every turn looks whether what it brings is kept already.
_THIS = (addresses.c.channel == bindparam("on")) & (addresses.c.address == bindparam("at"))
_FIND = select(addresses.c.conversation_id, addresses.c.reference).where(_THIS)
_KEEP = update(addresses).where(_THIS)


def keep(connection: Connection, keys: KeyRing, channel: str, address: str, reference: str, at: datetime) -> None:
    """Keep the reference of an address in place of the one before; the conversation is made if there is none."""
    stored = conversations.load(connection, keys, channel, address, at)
    sealed = data_keys.read(connection, keys, stored.id).seal(_TABLE, _COLUMN, _place(stored.id, address), reference)
    connection.execute(_KEEP, {"on": channel, "at": address, "reference": sealed})


def find(connection: Connection, keys: KeyRing, channel: str, address: str) -> str | None:
    """The reference of an address; None where none is kept that can be opened by whose conversation it is now."""
    row = connection.execute(_FIND, {"on": channel, "at": address}).first()
    if row is None or row.reference is None:
        return None
    key = data_keys.read(connection, keys, row.conversation_id)
    try:
        return key.open(_TABLE, _COLUMN, _place(row.conversation_id, address), row.reference)
    except Unreadable:
        # The address was led to another conversation since; whoever speaks there next brings the reference again.
        return None


def _place(conversation: str, address: str) -> str:
    return f"{conversation}\n{address}"
