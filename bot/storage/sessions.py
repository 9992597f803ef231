"""Sessions on the web page: who is signed in and for how long; and how often signing in has failed of late."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from bot.storage import people
from bot.storage.crypto import KeyRing
from bot.storage.people_tables import sessions
from bot.storage.tables import wrong_codes

# 256 bits, so that nobody finds one by guessing.
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100
# Looking does not write each time: that would make every look at a page wait for the disk.
SEEN_EVERY = timedelta(minutes=1)
# From one place. Failures are no guesses at a secret, as a wrong code is: this keeps someone from hammering the sign-in
# service, and must not lock a whole office out, which comes from one address. So there is no limit over all places.
FAILURES = 20
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Session:
    """Someone signed in; `how` is oidc or local, `expires_at` when it ends even if it is used all the time."""

    person_id: str
    how: str
    started_at: datetime
    expires_at: datetime


def begin(connection: Connection, keys: KeyRing, person_id: str, how: str, at: datetime, lasts: timedelta) -> str:
    """A new session; the value of its cookie, which is not kept. Raises Forgotten."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values = {"person_id": person_id, "how": how, "started_at": at, "seen_at": at, "expires_at": at + lasts}
    connection.execute(sessions.insert().values(mac=keys.mac("session", token), **values))
    people.note(connection, keys, person_id, at, "signed in", how)
    return token


def find(connection: Connection, keys: KeyRing, token: str, at: datetime, idle: timedelta) -> Session | None:
    """The session of a cookie, which is thereby used; None if there is none, or it has ended.

    It ends once it was not used for `idle`, and at its `expires_at`.
    """
    macs = _macs(keys, token)
    row = connection.execute(select(sessions).where(sessions.c.mac.in_(macs))).first()
    if row is None:
        return None
    if at >= row.expires_at or at >= row.seen_at + idle:
        connection.execute(delete(sessions).where(sessions.c.mac == row.mac))
        return None
    if at >= row.seen_at + SEEN_EVERY:
        connection.execute(update(sessions).where(sessions.c.mac == row.mac).values(seen_at=at))
    return Session(row.person_id, row.how, row.started_at, row.expires_at)


def stands(connection: Connection, keys: KeyRing, token: str, at: datetime, idle: timedelta) -> str | None:
    """Whose the session of a cookie is, if it has not ended; looking does not use it."""
    still = (sessions.c.expires_at > at) & (sessions.c.seen_at > at - idle)
    found = select(sessions.c.person_id).where(sessions.c.mac.in_(_macs(keys, token)), still)
    person_id: str | None = connection.execute(found).scalar()
    return person_id


def end(connection: Connection, keys: KeyRing, token: str, at: datetime) -> str | None:
    """End the session of a cookie; the id of whose it was, None if there was none."""
    gone = delete(sessions).where(sessions.c.mac.in_(_macs(keys, token))).returning(sessions.c.person_id)
    person_id = connection.execute(gone).scalar()
    if person_id is not None:
        people.note(connection, keys, person_id, at, "signed out", "")
    return person_id


def forget_ended(connection: Connection, at: datetime, idle: timedelta) -> None:
    """Delete the sessions that have ended by themselves."""
    connection.execute(delete(sessions).where(or_(sessions.c.expires_at <= at, sessions.c.seen_at <= at - idle)))


def note_failure(connection: Connection, keys: KeyRing, source: str, at: datetime) -> None:
    """Count that signing in failed, against where it was tried from; of that only a keyed hash is kept."""
    connection.execute(delete(wrong_codes).where(wrong_codes.c.at <= at - WINDOW))
    connection.execute(wrong_codes.insert().values(source=_sources(keys, source)[0], at=at))


def too_many_failures(connection: Connection, keys: KeyRing, source: str, at: datetime) -> bool:
    """Whether signing in has failed too often from there in the last quarter of an hour."""
    theirs = wrong_codes.c.source.in_(_sources(keys, source))
    found = select(func.count()).select_from(wrong_codes).where(theirs, wrong_codes.c.at > at - WINDOW)
    return int(connection.execute(found).scalar_one()) >= FAILURES


def _macs(keys: KeyRing, token: str) -> list[bytes]:
    return keys.macs("session", token) if len(token) <= _LONGEST_TOKEN else []


def _sources(keys: KeyRing, source: str) -> list[str]:
    return [f"sign-in:{mac.hex()}" for mac in keys.macs("sign-in source", source)]
