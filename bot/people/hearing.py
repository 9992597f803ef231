"""Who hears what goes to a role, a post or one person: whoever holds it today, whoever covers, or the case's owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.posts import person_in
from bot.clock import london_date
from bot.people import people
from bot.people.people import DUTY
from bot.storage import Connection, KeyRing
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person
from bot.storage.people_tables import POSTS

DEPUTY = "deputy"


@dataclass(frozen=True)
class Hearers:
    """Who hears it, and `missing`, the role or post for which they hear it; empty where it is theirs.

    `is_away`: somebody holds that role or post, and nobody who does is here. `role` is in which role they hear it,
    where that is another than it was for.
    """

    people: Sequence[Person]
    missing: str = ""
    is_away: bool = False
    role: str = ""


def hearers(
    connection: Connection, keys: KeyRing, stored: Stored, to: str, at: datetime, *, asked: str = "owner"
) -> Hearers:
    """Who hears what goes to a role, a post, or "person:" and an id.

    `asked` is whose it is, for the same kinds: where the case's owner hears because that one does not answer, and the
    two are one person today, somebody beside them does. What is for somebody who is away, with nobody here to stand
    in, goes to them all the same.
    """
    today = london_date(at)
    named = stored.owner_id if to == "owner" else person_in(to)
    if named or to == "owner":
        found = _of_owner(connection, keys, stored, named, at)
        return found if to == asked else _instead_of(connection, keys, stored, found, asked, at)
    holders = stored_people.holders(connection, keys, stored.area, to)
    here = people.present(holders, today)
    if here and to != DEPUTY:
        return Hearers(here)
    owner = hearers(connection, keys, stored, "owner", at)
    if to == DEPUTY and (beside := _beside(connection, keys, stored, owner, today)):
        return beside
    return Hearers(owner.people, to, is_away=bool(holders))


def _beside(connection: Connection, keys: KeyRing, stored: Stored, owner: Hearers, today: date) -> Hearers | None:
    """Who hears beside the owner: a deputy; where none is here but who has the case, a lead; else that deputy."""
    has_it = {one.id for one in owner.people}
    deputies, leads = (
        people.present(stored_people.holders(connection, keys, stored.area, role), today) for role in (DEPUTY, "lead")
    )
    first = next((one for one in (*deputies, *leads) if one.id not in has_it), None) or next(iter(deputies), None)
    if first is None:
        return None
    return Hearers([first], role=DEPUTY if first.has(stored.area, DEPUTY) else "lead")


def _instead_of(
    connection: Connection, keys: KeyRing, stored: Stored, owner: Hearers, asked: str, at: datetime
) -> Hearers:
    """Who hears in the owner's place of what somebody else was asked, where that has come to the owner already."""
    has_it = hearers(connection, keys, stored, asked, at).people if person_in(asked) else ()
    if not any(one in has_it for one in owner.people):
        return owner
    return _beside(connection, keys, stored, owner, london_date(at)) or owner


def _of_owner(connection: Connection, keys: KeyRing, stored: Stored, named: str | None, at: datetime) -> Hearers:
    """Who hears what is for somebody's own case, or action."""
    today = london_date(at)
    person = stored_people.read(connection, keys, named) if named else None
    if named and person is None:
        # What was noted before they joined another account names them by what they were called then.
        person = stored_people.known_as(connection, keys, [named]).get(named)
    if person is not None and not person.has(stored.area, *DUTY, *POSTS):
        # With their role or post went what was theirs: whoever has the case hears of it.
        if named != stored.owner_id:
            return _of_owner(connection, keys, stored, stored.owner_id, at)
        person = None
    covering = people.cover_for(connection, keys, person, stored.area, today) if person else None
    if covering is not None:
        return Hearers([covering])
    if (duty := people.on_duty(connection, keys, stored.area, today)) is not None:
        return Hearers([duty], "owner")
    away = [one for role in DUTY for one in stored_people.holders(connection, keys, stored.area, role)]
    first = person or next(iter(away), None)
    return Hearers([first] if first else [], "lead", is_away=bool(first))
