"""Which people and conversations of a database are an area's, where several areas share it: those in its export."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.casework.casework import Desk
from bot.record import from_json
from bot.storage import Forgotten, areas, cases, decisions, exporting, former_ids
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.decisions import Decision

SHARED = """
This database keeps other areas too. Of people, these are who has a role in {area} or is named in a case of it. A
conversation and a question carry no area of their own: these are the conversations with a decision for {area}, and
those without any decision that one of these people had; and the questions of both. Whoever has roles in other areas
too has the same conversations in their exports. What nobody who is known asked, and decided nothing by, is in none.
"""


@dataclass(frozen=True)
class Scope:
    """What of a database is an area's. `people` are the ids of its people; None: no other area is here."""

    area: str
    people: frozenset[str] | None

    def has_person(self, person_id: str) -> bool:
        """Whether somebody is the area's."""
        return self.people is None or person_id in self.people

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


def _named_in(desk: Desk, stored: Stored) -> Iterator[str]:
    """What may be somebody's id, of all that a case names: whose it is, who did something, and to whom it was given."""
    yield from filter(None, (stored.owner_id, stored.opened_by))
    for one in cases.events(desk.connection, desk.keys, stored.id):
        said = json.loads(one.body)
        yield from filter(None, (said.get("by"), *dict(said.get("values", ())).values()))
    yield from filter(None, (one["person_id"] for one in exporting.nudges_of(desk.connection, stored.id)))
