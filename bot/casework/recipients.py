"""Who hears a nudge: the person behind a role or post today, or whoever covers for them, and never nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases import nudge_words
from bot.cases.nudges import Nudge
from bot.clock import london_date
from bot.definitions import Definitions
from bot.people import people
from bot.storage import Connection, KeyRing, cases, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person

ADMINISTRATOR = "administrator"
_PERSON = "person:"


@dataclass(frozen=True)
class Hearers:
    """Who hears it, and `missing`, the role or post that nobody holds, for whom they hear it; empty where one does."""

    people: Sequence[Person]
    missing: str = ""


def note(
    connection: Connection, keys: KeyRing, definitions: Definitions, stored: Stored, nudge: Nudge, at: datetime
) -> None:
    """Note a nudge once, for each who is to hear it. Where a post is nobody's, administrators hear of that, once."""
    heard = hearers(connection, keys, stored, nudge.to, at)
    told = (one for one in nudge.heard if _is_somebody(connection, keys, stored, one, at))
    nudge = replace(nudge, heard=tuple(told))
    line = nudge_words.line(nudge, definitions.local.calendar)
    if heard.missing:
        line = f"{line} {nudge_words.nobody_is(heard.missing, definitions.area)}"
        alarm(connection, keys, stored, heard.missing, at)
    for number, person in enumerate(heard.people or [None]):
        nudges.note(
            connection,
            stored.id,
            nudge.key if number == 0 else f"{nudge.key}|{number + 1}",
            at,
            clock=nudge.clock,
            kind=nudge.kind,
            post=nudge.to,
            person_id=person.id if person else None,
            line=line,
            due_at=nudge.due_at,
        )


def _is_somebody(connection: Connection, keys: KeyRing, stored: Stored, to: str, at: datetime) -> bool:
    """Whether anybody hears what goes to a role or post in their own right, so that it can be said that they heard."""
    return not hearers(connection, keys, stored, to, at).missing


def hearers(connection: Connection, keys: KeyRing, stored: Stored, to: str, at: datetime) -> Hearers:
    """Who hears what goes to a role, a post, or "person:" and an id."""
    today = london_date(at)
    if to == "owner" or to.startswith(_PERSON):
        named = stored.owner_id if to == "owner" else to.removeprefix(_PERSON)
        person = stored_people.read(connection, keys, named) if named else None
        covering = people.cover_for(connection, keys, person, stored.area, today) if person else None
        if covering is not None:
            return Hearers([covering])
        duty = people.on_duty(connection, keys, stored.area, today)
        return Hearers([duty], "owner") if duty else _administrators(connection, keys, stored.area, "lead")
    holders = people.in_post(connection, keys, stored.area, to, today)
    if holders:
        return Hearers(holders[:1] if to == "deputy" else holders)
    return Hearers(hearers(connection, keys, stored, "owner", at).people, to)


def alarm(connection: Connection, keys: KeyRing, stored: Stored, missing: str, at: datetime) -> None:
    """Tell every administrator, once for an area, that nobody holds a role or post to which something was to go."""
    area = cases.of_the_area(connection, keys, stored.area, cases.plan(connection, stored.plan_id), at)
    for number, person in enumerate(_administrators(connection, keys, stored.area, missing).people):
        nudges.note(
            connection,
            area.id,
            f"nobody is|{missing}" + (f"|{number + 1}" if number else ""),
            at,
            clock="",
            kind="alarm",
            post=ADMINISTRATOR,
            person_id=person.id,
            line=nudge_words.give_the_role(missing),
            due_at=at,
        )


def _administrators(connection: Connection, keys: KeyRing, area: str, missing: str) -> Hearers:
    return Hearers(stored_people.holders(connection, keys, area, ADMINISTRATOR), missing)
