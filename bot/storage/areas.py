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
    """Ids of the conversations whose person has roles or cases, theirs or opened by them, but none in this area."""
    is_case = cases.c.forgotten_at.is_(None)
    known = sa.union(
        select(roles.c.person_id, roles.c.area),
        select(cases.c.owner_id, cases.c.area).where(is_case, cases.c.owner_id.is_not(None)),
        select(cases.c.opened_by, cases.c.area).where(is_case, cases.c.opened_by.is_not(None)),
    ).subquery()
    anywhere = select(known.c.person_id)
    here = anywhere.where(known.c.area == area)
    whose = accounts.c.person_id.in_(anywhere) & accounts.c.person_id.not_in(here)
    same = (accounts.c.channel == addresses.c.channel) & (accounts.c.address == addresses.c.address)
    return select(addresses.c.conversation_id).join(accounts, same).where(whose)
