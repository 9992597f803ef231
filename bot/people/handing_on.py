"""What becomes of the cases of somebody who has lost the role for them, and of what waits to be sent to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.clock import london_date
from bot.people import people
from bot.storage import Connection, KeyRing, cases, nudges, told
from bot.storage import people as stored_people
from bot.storage.called_back import UNSENT, readdress
from bot.storage.people import Person
from bot.storage.people_tables import POSTS

DUTY = ("lead", "deputy")
"""The roles whose holders have cases."""


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
    """Give every open case of somebody who is neither lead nor deputy any more to whoever is on duty now."""
    person = stored_people.read(connection, keys, person_id)
    if person is None or person.has(area, *DUTY):
        return HandedOn()
    duty = people.on_duty(connection, keys, area, london_date(at))
    theirs = cases.listed(connection, area, owner_id=person_id)
    for each in sorted(theirs, key=lambda one: one.id):
        one = cases.load(connection, each.id, lock=True)
        if one is None or one.owner_id != person_id or one.status != "open":
            continue
        # The bot's own act, as its event says: nobody chose who is next.
        body = json.dumps({"values": [["owner", duty.id if duty else ""]]})
        cases.append(connection, keys, one.id, at, "reassigned", body)
        # Woken at once, so that the new owner, or administrators, hear at once.
        cases.change(connection, one.id, owner_id=duty.id if duty else None, wake_at=at)
    _pass_on(connection, keys, area, person, at)
    return HandedOn(len(theirs), duty)


def _pass_on(connection: Connection, keys: KeyRing, area: str, person: Person, at: datetime) -> None:
    """What has not been sent to them about cases that are not theirs to see any more goes to each case's owner."""
    if person.has(area, *POSTS):
        return
    for case_id in told.case_ids(connection, person.id):
        case = cases.load(connection, case_id, lock=True)
        if case is not None and case.area == area:
            theirs = [one for one in nudges.of_case(connection, case_id, UNSENT) if one.person_id == person.id]
            readdress(connection, keys, case_id, theirs, case.owner_id, at)
