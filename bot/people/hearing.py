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

    `is_away`: somebody holds that role or post, and nobody who does is here.
    """

    people: Sequence[Person]
    missing: str = ""
    is_away: bool = False


def hearers(connection: Connection, keys: KeyRing, stored: Stored, to: str, at: datetime) -> Hearers:
    """Who hears what goes to a role, a post, or "person:" and an id.

    What is for somebody who is away, with nobody here to stand in, goes to them all the same.
    """
    today = london_date(at)
    named = stored.owner_id if to == "owner" else person_in(to)
    if named or to == "owner":
        return _of_owner(connection, keys, stored, named, at)
    holders = stored_people.holders(connection, keys, stored.area, to)
    here = people.present(holders, today)
    if here and to != DEPUTY:
        return Hearers(here)
    owner = hearers(connection, keys, stored, "owner", at)
    if to == DEPUTY and (beside := _beside(connection, keys, stored, here, owner, today)):
        return Hearers(beside)
    return Hearers(owner.people, to, is_away=bool(holders))


def _beside(
    connection: Connection, keys: KeyRing, stored: Stored, deputies: list[Person], owner: Hearers, today: date
) -> list[Person]:
    """The deputy who hears beside the owner: where that one has the case, or none is here, another, or else a lead."""
    has_it = {one.id for one in owner.people}
    leads = people.present(stored_people.holders(connection, keys, stored.area, "lead"), today)
    return [one for one in (*deputies, *leads) if one.id not in has_it][:1] or deputies[:1]


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
