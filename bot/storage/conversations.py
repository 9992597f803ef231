"""Conversations: where each stands, which addresses lead to it, and what has been seen before."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select, bindparam, exists, select, update

from bot.storage import data_keys, timeline
from bot.storage.crypto import KeyRing
from bot.storage.data_keys import Forgotten, Held
from bot.storage.families import CONVERSATIONS
from bot.storage.people_tables import accounts
from bot.storage.prepared import first, run
from bot.storage.tables import (
    addresses,
    conversations,
    events,
    insert_once,
    outgoing,
    questions,
    resume_codes,
)
from bot.storage.timeline import START_OF_CHAIN

# Put together once: in a turn, building a statement takes longer than running it.
_LED_TO = select(addresses.c.conversation_id).where(
    addresses.c.channel == bindparam("on"), addresses.c.address == bindparam("at")
)
_AT_ADDRESS = _LED_TO.with_for_update()
# With the key, by which a turn then seals in three places: to read and unwrap it for each took 5 % of a turn.
_LOOKED_AT: Select[Any] = (
    select(
        conversations.c.id,
        conversations.c.version,
        conversations.c.state,
        conversations.c.head_seq,
        conversations.c.head_hash,
        CONVERSATIONS.keys.c.key_id,
        CONVERSATIONS.keys.c.wrapped,
    )
    .outerjoin(CONVERSATIONS.keys, CONVERSATIONS.key_of == conversations.c.id)
    .where(conversations.c.id == bindparam("this"))
)
_LOCKED = _LOOKED_AT.with_for_update(of=conversations)
_SAVE = (
    update(conversations)
    .where(
        conversations.c.id == bindparam("this"),
        conversations.c.version == bindparam("loaded"),
    )
    .returning(conversations.c.version)
)
_SAVE_SAID = _SAVE.where(conversations.c.head_seq == bindparam("stood"))


class Conflict(Exception):
    """The conversation was changed by another turn since it was loaded."""


@dataclass(frozen=True)
class Stored:
    """A conversation as it was loaded; `version` goes up by one with each save.

    `held` is its key and where its timeline stood, where it was kept from everybody else when it was loaded.
    """

    id: str
    version: int
    state: str | None
    held: Held | None = field(default=None, repr=False, compare=False)


def load(connection: Connection, keys: KeyRing, channel: str, address: str, at: datetime) -> Stored:
    """The conversation at an address, made now if there is none; nobody else can change it until the transaction ends.

    Raises Unreadable if its text was tampered with or its key is not ours.
    """
    while True:
        found = find(connection, keys, channel, address) or _make(connection, keys, channel, address, at)
        if found is not None:
            return found


def find(connection: Connection, keys: KeyRing, channel: str, address: str) -> Stored | None:
    """The conversation at an address, if there is one; nobody else can change it until the transaction ends.

    Raises Unreadable, as `load` does.
    """
    while True:
        conversation_id = _led_to(connection, _AT_ADDRESS, channel, address)
        if conversation_id is None:
            return None
        row = _row(connection, conversation_id, lock=True)
        if row is not None:
            return _opened(keys, row)


def id_at(connection: Connection, channel: str, address: str) -> str | None:
    """The id of the conversation at an address."""
    return _led_to(connection, _LED_TO, channel, address)


def peek(connection: Connection, keys: KeyRing, channel: str, address: str) -> Stored | None:
    """The conversation at an address, only to look at. Raises Unreadable."""
    conversation_id = id_at(connection, channel, address)
    row = None if conversation_id is None else _row(connection, conversation_id, lock=False)
    return None if row is None else _opened(keys, row)


def save(
    connection: Connection,
    keys: KeyRing,
    stored: Stored,
    state: str,
    at: datetime,
    *,
    said: tuple[str, str] | None = None,
    mention_at: datetime | None = None,
    case_wanted: bool = False,
) -> Stored:
    """Store where the conversation stands now. Raises Conflict if it has changed since it was loaded, or Forgotten.

    `said`, a kind and its words, is added to its timeline; the number of that is where the timeline then stands.
    `mention_at` is when to come back to what was left open, None for nothing; `case_wanted` says that a decision of it
    is to become a case once it is known whose it is, which stays so until `case_found`.
    """
    held = stored.held or data_keys.hold(connection, keys, stored.id)
    values: dict[str, Any] = {
        "version": stored.version + 1,
        "state": held.key.seal("conversations", "state", stored.id, state),
        "touched_at": at,
        "mention_at": mention_at,
    }
    if case_wanted:
        values["case_wanted"] = True
    which, saving = {"this": stored.id, "loaded": stored.version}, _SAVE
    if said is not None:
        which, saving = {**which, "stood": held.head_seq}, _SAVE_SAID
        held = timeline.add(connection, held, stored.id, at, *said)
        # In the same statement as the state: each statement that a turn makes is one in a hundred of its time.
        values |= {"head_seq": held.head_seq, "head_hash": held.head_hash}
    if not run(connection, saving, {**which, **values}):
        raise Conflict(stored.id)
    return replace(stored, version=stored.version + 1, state=state, held=held)


def to_mention(connection: Connection, at: datetime, limit: int) -> list[str]:
    """Ids of conversations whose moment to come back to them is there."""
    due = select(conversations.c.id).where(conversations.c.mention_at <= at).order_by(conversations.c.mention_at)
    return list(connection.execute(due.limit(limit).with_for_update(skip_locked=True)).scalars())


def wanting_a_case(connection: Connection, show_nobody: Collection[str], limit: int) -> list[tuple[str, str]]:
    """Conversations with a decision that is to become a case, whose account is now someone's: their ids and whose.

    Only someone who has an account by which they are known counts: one on any channel but those that `show_nobody`.
    """
    known = accounts.alias("known")
    found = (
        select(conversations.c.id, accounts.c.person_id)
        .join(addresses, addresses.c.conversation_id == conversations.c.id)
        .join(accounts, (accounts.c.channel == addresses.c.channel) & (accounts.c.address == addresses.c.address))
        .where(conversations.c.case_wanted.is_(True))
        .where(exists().where(known.c.person_id == accounts.c.person_id, known.c.channel.not_in(show_nobody)))
        .order_by(conversations.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=conversations)
    )
    return list({row.id: row.person_id for row in connection.execute(found)}.items())


def wants_a_case(connection: Connection, conversation_id: str) -> bool:
    """Whether a decision of a conversation is to become a case once it is known whose it is."""
    found = select(conversations.c.case_wanted).where(conversations.c.id == conversation_id)
    return bool(connection.execute(found).scalar())


def case_found(connection: Connection, conversation_id: str) -> None:
    """Say that nothing of a conversation is to become a case any more."""
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(case_wanted=None))


def by_id(connection: Connection, keys: KeyRing, conversation_id: str) -> Stored | None:
    """A conversation by its id, kept from everybody else until the transaction ends. Raises Unreadable."""
    row = _row(connection, conversation_id, lock=True)
    return None if row is None else _opened(keys, row)


def addresses_of(connection: Connection, conversation_id: str) -> list[tuple[str, str]]:
    """The channels and addresses that lead to a conversation."""
    found = select(addresses.c.channel, addresses.c.address).where(addresses.c.conversation_id == conversation_id)
    return [(row.channel, row.address) for row in connection.execute(found.order_by(addresses.c.channel))]


def point(connection: Connection, channel: str, address: str, conversation_id: str) -> None:
    """Let an address lead to an existing conversation from now on."""
    values = {"channel": channel, "address": address, "conversation_id": conversation_id}
    if insert_once(connection, addresses, values, addresses.c.channel) is None:
        this = (addresses.c.channel == channel) & (addresses.c.address == address)
        connection.execute(update(addresses).where(this).values(conversation_id=conversation_id))


def move(connection: Connection, channel: str, address: str, to: str) -> None:
    """Let another address lead where this one led, and not where it led before; this one then leads nowhere."""
    this = (addresses.c.channel == channel) & (addresses.c.address == address)
    if connection.execute(select(addresses.c.address).where(this)).first() is None:
        return
    there = (addresses.c.channel == channel) & (addresses.c.address == to)
    connection.execute(sa.delete(addresses).where(there))
    connection.execute(update(addresses).where(this).values(address=to))


def forget(connection: Connection, conversation_id: str, at: datetime) -> None:
    """Erase a conversation's text for good; its timeline still verifies, and its addresses start afresh.

    What is waiting to be sent is cancelled. The bytes leave the SQLite file with the next `Database.checkpoint`.
    """
    connection.execute(sa.delete(addresses).where(addresses.c.conversation_id == conversation_id))
    this = conversations.c.id == conversation_id
    connection.execute(update(conversations).where(this).values(forgotten_at=at, state=None))
    data_keys.erase(connection, conversation_id)
    connection.execute(sa.delete(resume_codes).where(resume_codes.c.conversation_id == conversation_id))
    theirs = outgoing.c.conversation_id == conversation_id
    asked = questions.c.conversation_id == conversation_id
    connection.execute(update(questions).where(asked).values(address="", masked=None))
    unsent = outgoing.c.status.in_(("waiting", "sending", "unknown"))
    connection.execute(update(outgoing).where(theirs, unsent).values(status="cancelled", rev=outgoing.c.rev + 1))
    connection.execute(update(outgoing).where(theirs).values(address=""))


def idle_since(connection: Connection, moment: datetime) -> list[str]:
    """Ids of conversations untouched since before a moment that nothing is still to be said in, oldest first."""
    unsaid = exists().where(
        outgoing.c.conversation_id == conversations.c.id, outgoing.c.status.in_(("waiting", "sending"))
    )
    found = select(conversations.c.id).where(conversations.c.touched_at < moment, ~unsaid)
    return list(connection.execute(found.order_by(conversations.c.touched_at, conversations.c.id)).scalars())


def delete(connection: Connection, conversation_id: str) -> bool:
    """Delete a conversation and every row that belongs to it; False if another process has just done so."""
    connection.execute(sa.delete(addresses).where(addresses.c.conversation_id == conversation_id))
    connection.execute(sa.delete(events).where(events.c.conversation_id == conversation_id))
    this = conversations.c.id == conversation_id
    return connection.execute(sa.delete(conversations).where(this).returning(conversations.c.id)).first() is not None


def _led_to(connection: Connection, leading: Select[Any], channel: str, address: str) -> str | None:
    found = first(connection, leading, {"on": channel, "at": address})
    return found.conversation_id if found is not None else None


def _row(connection: Connection, conversation_id: str, *, lock: bool) -> Row[Any] | None:
    row: Row[Any] | None = first(connection, _LOCKED if lock else _LOOKED_AT, {"this": conversation_id})
    return row


def _opened(keys: KeyRing, row: Row[Any]) -> Stored:
    if row.state is None:
        return Stored(row.id, row.version, None)
    if row.wrapped is None:
        raise Forgotten(row.id)
    held = Held(keys.unwrap(row.key_id, row.wrapped), row.head_seq, row.head_hash)
    return Stored(row.id, row.version, held.key.open("conversations", "state", row.id, row.state), held)


def _make(connection: Connection, keys: KeyRing, channel: str, address: str, at: datetime) -> Stored | None:
    """A new conversation at an address, or None if another turn has just made one there."""
    conversation_id = uuid.uuid4().hex
    connection.execute(
        conversations.insert().values(
            id=conversation_id, version=0, created_at=at, touched_at=at, head_seq=0, head_hash=START_OF_CHAIN
        )
    )
    values = {"channel": channel, "address": address, "conversation_id": conversation_id}
    if insert_once(connection, addresses, values, addresses.c.channel) is None:
        connection.execute(sa.delete(conversations).where(conversations.c.id == conversation_id))
        return None
    held = Held(data_keys.make(connection, keys, conversation_id), 0, START_OF_CHAIN)
    return Stored(conversation_id, 0, None, held)
