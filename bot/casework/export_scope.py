"""Which people and conversations of a database are an area's, where several areas share it: those in its export."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from bot.casework.audit_days import is_role, is_role_here
from bot.casework.casework import Desk
from bot.record import from_json
from bot.storage import Forgotten, areas, beside, cases, decisions, exporting, former_ids, timeline
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.decisions import Decision
from bot.storage.families import PEOPLE
from bot.storage.timeline import Event

SHARED = """
This database keeps other areas too. Of people, these are who has or had a role in {area} or is named in a case of it;
roles in other areas are left out. A conversation and a question carry no area of their own: these are the conversations
with a decision for {area}, and those without any decision that one of these people had; and the questions of both.
Whoever is other areas' too has the same conversations in their exports. What nobody who is known asked, and decided
nothing by, is in none.
"""


@dataclass(frozen=True)
class Scope:
    """What of a database is an area's. `people` are the ids of its people; None: no other area is here."""

    area: str
    people: frozenset[str] | None

    def has_person(self, person_id: str) -> bool:
        """Whether somebody is the area's."""
        return self.people is None or person_id in self.people

    def shows_role(self, area: str) -> bool:
        """Whether a role in an area is shown of somebody."""
        return self.people is None or area == self.area

    def shows_entry(self, entry: Event) -> bool:
        """Whether an entry of somebody's own timeline is: a role in another area is not."""
        return self.people is None or not is_role(entry) or is_role_here(entry, self.area)

    def has_conversation(self, decided_for: Collection[str], held_by: Collection[str]) -> bool:
        """Whether a conversation is, by the areas its decisions were for; where it has none, by who has it."""
        if decided_for:
            return self.area in decided_for
        return self.people is None or not self.people.isdisjoint(held_by)


def scope_of(desk: Desk, every: Collection[Stored]) -> Scope:
    """What is the area's of a database; `every` is each case of the area."""
    if not areas.others(desk.connection, desk.area):
        return Scope(desk.area, None)
    named = {each for one in every for each in _named_in(desk, one)}
    named.update(_had_roles(desk))
    now = former_ids.now(desk.connection, named)
    ids = {now.get(one, one) for one in named}
    return Scope(desk.area, frozenset(ids | set(stored_people.of_area(desk.connection, desk.area))))


def conversations_of(desk: Desk, scope: Scope) -> dict[str, None]:
    """The ids of the area's conversations, in the order they began."""
    found: dict[str, None] = {}
    for conversation in exporting.conversations(desk.connection):
        try:
            decided_for = {from_json(one.body).area for one in all_decisions(desk, conversation)}
        except Forgotten:
            continue
        if scope.has_conversation(decided_for, exporting.held_by(desk.connection, conversation)):
            found[conversation] = None
    return found


def all_decisions(desk: Desk, conversation: str) -> list[Decision]:
    """Every decision of a conversation, then those on invented incidents. Raises Forgotten or Unreadable."""
    return [
        one
        for practice in (False, True)
        for one in decisions.read(desk.connection, desk.keys, conversation, practice=practice)
    ]


def _had_roles(desk: Desk) -> Iterator[str]:
    """Ids of those who were ever given a role in the area, by their own timelines, until they are forgotten."""
    for one in beside.of_people(desk.connection):
        with suppress(Forgotten):
            entries = timeline.read(desk.connection, desk.keys, one.id, family=PEOPLE)
            if any(is_role_here(each, desk.area) for each in entries):
                yield one.id


def _named_in(desk: Desk, stored: Stored) -> Iterator[str]:
    """What may be somebody's id, of all that a case names: whose it is, who did something, and to whom it was given."""
    yield from filter(None, (stored.owner_id, stored.opened_by))
    for one in cases.events(desk.connection, desk.keys, stored.id):
        said = json.loads(one.body)
        yield from filter(None, (said.get("by"), *dict(said.get("values", ())).values()))
    yield from filter(None, (one["person_id"] for one in exporting.nudges_of(desk.connection, stored.id)))
