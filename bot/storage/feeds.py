"""Calendar feeds: the secret address at which a calendar follows one person's deadlines in one area, until it ends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.storage import people
from bot.storage.crypto import KeyRing
from bot.storage.people_tables import calendar_feeds

# 256 bits, so that nobody finds one by guessing.
_SECRET_BYTES = 32
_LONGEST_SECRET = 100
_PURPOSE = "calendar feed"
# Calendars ask every hour or oftener: that is not written each time.
USED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Feed:
    """Whose deadlines it gives, where, since when, and when a calendar last asked; its secret is not kept."""

    person_id: str
    area: str
    made_at: datetime
    used_at: datetime | None


def make(connection: Connection, keys: KeyRing, person_id: str, area: str, at: datetime) -> str:
    """A new secret for someone; the earlier one ends. Raises Forgotten."""
    connection.execute(delete(calendar_feeds).where(_theirs(person_id, area)))
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    values = {"mac": keys.mac(_PURPOSE, secret), "person_id": person_id, "area": area, "made_at": at}
    connection.execute(calendar_feeds.insert().values(**values))
    people.note(connection, keys, person_id, at, "calendar link made", area)
    return secret


def find(connection: Connection, keys: KeyRing, secret: str, at: datetime) -> Feed | None:
    """The feed of a secret, which is thereby used; None where there is none, or not any more.

    What is compared is a keyed hash, so how long that takes says nothing of the secret.
    """
    macs = keys.macs(_PURPOSE, secret) if len(secret) <= _LONGEST_SECRET else []
    row = connection.execute(select(calendar_feeds).where(calendar_feeds.c.mac.in_(macs))).first()
    if row is None:
        return None
    if row.mac != macs[0] or row.used_at is None or at - row.used_at >= USED_EVERY:
        # Under the newest key, so that the address outlives the key it was made with.
        this = update(calendar_feeds).where(calendar_feeds.c.mac == row.mac)
        connection.execute(this.values(mac=macs[0], used_at=at))
    return Feed(row.person_id, row.area, row.made_at, row.used_at)


def of_person(connection: Connection, person_id: str, area: str) -> Feed | None:
    """The feed someone has; None where they have none."""
    row = connection.execute(select(calendar_feeds).where(_theirs(person_id, area))).first()
    return None if row is None else Feed(row.person_id, row.area, row.made_at, row.used_at)


def end(connection: Connection, keys: KeyRing, person_id: str, area: str, at: datetime) -> bool:
    """End someone's feed for good; False if they had none. Raises Forgotten."""
    gone = delete(calendar_feeds).where(_theirs(person_id, area)).returning(calendar_feeds.c.person_id)
    if connection.execute(gone).first() is None:
        return False
    people.note(connection, keys, person_id, at, "calendar link ended", area)
    return True


def _theirs(person_id: str, area: str) -> ColumnElement[bool]:
    return (calendar_feeds.c.person_id == person_id) & (calendar_feeds.c.area == area)
