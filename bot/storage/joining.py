"""Two people found to be one: everything of the one becomes the other's, and both timelines say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, func, select, update

from bot.storage import data_keys, people
from bot.storage.case_tables import cases, nudges
from bot.storage.crypto import KeyRing
from bot.storage.families import PEOPLE
from bot.storage.people_tables import absences, accounts, calendar_feeds, join_codes, roles, sessions
from bot.storage.people_tables import people as heads
from bot.storage.tables import insert_once


def join(connection: Connection, keys: KeyRing, kept: str, gone: str, at: datetime) -> None:
    """Make two people one: `kept`, to whom all that `gone` holds, owns and opened goes. Raises Forgotten.

    What was done under the id of `gone` stays written so; `people.known_as` says whose it is.
    """
    # In one order, so that two who join each other at once do not wait for ever.
    for person_id in sorted((kept, gone)):
        data_keys.hold(connection, keys, person_id, PEOPLE)
    both = people.read_all(connection, keys, [kept, gone])
    if len(both) != 2:
        # One of them became somebody else a moment ago.
        raise data_keys.Forgotten(gone)
    people.note(connection, keys, kept, at, "joined", gone)
    people.note(connection, keys, gone, at, "joined to", kept)
    _move_accounts(connection, kept, gone)
    _move_roles(connection, kept, gone)
    for column in (cases.c.owner_id, cases.c.opened_by, nudges.c.person_id, sessions.c.person_id, heads.c.joined_to):
        connection.execute(update(column.table).where(column == gone).values({column.name: kept}))
    connection.execute(sa.delete(join_codes).where(join_codes.c.person_id.in_((kept, gone))))
    connection.execute(sa.delete(calendar_feeds).where(calendar_feeds.c.person_id == gone))
    connection.execute(sa.delete(absences).where(absences.c.person_id == gone))
    noted = {one.id: one.absences for one in both}
    if noted[gone]:
        people.set_away(connection, keys, kept, _merged([*noted[kept], *noted[gone]]), at)
    ended: dict[str, Any] = {"state": None, "forgotten_at": at, "joined_to": kept}
    connection.execute(update(heads).where(heads.c.id == gone).values(ended))


def _move_accounts(connection: Connection, kept: str, gone: str) -> None:
    """Those of `gone` are tried after those of `kept`."""
    last = connection.execute(select(func.max(accounts.c.place)).where(accounts.c.person_id == kept)).scalar() or 0
    moved = {"person_id": kept, "place": accounts.c.place + last}
    connection.execute(update(accounts).where(accounts.c.person_id == gone).values(moved))


def _move_roles(connection: Connection, kept: str, gone: str) -> None:
    taken = sa.delete(roles).where(roles.c.person_id == gone).returning(*roles.c)
    for row in connection.execute(taken).all():
        insert_once(connection, roles, {**row._mapping, "person_id": kept}, roles.c.role)


def _merged(every: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Absences that share a day made one."""
    days: list[tuple[date, date]] = []
    for first, last in sorted(every):
        if days and first <= days[-1][1]:
            days[-1] = days[-1][0], max(last, days[-1][1])
        else:
            days.append((first, last))
    return days
