"""Who was told of a case's duties: by their post, whatever way the message went."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage.case_tables import nudges

_TOLD = (nudges.c.clock != "") & (nudges.c.status != "cancelled")


def posts(connection: Connection, case_id: str, person_id: str) -> list[str]:
    """The roles and posts for which somebody was reminded of a case."""
    found = select(nudges.c.post).where(nudges.c.case_id == case_id, nudges.c.person_id == person_id, _TOLD)
    return list(connection.execute(found.distinct()).scalars())


def case_ids(connection: Connection, person_id: str) -> list[str]:
    """The cases of whose duties somebody was reminded."""
    found = select(nudges.c.case_id).where(nudges.c.person_id == person_id, _TOLD).distinct()
    return list(connection.execute(found.order_by(nudges.c.case_id)).scalars())
