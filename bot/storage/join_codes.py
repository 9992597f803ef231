"""Join codes: a short word that shows that two accounts are one person's, or that an e-mail address is; good once.

Looking at what a code would do spends nothing, because the programs that draw previews open every link they meet.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Row, delete, select

from bot.storage import short_codes, tries
from bot.storage.crypto import KeyRing
from bot.storage.people_tables import join_codes

LASTS = timedelta(minutes=15)
_PURPOSE = "join code"
_WHAT: tuple[Column[Any], ...] = (
    join_codes.c.person_id,
    join_codes.c.address,
    join_codes.c.for_channel,
    join_codes.c.for_address,
    join_codes.c.expires_at,
)


@dataclass(frozen=True)
class JoinCode:
    """What a code does.

    With no `address` it joins whichever account it is entered on to `person_id`, and was shown on the account
    `for_channel`, `for_address` (both empty where it was made on the command line). With an `address`, that e-mail
    address got it, and whoever has it shows that the address belongs to the holder of that account.
    """

    person_id: str | None
    address: str
    for_channel: str
    for_address: str
    expires_at: datetime


def for_person(connection: Connection, keys: KeyRing, person_id: str, channel: str, address: str, at: datetime) -> str:
    """A code that joins the account it is entered on to a person; an earlier one of theirs is void."""
    connection.execute(delete(join_codes).where(join_codes.c.person_id == person_id))
    return _issue(connection, keys, JoinCode(person_id, "", channel, address, at + LASTS), at)


def for_mail(connection: Connection, keys: KeyRing, mail: str, channel: str, address: str, at: datetime) -> str:
    """A code to be sent to an e-mail address at the wish of an account; an earlier one for that account is void."""
    asked_by = (join_codes.c.for_channel == channel) & (join_codes.c.for_address == address)
    connection.execute(delete(join_codes).where(asked_by, join_codes.c.address != ""))
    return _issue(connection, keys, JoinCode(None, mail, channel, address, at + LASTS), at)


def look(connection: Connection, keys: KeyRing, code: str, at: datetime, *, source: str) -> JoinCode | None:
    """What a code would do, spending nothing; None if it is wrong, used, voided or out of date.

    A wrong guess counts against `source` as for any other code.
    """
    this = join_codes.c.mac.in_(short_codes.macs(keys, _PURPOSE, code))
    found = select(*_WHAT).where(this, join_codes.c.expires_at > at)
    if tries.too_many(connection, source, at):
        return None
    return _counted(connection, connection.execute(found).first(), source, at)


def spend(connection: Connection, keys: KeyRing, code: str, at: datetime, *, source: str) -> JoinCode | None:
    """The same, and the code is used up: of two at once one gets it."""
    this = join_codes.c.mac.in_(short_codes.macs(keys, _PURPOSE, code))
    used = delete(join_codes).where(this, join_codes.c.expires_at > at).returning(*_WHAT)
    if tries.too_many(connection, source, at):
        return None
    return _counted(connection, connection.execute(used).first(), source, at)


def void(connection: Connection, keys: KeyRing, shown: Collection[str]) -> None:
    """Make codes useless that others have seen."""
    found = [mac for one in shown for mac in short_codes.macs(keys, _PURPOSE, one)]
    connection.execute(delete(join_codes).where(join_codes.c.mac.in_(found)))


def _issue(connection: Connection, keys: KeyRing, what: JoinCode, at: datetime) -> str:
    connection.execute(delete(join_codes).where(join_codes.c.expires_at <= at))
    return short_codes.issue(connection, keys, join_codes, _PURPOSE, dict(vars(what)))


def _counted(connection: Connection, row: Row[Any] | None, source: str, at: datetime) -> JoinCode | None:
    if row is None:
        tries.note(connection, source, at)
        return None
    return JoinCode(**row._mapping)
