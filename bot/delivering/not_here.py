"""A reply left from before a restart, on a channel where since then no dialog and no case is spoken of."""

from __future__ import annotations

from bot.delivering import wording_delivery
from bot.messages import Reply, Text
from bot.state import from_json
from bot.storage import Connection, KeyRing, conversations
from bot.storage.outbox import Outgoing
from bot.wording import LINE_999


def is_of_work(connection: Connection, keys: KeyRing, row: Outgoing) -> bool:
    """Whether it may be of a dialog or a case: one was in hand in its conversation, where none may be begun now."""
    stored = conversations.peek(connection, keys, row.channel, row.address)
    if stored is None:
        return False
    state = from_json(stored.state)
    return state.dialog is not None or (state.awaited is not None and state.awaited.step is not None)


def not_said_here(row: Outgoing) -> Reply:
    """What is said in its place."""
    lines = (wording_delivery.NOT_SAID, LINE_999)
    return Reply(tuple(Text.of(one) for one in lines), key=str(row.id), audience="private")
