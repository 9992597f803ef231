"""Resume codes: a short word a person takes to another device to go on there, good for one use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.storage import data_keys, short_codes, tries
from bot.storage.crypto import KeyRing
from bot.storage.tables import resume_codes

_PURPOSE = "resume code"


def issue(connection: Connection, keys: KeyRing, conversation_id: str, at: datetime, lasts: timedelta) -> str:
    """A new code for a conversation, shown as BCDF-GHJK; the earlier one is void. Raises Forgotten or Unreadable."""
    data_keys.hold(connection, keys, conversation_id)
    connection.execute(delete(resume_codes).where(resume_codes.c.conversation_id == conversation_id))
    values = {"conversation_id": conversation_id, "expires_at": at + lasts}
    return short_codes.issue(connection, keys, resume_codes, _PURPOSE, values)


def redeem(connection: Connection, keys: KeyRing, code: str, at: datetime, *, source: str) -> str | None:
    """The conversation a code leads to, once; None if it is wrong, used, voided or out of date.

    A wrong guess counts against `source`, the address it came from, and against all of its channel (what stands before
    the colon); after too many of either every code from there is refused.
    """
    if tries.too_many(connection, source, at):
        return None
    used = (
        delete(resume_codes)
        .where(resume_codes.c.mac.in_(short_codes.macs(keys, _PURPOSE, code)))
        .returning(resume_codes.c.conversation_id, resume_codes.c.expires_at)
    )
    row = connection.execute(used).first()
    if row is not None and row.expires_at > at:
        conversation_id: str = row.conversation_id
        return conversation_id
    tries.note(connection, source, at)
    return None


def void(connection: Connection, keys: KeyRing, shown: Collection[str]) -> None:
    """Make codes useless that others have seen."""
    found = [mac for one in shown for mac in short_codes.macs(keys, _PURPOSE, one)]
    connection.execute(delete(resume_codes).where(resume_codes.c.mac.in_(found)))
