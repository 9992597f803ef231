"""Who may do what, who has the duty, and who is meant by a name: rules over people, and finding them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Protocol

from bot import wording_people
from bot.storage import Connection, KeyRing
from bot.storage import people as stored
from bot.storage.people import Person, Taken

MAIL = "mail"

Action = Literal[
    "see case",
    "note on case",
    "act on case",
    "open case",
    "open case by hand",
    "see cases",
    "see questions",
    "answer questions",
    "see people",
    "give roles",
]

# Whoever holds one of these in the area may. An administrator sees no case, and a lead gives no role.
_BY_ROLE: dict[Action, frozenset[str]] = {
    "see case": frozenset({"lead", "deputy"}),
    "note on case": frozenset({"lead", "deputy"}),
    "act on case": frozenset({"lead", "deputy"}),
    "open case by hand": frozenset({"lead", "deputy"}),
    "see cases": frozenset({"lead", "deputy"}),
    "see questions": frozenset({"lead", "deputy", "content_owner"}),
    "answer questions": frozenset({"content_owner"}),
    "see people": frozenset({"administrator"}),
    "give roles": frozenset({"administrator"}),
}
DUTY = ("lead", "deputy")
"""The roles whose holders have cases; who is on duty is sought in this order."""
_SHORTEST_ID = 8


class Concerned(Protocol):
    """Of a case, whom it concerns: the id of whoever opened it, None for nobody."""

    @property
    def area(self) -> str:
        """The area it belongs to."""
        ...

    @property
    def opened_by(self) -> str | None:
        """Who opened it."""
        ...


def may(person: Person | None, area: str, action: Action, case: Concerned | None = None) -> bool:
    """Whether someone may do something in an area: need-to-know, and nothing for those we do not know.

    For what is done with one case, `case` is that one. Whoever opened it may see it and add to it; a lead or deputy of
    its area may act on it too, and nobody else: without the role not even its owner, whose a closed case stays. A case
    of another area is nobody's here. A case is opened by whoever is more than a browser: they have confirmed a work
    e-mail, signed in, use another channel or hold a role.
    """
    if person is None or (case is not None and case.area != area):
        return False
    if action == "open case":
        return any(one.channel != "web" for one in person.accounts) or any(one.area == area for one in person.roles)
    if person.has(area, *_BY_ROLE[action]):
        return True
    return case is not None and action in {"see case", "note on case"} and person.id == case.opened_by


def present(holders: Iterable[Person], on: date) -> list[Person]:
    """Those who are not away on a day, in the same order."""
    return [one for one in holders if not one.is_away(on)]


def on_duty(connection: Connection, keys: KeyRing, area: str, on: date) -> Person | None:
    """Whose a new case is: the first lead not away, else the first deputy; None is an alarm to administrators."""
    for role in DUTY:
        if here := present(stored.holders(connection, keys, area, role), on):
            return here[0]
    return None


def in_post(connection: Connection, keys: KeyRing, area: str, post: str, on: date) -> list[Person]:
    """Those who hold a role or post and are not away, whoever was given it first coming first."""
    return present(stored.holders(connection, keys, area, post), on)


def cover_for(connection: Connection, keys: KeyRing, person: Person, area: str, on: date) -> Person | None:
    """Who hears what someone would hear: they themselves; while they are away a deputy, else a lead; None is nobody."""
    if not person.is_away(on):
        return person
    others = (
        one for role in ("deputy", "lead") for one in in_post(connection, keys, area, role, on) if one.id != person.id
    )
    return next(others, None)


def has_administrator(connection: Connection, area: str) -> bool:
    """Whether anybody looks after the people of an area."""
    return stored.anyone(connection, area, "administrator")


def label(person: Person) -> str:
    """What to call someone: their name, or what there is of them."""
    mail = next((one.address for one in person.accounts if one.channel == MAIL), "")
    first = wording_people.channel(person.accounts[0].channel) if person.accounts else ""
    return person.name or mail or wording_people.unnamed(first)


def ensure(connection: Connection, keys: KeyRing, channel: str, address: str, at: datetime) -> Person:
    """Whoever holds an account; a new person without a name if nobody does."""
    found = stored.at_account(connection, keys, channel, address)
    if found is not None:
        return found
    made = stored.make(connection, keys, "", at)
    try:
        stored.add_account(connection, keys, made, channel, address, at)
    except Taken:
        # Another turn was faster.
        stored.unmake(connection, made)
    found = stored.at_account(connection, keys, channel, address)
    assert found is not None
    return found


def find(connection: Connection, keys: KeyRing, text: str) -> list[Person]:
    """Those whom a text may mean: by id, e-mail address, whole name, or words of their name; the surest way alone."""
    everyone = stored.read_all(connection, keys)
    meant = " ".join(text.casefold().split())
    ways = (
        lambda one: one.id == meant or (len(meant) >= _SHORTEST_ID and one.id.startswith(meant)),
        lambda one: any(each.channel == MAIL and each.address.casefold() == meant for each in one.accounts),
        lambda one: " ".join(one.name.casefold().split()) == meant,
        lambda one: set(meant.split()) <= set(one.name.casefold().split()),
    )
    found = ([one for one in everyone if way(one)] for way in ways) if meant else iter(())
    return next((some for some in found if some), [])
