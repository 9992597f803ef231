"""Roles: given and taken by administrators only, never to oneself, and never so that nobody is left who may."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from bot import wording_people
from bot.cases import nudge_words
from bot.people import people
from bot.people.handing_on import HandedOn, hand_on
from bot.storage import Connection, KeyRing, cases, conversations, former_ids, nudges, sessions, told
from bot.storage import people as stored
from bot.storage.cases import Stored
from bot.storage.people import Person, Role, Taken
from bot.storage.people_tables import POSTS, ROLES

ADMINISTRATOR = "administrator"
ALL = (*ROLES, *POSTS)


class NotAllowed(Exception):
    """What was asked is not done; the message says why, for whoever asked."""


def first_administrator(connection: Connection, keys: KeyRing, area: str, name: str, mail: str, at: datetime) -> Person:
    """Make the first administrator of an area: a new person, or whoever has the e-mail address.

    Raises NotAllowed where there is one, naming who may give roles.
    """
    # Held, so that of two made at one instant only one is.
    stored.hold_roles(connection)
    if there := stored.holders(connection, keys, area, ADMINISTRATOR):
        raise NotAllowed(wording_people.administrators_give([people.label(one) for one in there]))
    known = stored.at_account(connection, keys, people.MAIL, mail) if mail else None
    person = known or add(connection, keys, name, mail, at)
    stored.grant(connection, keys, person.id, Role(area, ADMINISTRATOR), at, person.id)
    return _read(connection, keys, person.id)


def add(connection: Connection, keys: KeyRing, name: str, mail: str, at: datetime) -> Person:
    """A new person with a name and, unless it is empty, an e-mail address. Raises NotAllowed where that is taken."""
    if not (name := named(name)):
        raise NotAllowed(wording_people.NO_NAME)
    made = stored.make(connection, keys, name, at)
    try:
        if mail:
            stored.add_account(connection, keys, made, people.MAIL, mail, at)
    except Taken:
        stored.unmake(connection, made)
        holder = stored.at_account(connection, keys, people.MAIL, mail)
        raise NotAllowed(wording_people.mail_taken(mail, people.label(holder) if holder else "")) from None
    return _read(connection, keys, made)


def give(connection: Connection, keys: KeyRing, by: Person, to: Person, role: Role, at: datetime) -> bool:
    """Give someone a role; False if they have it. Raises NotAllowed."""
    check_may_give(by, role.area)
    if role.role not in ALL:
        raise NotAllowed(wording_people.no_such_role(role.role))
    if by.id == to.id:
        raise NotAllowed(wording_people.NOT_TO_ONESELF)
    return stored.grant(connection, keys, to.id, role, at, by.id)


def take(connection: Connection, keys: KeyRing, by: Person, whose: Person, role: Role, at: datetime) -> HandedOn | None:
    """Take a role from someone, and say what became of their cases; None if they do not have it.

    Raises NotAllowed; the last administrator stays one.
    """
    check_may_give(by, role.area)
    _check_not_last(connection, whose, role)
    if not stored.revoke(connection, keys, whose.id, role, at, by.id):
        return None
    _wake_given(connection, whose, at)
    return hand_on(connection, keys, role.area, whose.id, at)


def forget(connection: Connection, keys: KeyRing, area: str, person: Person, at: datetime) -> None:
    """Erase who someone is, their own conversations, and their name from every reminder that is kept.

    Raises NotAllowed while something depends on them: the last administrator, a case in which something is to be
    done, a legal hold.
    """
    for role in person.roles:
        _check_not_last(connection, person, role)
    if owned := cases.going_on(connection, area, person.id):
        raise NotAllowed(wording_people.owns_cases(people.label(person), [one.ref for one in owned]))
    if held := _held(connection, keys, area, person):
        raise NotAllowed(wording_people.held_cases(people.label(person), held))
    spoken = {(one.channel, one.address) for one in person.accounts} | sessions.pages_of(connection, person.id)
    for channel, address in sorted(spoken):
        if theirs := conversations.id_at(connection, channel, address):
            conversations.forget(connection, theirs, at)
    _wake_given(connection, person, at)
    stored.forget(connection, keys, person.id, at)
    _take_out_names(connection, keys)


def _wake_given(connection: Connection, person: Person, at: datetime) -> None:
    """Have the open cases looked at in which an action was given to somebody: it may be nobody's now."""
    for case_id in told.given(connection, person.id):
        case = cases.load(connection, case_id)
        if case is not None and case.goes_on:
            cases.change(connection, case_id, wake_at=at)


def _held(connection: Connection, keys: KeyRing, area: str, person: Person) -> list[str]:
    """The cases under a legal hold that somebody opened, had or acted on, or that a decision of theirs was put with."""
    every = cases.listed(connection, area, statuses=("open", "recorded", "closed"))
    theirs = [one for one in every if person.id in (one.opened_by, one.owner_id)]
    refs = {one.ref for one in theirs} | {_put_with(connection, keys, one) for one in theirs}
    ids = {person.id, *former_ids.of(connection, person.id)}
    held = (one for one in every if one.held)
    return sorted(one.ref for one in held if one.ref in refs or _is_in(connection, keys, one, ids))


def _is_in(connection: Connection, keys: KeyRing, one: Stored, ids: Collection[str]) -> bool:
    """Whether something of a case is by one of these, or made it theirs."""
    said = (json.loads(each.body) for each in cases.events(connection, keys, one.id))
    return any(each.get("by") in ids or dict(each.get("values", ())).get("owner") in ids for each in said)


def _put_with(connection: Connection, keys: KeyRing, one: Stored) -> str:
    """The reference of the case that a decision was put with; empty where that is none."""
    if one.status != "recorded":
        return ""
    entries = [(each, dict(json.loads(each.body)["values"])) for each in cases.events(connection, keys, one.id)]
    gone = {values.get("event") for each, values in entries if each.kind == "taken back"}
    put = [values["to"] for each, values in entries if each.kind == "joined" and str(each.seq) not in gone]
    return put[-1] if put else ""


def _take_out_names(connection: Connection, keys: KeyRing) -> None:
    """Leave no name in a reminder's kept words but of those who are known: an earlier name goes as well."""
    known = {people.label(one) for one in stored.read_all(connection, keys)}
    for one in nudges.saying(connection, *nudge_words.NAMING):
        if (line := nudge_words.without_names(one.line, known)) != one.line:
            nudges.reword(connection, one.id, line)


def check_may_give(by: Person | None, area: str) -> None:
    """Raises NotAllowed for whoever is no administrator of an area."""
    if not people.may(by, area, "give roles"):
        raise NotAllowed(wording_people.ONLY_ADMINISTRATORS)


def named(text: str) -> str:
    """A name as it is kept: on one line, at most 80 characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:80].strip()


def _check_not_last(connection: Connection, whose: Person, role: Role) -> None:
    if role.role != ADMINISTRATOR:
        return
    # Held, so that of two who take the role from each other at once one is refused.
    if set(stored.hold_role(connection, role.area, ADMINISTRATOR)) == {whose.id}:
        raise NotAllowed(wording_people.LAST_ADMINISTRATOR)


def _read(connection: Connection, keys: KeyRing, person_id: str) -> Person:
    found = stored.read(connection, keys, person_id)
    assert found is not None
    return found
