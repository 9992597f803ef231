"""Tells whoever has a case, or told something of it, what somebody else did to it: by reference, and what moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot import wording_cases
from bot.cases.case import Case
from bot.casework import recipients
from bot.casework.casework import Desk
from bot.storage import nudges
from bot.storage.cases import Stored
from bot.storage.people import Person

CHANGED = "changed"
"""The kind of message by which the owner of a case hears that another person's news has changed it."""


def tell_owner(
    desk: Desk, stored: Stored, case: Case, by: Person, lines: tuple[str, ...], worded: Callable[[str, str], str]
) -> None:
    """Tell whoever has a case what somebody else's decision did to it: at once, or if no date moved in working time."""
    if not lines or stored.owner_id == by.id:
        return
    line = worded(stored.ref, " ".join(lines))
    due_at = desk.working_time.next_open(desk.at) if lines == (wording_cases.NOTHING_MOVED,) else desk.at
    heard: Sequence[Person | None] = recipients.hearers(desk.connection, desk.keys, stored, "owner", desk.at).people
    for person in heard or [None]:
        if person is None or person.id != by.id:
            nudges.note(
                desk.connection,
                stored.id,
                f"{CHANGED}|{case.events[-1].seq}",
                desk.at,
                clock="",
                kind=CHANGED,
                post="owner",
                person_id=person.id if person is not None else None,
                line=line,
                due_at=due_at,
            )


def tell_person(desk: Desk, stored: Stored, case: Case, person_id: str, line: str) -> None:
    """Tell one person in working time what came of what they told."""
    nudges.note(
        desk.connection,
        stored.id,
        f"{CHANGED}|{case.events[-1].seq}|told",
        desk.at,
        clock="",
        kind=CHANGED,
        post=f"person:{person_id}",
        person_id=person_id,
        line=line,
        due_at=desk.working_time.next_open(desk.at),
    )
