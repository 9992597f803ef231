"""Which areas share a database. Cases and roles carry their area; a conversation, and a question in it, carry none."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection, select

from bot.storage.case_tables import cases
from bot.storage.people_tables import accounts, roles
from bot.storage.tables import addresses


def others(connection: Connection, area: str) -> set[str]:
    """The areas beside one that have people or cases here."""
    kept = select(cases.c.area).where(cases.c.kind == "case", cases.c.forgotten_at.is_(None))
    found = connection.execute(sa.union(select(roles.c.area), kept)).scalars()
    return set(found) - {area}


def had_elsewhere(area: str) -> sa.Select[str]:
    """Ids of the conversations whose person has roles, but none of them in this area."""
    held = select(roles.c.person_id)
    here = held.where(roles.c.area == area)
    whose = accounts.c.person_id.in_(held) & accounts.c.person_id.not_in(here)
    same = (accounts.c.channel == addresses.c.channel) & (accounts.c.address == addresses.c.address)
    return select(addresses.c.conversation_id).join(accounts, same).where(whose)
