"""What becomes of the cases of somebody who has lost the role for them, and of what waits to be sent to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cases.posts import person_in
from bot.clock import london_date
from bot.people import need_to_know, people
from bot.people.hearing import hearers
from bot.people.people import DUTY
from bot.storage import Connection, KeyRing, cases, reminded
from bot.storage import people as stored_people
from bot.storage.called_back import call_back, readdress, unsent_to
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from bot.storage.people import Person
from bot.storage.people_tables import POSTS
from bot.storage.told import GIVEN

_READERS = {"digest": DUTY, "week": ("lead", "business_manager"), "review": ("content_owner", "administrator")}
"""Who reads each digest, by how its key begins."""


@dataclass(frozen=True)
class HandedOn:
    """How many open cases went on, and to whom; None: they are nobody's now, and administrators hear of it."""

    cases: int = 0
    to: Person | None = None


def has_cases(connection: Connection, keys: KeyRing, area: str, person_id: str) -> bool:
    """Whether somebody holds a role whose holders have cases."""
    if stored_people.holds_any(connection, person_id, area, DUTY):
        return True
    # Who turned out to be somebody else holds their roles as that one.
    person = stored_people.known_as(connection, keys, [person_id]).get(person_id)
    return person is not None and person.has(area, *DUTY)


def hand_on(connection: Connection, keys: KeyRing, area: str, person_id: str, at: datetime) -> HandedOn:
    """Give every case that goes on of somebody who is neither lead nor deputy any more to whoever is on duty now.

    What waits to be sent to them goes to whoever hears of it now, unless they still hold what it was for.
    """
    person = stored_people.read(connection, keys, person_id)
    if person is None:
        return HandedOn()
    handed = HandedOn() if person.has(area, *DUTY) else _hand_on_cases(connection, keys, area, person_id, at)
    _pass_on(connection, keys, area, person, at)
    return handed


def _hand_on_cases(connection: Connection, keys: KeyRing, area: str, person_id: str, at: datetime) -> HandedOn:
    duty = people.on_duty(connection, keys, area, london_date(at))
    theirs = cases.going_on(connection, area, person_id)
    for each in sorted(theirs, key=lambda one: one.id):
        one = cases.load(connection, each.id, lock=True)
        if one is None or one.owner_id != person_id or not one.goes_on:
            continue
        # The bot's own act, as its event says: nobody chose who is next.
        body = json.dumps({"values": [["owner", duty.id if duty else ""]]})
        cases.append(connection, keys, one.id, at, "reassigned", body)
        # Woken at once, so that the new owner, or administrators, hear at once.
        cases.change(connection, one.id, owner_id=duty.id if duty else None, wake_at=at)
    return HandedOn(len(theirs), duty)


def _pass_on(connection: Connection, keys: KeyRing, area: str, person: Person, at: datetime) -> None:
    """What has not been sent to them and is not for them any more goes to whoever hears of it now, or is let go."""
    for case_id in sorted({one.case_id for one in unsent_to(connection, person.id)}):
        case = cases.load(connection, case_id, lock=True)
        if case is not None and case.area == area:
            waits = unsent_to(connection, person.id, case_id)
            _let_go(connection, keys, case, person, [one for one in waits if _is_about_nothing_owed(one)], at)
            _readdress(connection, keys, case, person, [one for one in waits if not _is_about_nothing_owed(one)], at)


def _let_go(
    connection: Connection, keys: KeyRing, case: Stored, person: Person, waits: Sequence[Noted], at: datetime
) -> None:
    gone = [one for one in waits if not _is_still_for(one, person, case)]
    call_back(connection, gone, at)
    reminded.withdrawn(connection, keys, case.id, gone, at)


def _readdress(
    connection: Connection, keys: KeyRing, case: Stored, person: Person, waits: Sequence[Noted], at: datetime
) -> None:
    to_others: dict[str | None, list[Noted]] = {}
    told: set[tuple[str, str]] = set()
    for one in waits:
        if _still_holds(one, person, case, at) or _stands_in(one, person, case.area):
            continue
        heard = hearers(connection, keys, case, one.post, at).people
        if any(each.id == person.id for each in heard):
            continue
        first = next(iter(heard), None)
        to_others.setdefault(first.id if first else None, []).append(one)
        if first is not None and (first.id, one.post) not in told:
            need_to_know.passed_up(connection, keys, case, first, one.post, at)
            told.add((first.id, one.post))
    for to, theirs in to_others.items():
        readdress(connection, keys, case.id, theirs, to, at)


def _is_about_nothing_owed(one: Noted) -> bool:
    """Whether nobody else hears it in their place: a digest, an alarm, what came of what they told, an action given."""
    return (not one.clock and one.post != "owner") or one.kind == GIVEN


def _is_still_for(one: Noted, person: Person, case: Stored) -> bool:
    if one.kind == GIVEN:
        return person.has(case.area, *DUTY, *POSTS)
    if person_in(one.post):
        return case.opened_by == person.id or person.has(case.area, *DUTY, *POSTS)
    return person.has(case.area, *_READERS.get(one.key.partition("|")[0], (one.post,)))


def _still_holds(one: Noted, person: Person, case: Stored, at: datetime) -> bool:
    """Whether it is for a role or post that they hold as well, and are here for."""
    return person.has(case.area, one.post) and not person.is_away(london_date(at))


def _stands_in(one: Noted, person: Person, area: str) -> bool:
    """Whether it has come to them because somebody else could not be reached."""
    return person.has(area, *DUTY) and any(map(person_in, one.tried))
