"""Resume codes: a short word a person takes to another device to go on there, good for one use."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from bot.storage import data_keys
from bot.storage.crypto import KeyRing
from bot.storage.tables import insert_once, resume_codes, wrong_codes

# No vowels, so that no word appears, and nothing that looks like another: no 0, 1 or L. 38 bits in eight.
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 8
WRONG_GUESSES = 5
# However many browsers guess: a year of a hundred each quarter-hour finds an open code with a chance of 1 in 100,000.
WRONG_GUESSES_OF_ALL = 100
WINDOW = timedelta(minutes=15)


def issue(connection: Connection, keys: KeyRing, conversation_id: str, at: datetime, lasts: timedelta) -> str:
    """A new code for a conversation, shown as BCDF-GHJK; the earlier one is void. Raises Forgotten or Unreadable."""
    data_keys.hold(connection, keys, conversation_id)
    connection.execute(delete(resume_codes).where(resume_codes.c.conversation_id == conversation_id))
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        values = {"mac": _mac(keys, code)[0], "conversation_id": conversation_id, "expires_at": at + lasts}
        if insert_once(connection, resume_codes, values, resume_codes.c.mac) is not None:
            return f"{code[:4]}-{code[4:]}"


def redeem(connection: Connection, keys: KeyRing, code: str, at: datetime, *, source: str) -> str | None:
    """The conversation a code leads to, once; None if it is wrong, used, voided or out of date.

    A wrong guess counts against `source`, the address it came from, and against all of its channel (what stands before
    the colon); after too many of either every code from there is refused.
    """
    if too_many(connection, source, at):
        return None
    used = (
        delete(resume_codes)
        .where(resume_codes.c.mac.in_(_mac(keys, code)))
        .returning(resume_codes.c.conversation_id, resume_codes.c.expires_at)
    )
    row = connection.execute(used).first()
    if row is not None and row.expires_at > at:
        conversation_id: str = row.conversation_id
        return conversation_id
    _note_wrong(connection, source, at)
    return None


def too_many(connection: Connection, source: str, at: datetime) -> bool:
    """Whether an address, or its whole channel, has guessed wrong too often in the last quarter of an hour."""
    channel = source.partition(":")[0]
    recent = wrong_codes.c.at > at - WINDOW
    theirs = wrong_codes.c.source == source
    of_all = theirs | wrong_codes.c.source.startswith(f"{channel}:", autoescape=True)
    counts = select(func.count(), func.count().filter(theirs)).select_from(wrong_codes).where(recent, of_all)
    all_, own = connection.execute(counts).one()
    return bool(own >= WRONG_GUESSES or all_ >= WRONG_GUESSES_OF_ALL)


def _note_wrong(connection: Connection, source: str, at: datetime) -> None:
    connection.execute(delete(wrong_codes).where(wrong_codes.c.at <= at - WINDOW))
    connection.execute(wrong_codes.insert().values(source=source, at=at))


def _mac(keys: KeyRing, code: str) -> list[bytes]:
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return keys.macs("resume code", bare)
