"""Which events a conversation has taken, by their keys, so that what is brought again counts once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select

from bot.storage.tables import addresses, events, insert_all_once

# Put together once: for each press, building a statement takes longer than running it.
_NOTED_AT = (
    select(events.c.event, events.c.at)
    .join(addresses, addresses.c.conversation_id == events.c.conversation_id)
    .where(
        addresses.c.channel == bindparam("on"),
        addresses.c.address == bindparam("there"),
        events.c.event.in_(bindparam("keys", expanding=True)),
    )
)


def first_time(connection: Connection, event: str, conversation_id: str, at: datetime) -> bool:
    """Note an event's key; False if it was noted before.

    Keys are told apart within their conversation; with an empty `conversation_id`, across all of them.
    """
    return bool(newly_noted(connection, (event,), conversation_id, at))


def newly_noted(connection: Connection, keys: Collection[str], conversation_id: str, at: datetime) -> set[str]:
    """Note the keys of events all at once; those that were not noted before."""
    noted = {_digest(one): one for one in keys}
    values = [{"conversation_id": conversation_id, "event": key, "at": at} for key in noted]
    return {noted[bytes(row.event)] for row in insert_all_once(connection, events, values, events.c.event)}


def is_noted(connection: Connection, event: str, conversation_id: str) -> bool:
    """Whether an event's key has been noted."""
    return connection.execute(select(events.c.event).where(_this(event, conversation_id))).first() is not None


def noted_at(connection: Connection, keys: Collection[str], channel: str, address: str) -> dict[str, datetime]:
    """When each of these events' keys was noted in the conversation at an address, of those that were."""
    noted = {_digest(one): one for one in keys}
    rows = connection.execute(_NOTED_AT, {"on": channel, "there": address, "keys": list(noted)})
    return {noted[bytes(row.event)]: row.at for row in rows}


def forget_event(connection: Connection, event: str, conversation_id: str) -> None:
    """Delete an event's key: the same counts as new again."""
    connection.execute(delete(events).where(_this(event, conversation_id)))


def forget_events(connection: Connection, before: datetime) -> None:
    """Delete the keys of events noted before a moment; a delivery repeated after that would count as new."""
    connection.execute(delete(events).where(events.c.at < before))


def _this(event: str, conversation_id: str) -> ColumnElement[bool]:
    return (events.c.conversation_id == conversation_id) & (events.c.event == _digest(event))


def _digest(event: str) -> bytes:
    # A platform's key may be longer than an index allows.
    return hashlib.sha256(event.encode()).digest()
