"""The ids of those who turned out to be somebody else: what was written under one is that person's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.storage.people_tables import people


def are_any(connection: Connection) -> bool:
    """Whether anybody has turned out to be somebody else."""
    return connection.execute(select(people.c.id).where(people.c.joined_to.is_not(None)).limit(1)).first() is not None


def now(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Whose each of some ids is now, of those that are another's."""
    found = select(people.c.id, people.c.joined_to).where(people.c.id.in_(set(ids)), people.c.joined_to.is_not(None))
    return {row[0]: row[1] for row in connection.execute(found)}


def of(connection: Connection, person_id: str) -> list[str]:
    """The ids under which somebody was known before."""
    return list(connection.execute(select(people.c.id).where(people.c.joined_to == person_id)).scalars())
