"""Purging: which cases' time has come, planning it, and erasing them for good while their chains still verify."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, select, update

from bot.storage import cases, data_keys
from bot.storage.case_tables import case_decisions, nudges
from bot.storage.case_tables import case_entries as entries
from bot.storage.case_tables import cases as table
from bot.storage.crypto import KeyRing
from bot.storage.families import CASES
from bot.storage.people_tables import join_codes
from bot.storage.tables import questions


def outlived(connection: Connection, area: str, status: str, before: datetime) -> list[cases.Stored]:
    """Cases of a status that ended before a moment, are not held, and are not planned to be purged yet.

    A case that was never closed ended with the last thing that happened in it; that somebody looked is no such thing.
    """
    happened = entries.c.kind.not_in(cases.NO_EVENTS)
    last = select(sa.func.max(entries.c.at)).where(entries.c.case_id == table.c.id, happened).scalar_subquery()
    ended = sa.func.coalesce(table.c.closed_at, last, table.c.created_at) < before
    return _found(connection, _of(area), table.c.status == status, ended, table.c.purge_at.is_(None), ~table.c.held)


def planned(connection: Connection, area: str) -> list[cases.Stored]:
    """Cases that are planned to be purged, the soonest first."""
    return _found(connection, _of(area), table.c.purge_at.is_not(None))


def due(connection: Connection, area: str, at: datetime) -> list[cases.Stored]:
    """Cases to be purged now; those held or open are left out."""
    return _found(connection, _of(area), table.c.purge_at <= at, ~table.c.held, table.c.status != "open")


def erase_case(connection: Connection, keys: KeyRing, stored: cases.Stored, at: datetime) -> None:
    """Erase a case's text for good. Its reference, the kinds and times of its events, and its chain remain."""
    cases.append(connection, keys, stored.id, at, cases.PURGED, "")
    connection.execute(sa.delete(case_decisions).where(case_decisions.c.case_id == stored.id))
    connection.execute(sa.delete(nudges).where(nudges.c.case_id == stored.id))
    gone = {"forgotten_at": at, "purge_at": None, "wake_at": None, "owner_id": None, "opened_by": None}
    connection.execute(update(table).where(table.c.id == stored.id).values(**gone))
    data_keys.erase(connection, stored.id, CASES)


def erase_questions(connection: Connection, before: datetime) -> int:
    """Erase the words of questions asked before a moment, and where they were asked from; how many."""
    old = questions.update().where(questions.c.at < before, questions.c.masked.is_not(None))
    gone = connection.execute(old.values(masked=None, address="", wants_answer=False).returning(questions.c.seq))
    return len(gone.all())


def erase_expired(connection: Connection, at: datetime) -> None:
    """Delete codes that are no longer good."""
    connection.execute(sa.delete(join_codes).where(join_codes.c.expires_at <= at))


def _of(area: str) -> sa.ColumnElement[bool]:
    return (table.c.area == area) & (table.c.kind == "case") & table.c.forgotten_at.is_(None)


def _found(connection: Connection, *which: sa.ColumnElement[bool]) -> list[cases.Stored]:
    ids: Iterable[str] = connection.execute(
        select(table.c.id).where(*which).order_by(table.c.purge_at, table.c.id)
    ).scalars()
    found = (cases.load(connection, one, lock=True) for one in list(ids))
    return [one for one in found if one is not None]
