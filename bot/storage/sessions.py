"""Sessions on the web page: who is signed in and for how long; and how often signing in has failed of late."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select, update

from bot.storage import conversations, people
from bot.storage.crypto import KeyRing
from bot.storage.people_tables import accounts, sessions
from bot.storage.tables import addresses, wrong_codes

LEFT, LED_AWAY = "left", "led away"
WEB = "web"
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
    """Someone signed in; `how` is oidc or local, `expires_at` when it ends even if it is used all the time.

    One that never went on, `how` left or led away, notes whose a conversation is that no account of theirs leads to.
    """

    person_id: str
    how: str
    started_at: datetime
    expires_at: datetime


# Until it is ended for good.
_GOES_ON = sessions.c.expires_at > sessions.c.started_at


def begin(
    connection: Connection,
    keys: KeyRing,
    person_id: str,
    how: str,
    at: datetime,
    lasts: timedelta,
    *,
    address: str = "",
) -> str:
    """A new session; the value of its cookie, which is not kept. Raises Forgotten.

    `address` is that of the account on the page which the browser is while the session lasts.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values: dict[str, Any] = {"person_id": person_id, "how": how, "started_at": at, "seen_at": at, "address": address}
    values["expires_at"] = at + lasts
    connection.execute(sessions.insert().values(mac=keys.mac("session", token), **values))
    people.note(connection, keys, person_id, at, "signed in", how)
    return token


def find(
    connection: Connection, keys: KeyRing, token: str, at: datetime, idle: timedelta, *, uses: bool = True
) -> Session | None:
    """The session of a cookie, which is thereby used, unless it is not by `uses`; None if there is none, or it ended.

    It ends once it was not used for `idle`, and at its `expires_at`.
    """
    row = connection.execute(select(sessions).where(sessions.c.mac.in_(_macs(keys, token)))).first()
    if row is None:
        return None
    if at >= row.expires_at or at >= row.seen_at + idle:
        _end_for_good(connection, sessions.c.mac == row.mac)
        _forget_browser(connection, keys, row.person_id, row.address, at)
        return None
    if uses and at >= row.seen_at + SEEN_EVERY:
        connection.execute(update(sessions).where(sessions.c.mac == row.mac).values(seen_at=at))
    return Session(row.person_id, row.how, row.started_at, row.expires_at)


def end(connection: Connection, keys: KeyRing, token: str, at: datetime) -> str | None:
    """End the session of a cookie; the id of whose it was, None if there was none."""
    theirs = sessions.c.mac.in_(_macs(keys, token))
    row = connection.execute(select(sessions.c.person_id, sessions.c.address).where(theirs, _GOES_ON)).first()
    if row is None:
        return None
    _end_for_good(connection, theirs)
    _forget_browser(connection, keys, row.person_id, row.address, at)
    people.note(connection, keys, row.person_id, at, "signed out", "")
    return str(row.person_id)


def forget_ended(connection: Connection, keys: KeyRing, at: datetime, idle: timedelta) -> int:
    """Forget the browsers of sessions that have ended by themselves; how many those were.

    Whose session it was is kept for as long as there is a conversation in that browser.
    """
    is_theirs = (accounts.c.channel == WEB) & (accounts.c.address == sessions.c.address)
    ended = select(sessions.c.person_id, sessions.c.address).join(accounts, is_theirs).where(_has_ended(at, idle))
    known = connection.execute(ended.order_by(sessions.c.person_id, sessions.c.address)).all()
    for row in known:
        _forget_browser(connection, keys, row.person_id, row.address, at)
    _end_for_good(connection, _has_ended(at, idle))
    here = (addresses.c.channel == WEB) & (addresses.c.address == sessions.c.address)
    connection.execute(delete(sessions).where(_has_ended(at, idle), ~exists().where(here)))
    return len(known)


def last_in(connection: Connection, address: str) -> str | None:
    """Whose the last session in the browser of an address was or is, if that is still known."""
    found = select(sessions.c.person_id).where(sessions.c.address == address)
    person_id: str | None = connection.execute(found.order_by(sessions.c.started_at.desc()).limit(1)).scalar()
    return person_id


def left(connection: Connection, person_id: str, at: datetime, idle: timedelta) -> list[str]:
    """The addresses of the conversations that somebody left when their session ended, the newest first.

    One that they were led away from is none of them.
    """
    here = (addresses.c.channel == WEB) & (addresses.c.address == sessions.c.address)
    theirs = (sessions.c.person_id == person_id) & _has_ended(at, idle) & exists().where(here)
    theirs &= sessions.c.how != LED_AWAY
    newest = select(sessions.c.address).where(theirs).order_by(sessions.c.seen_at.desc(), sessions.c.started_at.desc())
    return list(dict.fromkeys(connection.execute(newest).scalars()))


def put_by(
    connection: Connection, keys: KeyRing, person_id: str, channel: str, here: str, at: datetime, how: str
) -> None:
    """Keep the conversation at an address, if there is one, where no browser leads, and note whose it is.

    It is theirs again when they next sign in where `how` is left; with led away they only take it along once they are
    forgotten.
    """
    unknown = secrets.token_urlsafe(_TOKEN_BYTES)
    leads = (addresses.c.channel == channel) & (addresses.c.address == here)
    moved = update(addresses).where(leads).values(channel=WEB, address=unknown).returning(addresses.c.address)
    if connection.execute(moved).first() is not None:
        _note_whose(connection, keys, person_id, unknown, at, how)


def note_whose(connection: Connection, keys: KeyRing, person_id: str, channel: str, here: str, at: datetime) -> None:
    """Note whose the conversation at an address is, if there is one, before the address is theirs no more.

    It goes on there; they take it along once they are forgotten.
    """
    if theirs := conversations.id_at(connection, channel, here):
        unknown = secrets.token_urlsafe(_TOKEN_BYTES)
        conversations.point(connection, WEB, unknown, theirs)
        _note_whose(connection, keys, person_id, unknown, at, LED_AWAY)


def _note_whose(connection: Connection, keys: KeyRing, person_id: str, address: str, at: datetime, how: str) -> None:
    values: dict[str, Any] = {"person_id": person_id, "how": how, "started_at": at, "seen_at": at, "expires_at": at}
    mac = keys.mac("session", secrets.token_urlsafe(_TOKEN_BYTES))
    connection.execute(sessions.insert().values(mac=mac, address=address, **values))


def pages_of(connection: Connection, person_id: str) -> set[tuple[str, str]]:
    """The channel and address of all that is kept of somebody on the page: in browsers of theirs, left, or put by."""
    found = select(sessions.c.address).where(sessions.c.person_id == person_id, sessions.c.address != "")
    return {(WEB, address) for address in connection.execute(found).scalars()}


def end_in(connection: Connection, address: str) -> None:
    """End the sessions of a browser that has no cookie of them any more."""
    _end_for_good(connection, sessions.c.address == address)


def left_behind(connection: Connection, person_id: str, at: datetime, idle: timedelta) -> frozenset[str]:
    """The addresses of somebody's browsers in which their session has ended: nobody sees what is put there."""
    found = select(sessions.c.address).where(sessions.c.person_id == person_id, _has_ended(at, idle))
    return frozenset(connection.execute(found).scalars())


def note_failure(connection: Connection, keys: KeyRing, source: str, at: datetime) -> None:
    """Count that signing in failed, against where it was tried from; of that only a keyed hash is kept."""
    connection.execute(delete(wrong_codes).where(wrong_codes.c.at <= at - WINDOW))
    connection.execute(wrong_codes.insert().values(source=_sources(keys, source)[0], at=at))


def too_many_failures(connection: Connection, keys: KeyRing, source: str, at: datetime) -> bool:
    """Whether signing in has failed too often from there in the last quarter of an hour."""
    theirs = wrong_codes.c.source.in_(_sources(keys, source))
    found = select(func.count()).select_from(wrong_codes).where(theirs, wrong_codes.c.at > at - WINDOW)
    return int(connection.execute(found).scalar_one()) >= FAILURES


def _has_ended(at: datetime, idle: timedelta) -> ColumnElement[bool]:
    return or_(sessions.c.expires_at <= at, sessions.c.seen_at <= at - idle)


def _end_for_good(connection: Connection, which: ColumnElement[bool]) -> None:
    """Keep sessions ended, should the clock be put back too."""
    connection.execute(update(sessions).where(which, _GOES_ON).values(expires_at=sessions.c.started_at))


def _forget_browser(connection: Connection, keys: KeyRing, person_id: str, address: str, at: datetime) -> None:
    if address:
        people.remove_account(connection, keys, person_id, WEB, address, at)


def _macs(keys: KeyRing, token: str) -> list[bytes]:
    return keys.macs("session", token) if len(token) <= _LONGEST_TOKEN else []


def _sources(keys: KeyRing, source: str) -> list[str]:
    return [f"sign-in:{mac.hex()}" for mac in keys.macs("sign-in source", source)]
