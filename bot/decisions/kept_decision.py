"""Finds the decision of a conversation that a document is made from."""

from __future__ import annotations

from bot import record
from bot.record import Record
from bot.storage import Connection, KeyRing, conversations, decisions


def find(connection: Connection, keys: KeyRing, channel: str, address: str, name: str) -> Record | None:
    """The decision with a reference and version such as R-7K3M2Q-1 in the conversation at an address, real or practice.

    None where there is none.
    """
    stored = conversations.peek(connection, keys, channel, address)
    for practice in (False, True) if stored is not None else ():
        for kept in decisions.read(connection, keys, stored.id if stored else "", practice=practice):
            found = record.from_json(kept.body)
            if f"{found.reference}-{found.version}" == name:
                return found
    return None
