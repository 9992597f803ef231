"""Reads a conversation back, or the part of it that is wanted, without opening the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.messages import Reply
from bot.reply_text import from_text
from bot.storage import Connection, KeyRing, conversations, outbox, timeline


@dataclass(frozen=True)
class Entry:
    """One line of a conversation as it is read back.

    `seq` counts up within the conversation. A person's entry has `words`: what the bot understood them to say,
    never their raw words. The bot's entry has `reply`.
    """

    seq: int
    by: Literal["you", "bot"]
    at: datetime
    words: str = ""
    reply: Reply | None = None


@dataclass(frozen=True)
class Passage:
    """The entries of a part of a conversation, in order.

    `conversation` is the same for every passage of one conversation and empty where there is none; `is_whole` says
    whether nothing comes before the entries.
    """

    conversation: str
    entries: tuple[Entry, ...]
    is_whole: bool


def passage(
    connection: Connection, keys: KeyRing, channel: str, address: str, after: int, newest: int | None
) -> Passage:
    """What was said after an entry, in order; of that, no more than the `newest` turns, each with its reply."""
    stored = conversations.peek(connection, keys, channel, address)
    if stored is None:
        return Passage("", (), is_whole=True)
    last = timeline.length(connection, stored.id)
    # A turn's own entry has twice its number, its reply's one more.
    before = max(0, (after - 1) // 2, last - newest if newest is not None else 0)
    if before >= last:
        return Passage(stored.id, (), is_whole=last == 0)
    numbers = [str(number) for number in range(before + 1, last + 1)] if before else None
    entries = [
        Entry(event.seq * 2, "you", event.at, words=event.body)
        for event in timeline.read(connection, keys, stored.id, before)
        if event.body
    ]
    entries += [
        Entry(int(sent.key) * 2 + 1, "bot", sent.created_at, reply=from_text(sent.body))
        for sent in outbox.read(connection, keys, stored.id, among=numbers)
    ]
    wanted = sorted((entry for entry in entries if entry.seq > after), key=lambda one: one.seq)
    return Passage(stored.id, tuple(wanted), is_whole=before == 0 and after <= 0)
