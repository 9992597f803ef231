"""Tells whoever has a case of an action that is nobody's: whoever it was given to has lost their role, or is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot import wording_duties
from bot.cases.clocks import Clock
from bot.people.hearing import hearers
from bot.people.people import DUTY
from bot.storage import Connection, KeyRing, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people_tables import POSTS

LEFT = "left"
"""The kind of message by which they hear of it; they hear it once of each who had the action."""


def tell(
    connection: Connection, keys: KeyRing, stored: Stored, running: Iterable[Clock], at: datetime, due_at: datetime
) -> None:
    """Note it for each such action of a case that goes on."""
    if stored.kind != "case" or not stored.goes_on:
        return
    given = [one for one in running if one.person and one.is_running and one.rule.met_by == "done"]
    known = stored_people.known_as(connection, keys, {one.person for one in given})
    for clock in given:
        whose = known.get(clock.person)
        if clock.deadline is None or (whose is not None and whose.has(stored.area, *DUTY, *POSTS)):
            continue
        heard = hearers(connection, keys, stored, "owner", at).people
        nudges.note(
            connection,
            stored.id,
            f"{LEFT}|{clock.about}|{clock.person}",
            at,
            clock="",
            kind=LEFT,
            post="owner",
            person_id=heard[0].id if heard else None,
            line=wording_duties.action_left(stored.ref, clock.title, clock.deadline),
            due_at=due_at,
        )
