"""Who may see a case beside its people: whoever holds a post to which one of its duties was passed up, from then on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime

from bot.cases.clocks import Clock
from bot.cases.posts import of_person
from bot.people import people
from bot.people.people import DUTY
from bot.storage import Connection, KeyRing, cases, told
from bot.storage.cases import Stored
from bot.storage.people import Person
from bot.storage.people_tables import POSTS

ANSWERS = frozenset({"acknowledge", "done", "snooze"})
"""What they may do with a duty of such a case: say that they have it, that it is done, or that their action waits."""
_SEEING: frozenset[people.Action] = frozenset({"see case", "note on case"})


def passed_up(connection: Connection, keys: KeyRing, stored: Stored, person: Person, to: str, at: datetime) -> None:
    """Put on a case's record that somebody may see it now, the first time that a duty of it goes to their post."""
    if people.may(person, stored.area, "see case", stored) or is_told(connection, person, stored):
        return
    body = json.dumps({"by": person.id, "post": to})
    cases.append(connection, keys, stored.id, at, cases.PASSED_UP, body)


def is_told(connection: Connection, person: Person | None, stored: Stored) -> bool:
    """Whether a duty of a case was passed up to a post that this person still holds, or is an action of theirs."""
    if person is None:
        return False
    return any(_is_theirs(person, stored.area, post) for post in told.posts(connection, stored.id, person.id))


def answerable(connection: Connection, person: Person, stored: Stored, clocks: Iterable[Clock]) -> list[Clock]:
    """Those of a case's clocks of which somebody may say that they have it, or that it is done.

    All, where they act on the case or one was passed up to their post; else the actions that are theirs.
    """
    every = list(clocks)
    if people.may(person, stored.area, "act on case", stored):
        return every
    held = [one for one in told.posts(connection, stored.id, person.id) if _is_theirs(person, stored.area, one)]
    if any(one in POSTS for one in held):
        return every
    return [one for one in every if one.person == person.id and person.has(stored.area, *DUTY, *POSTS)]


def can_put_off(connection: Connection, person: Person, stored: Stored, clocks: Iterable[Clock]) -> list[Clock]:
    """Those of a case's clocks that are somebody's to put off: all, where they act on the case; else their actions."""
    if people.may(person, stored.area, "act on case", stored):
        return list(clocks)
    return [one for one in answerable(connection, person, stored, clocks) if one.person == person.id]


def of_actions(connection: Connection, person: Person, area: str) -> list[Stored]:
    """The cases that go on in which an action was given to somebody who may not see the case itself."""
    ids = told.given(connection, person.id) if person.has(area, *DUTY, *POSTS) else []
    found = [one for one in (cases.load(connection, case_id) for case_id in ids) if one is not None]
    theirs = [one for one in found if one.area == area and one.goes_on]
    return [one for one in theirs if not may(connection, person, "see case", one)]


def may(connection: Connection, person: Person | None, action: people.Action, stored: Stored) -> bool:
    """Whether somebody may do something with a case: as its people may, or see it and add to it as one who was told."""
    if people.may(person, stored.area, action, stored):
        return True
    return action in _SEEING and is_told(connection, person, stored)


def listed(connection: Connection, person: Person, area: str, statuses: Collection[str]) -> list[Stored]:
    """The cases that are somebody's to see, and last the area's own year, where that is."""
    if people.may(person, area, "see cases"):
        year = cases.find(connection, area, cases.AREA_REF)
        its = [year] if year is not None and year.status in statuses else []
        return [*cases.listed(connection, area, statuses=statuses), *its]
    has_role = any(role.area == area for role in person.roles)
    ids = told.case_ids(connection, person.id) if has_role else []
    passed = [cases.load(connection, case_id) for case_id in ids]
    found = [
        *cases.listed(connection, area, statuses=statuses, opened_by=person.id),
        *(
            one
            for one in passed
            if one is not None and one.area == area and one.status in statuses
            if is_told(connection, person, one)
        ),
    ]
    return sorted({one.id: one for one in found}.values(), key=lambda one: one.kind == "area")


def going_on(connection: Connection, person: Person, area: str) -> list[Stored]:
    """Those of them that are open, or on record with something to be done."""
    return [one for one in listed(connection, person, area, ("open", "recorded")) if one.goes_on]


def _is_theirs(person: Person, area: str, post: str) -> bool:
    if post == of_person(person.id):
        return person.has(area, *DUTY, *POSTS)
    return post in POSTS and person.has(area, post)
