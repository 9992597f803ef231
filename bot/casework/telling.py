"""Tells whoever has a case, or told something of it, what somebody else did to it: by reference, and what moved."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording_duties
from bot.cases.case import Case
from bot.cases.posts import of_person
from bot.casework import casework
from bot.casework.casework import Desk
from bot.people.hearing import hearers
from bot.storage import cases, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person
from bot.storage.told import GIVEN

NEW_CASE = "new_case"
"""The clock by which whoever has just been given an open case hears of it."""
CHANGED = "changed"
"""The kind of message by which the owner of a case hears that another person's news has changed it."""


def tell_owner(desk: Desk, stored: Stored, case: Case, by: Person, line: str, *, at_once: bool) -> None:
    """Tell whoever has a case what somebody else just did to it, in working time where it can wait for that."""
    if stored.owner_id == by.id:
        return
    heard: Sequence[Person | None] = hearers(desk.connection, desk.keys, stored, "owner", desk.at).people
    for person in heard or [None]:
        if person is None or person.id != by.id:
            _tell(desk, case, "", "owner", person.id if person is not None else None, line, at_once=at_once)


def tell_new_owner(desk: Desk, case: Case, by: Person) -> None:
    """Tell whoever was just given a case, where no clock of its own does that, as in one that is only on record."""
    if any(one.name == NEW_CASE and one.is_running for one in casework.clocks(desk, case)):
        return
    stored = cases.load(desk.connection, case.id)
    assert stored is not None  # it was changed a moment ago, in this transaction
    tell_owner(desk, stored, case, by, wording_duties.case_given(case.ref), at_once=False)


def tell_person(desk: Desk, case: Case, person_id: str, line: str) -> None:
    """Tell one person in working time what came of what they told, unless who they were is forgotten."""
    if stored_people.read(desk.connection, desk.keys, person_id) is None:
        return
    _tell(desk, case, "|told", of_person(person_id), person_id, line, at_once=False)


def tell_action_owner(desk: Desk, stored: Stored, case: Case, by: Person) -> None:
    """Tell whoever an action was just given to, or changed for: its duty and its day, before any reminder is due."""
    event = case.events[-1]
    if event.kind not in ("action agreed", "action changed"):
        return
    number = event.value("action") or case.actions[-1].id
    its = (one for one in casework.clocks(desk, case) if one.about == number and one.person and one.is_running)
    clock = next((one for one in its if one.rule.met_by == "done"), None)
    if clock is None or clock.deadline is None:
        return
    to = of_person(clock.person)
    line = wording_duties.action_given(case.ref, clock.title, clock.deadline)
    key = f"{clock.id}|{clock.period}|{clock.deadline}|{GIVEN} {event.seq}|{to}"
    for person in hearers(desk.connection, desk.keys, stored, to, desk.at, asked=to).people:
        if person.id != by.id:
            due_at = desk.working_time.next_open(desk.at)
            about = {"clock": clock.id, "kind": GIVEN, "post": to, "person_id": person.id, "line": line}
            nudges.note(desk.connection, case.id, key, desk.at, **about, due_at=due_at)


def _tell(desk: Desk, case: Case, key: str, post: str, person_id: str | None, line: str, *, at_once: bool) -> None:
    nudges.note(
        desk.connection,
        case.id,
        f"{CHANGED}|{case.events[-1].seq}{key}",
        desk.at,
        clock="",
        kind=CHANGED,
        post=post,
        person_id=person_id,
        line=line,
        due_at=desk.at if at_once else desk.working_time.next_open(desk.at),
    )
