"""Which areas share a database, and which of them something looks after: each erases its own by its own periods."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Table, select

from bot.storage.case_tables import cases, heartbeats
from bot.storage.nudges import beat
from bot.storage.people_tables import roles
from bot.storage.tables import conversations, insert_all_once

UNKNOWN = ""
"""The area of what is from before areas were noted, where nobody could tell: it counts as that which is served."""
GIVEN_UP_AFTER = timedelta(days=90)
"""An area nothing has looked after for so long is erased by whoever is there, or it would stay for ever."""
_LOOKED_AFTER = "looked after: "


def others(connection: Connection, area: str) -> set[str]:
    """The areas beside one that have people, cases or conversations here."""
    kept = select(cases.c.area).where(cases.c.kind == "case", cases.c.forgotten_at.is_(None))
    found = connection.execute(sa.union(select(roles.c.area), kept, select(conversations.c.area))).scalars()
    return set(found) - {area, UNKNOWN}


def is_of(table: Table, area: str) -> sa.ColumnElement[bool]:
    """Which rows of a table are an area's."""
    return table.c.area.in_((area, UNKNOWN))


def look_after(connection: Connection, area: str, at: datetime) -> None:
    """Say that something looks after an area now."""
    beat(connection, f"{_LOOKED_AFTER}{area}", at)


def looked_after_elsewhere(connection: Connection, area: str, at: datetime) -> set[str]:
    """The areas whose conversations and questions are not erased by this one's periods.

    One seen for the first time counts as looked after now. So does what is of an unknown area, where others are here:
    it may be theirs.
    """
    found = others(connection, area)
    if not found:
        return set()
    named = {f"{_LOOKED_AFTER}{one}": one for one in (*found, UNKNOWN)}
    insert_all_once(connection, heartbeats, [{"name": name, "at": at} for name in named], heartbeats.c.name)
    lately = select(heartbeats.c.name).where(heartbeats.c.name.in_(named), heartbeats.c.at > at - GIVEN_UP_AFTER)
    return {named[name] for name in connection.execute(lately).scalars()}
