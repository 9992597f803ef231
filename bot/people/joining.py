"""Joins accounts to one person: by a code shown on one of them, or one sent to a work e-mail address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import wording_joining, wording_people
from bot.letters import Letter
from bot.messages import Link, Reply, Text
from bot.people import people
from bot.people.roles import ADMINISTRATOR, NotAllowed
from bot.storage import Connection, Forgotten, KeyRing, join_codes, joining, tries
from bot.storage import people as stored
from bot.storage.join_codes import JoinCode
from bot.storage.people import Person, Taken
from bot.storage.sessions import WEB

Here = tuple[str, str]
"""The account something is done on: its channel and its address there."""

_OIDC = "oidc"


@dataclass(frozen=True)
class Seen:
    """What a code would do, said to whoever entered it, and the words with which they agree."""

    text: str
    agree: str


def code_for(connection: Connection, keys: KeyRing, here: Here, at: datetime) -> str:
    """A code that joins the account it is entered on to whoever holds this one, a new person if nobody does."""
    person = people.ensure(connection, keys, *here, at)
    return join_codes.for_person(connection, keys, person.id, *here, at)


def letter_to(connection: Connection, keys: KeyRing, here: Here, mail: str, public_url: str, at: datetime) -> Letter:
    """A letter with a code that shows that an e-mail address is this account's. Raises NotAllowed after too many."""
    # An address is not kept for this: it may be a stranger's.
    sources = (f"code by mail:{keys.mac('code by mail', mail).hex()}", f"mail asked:{here[0]} {here[1]}")
    if any(tries.too_many(connection, source, at) for source in sources):
        raise NotAllowed(wording_joining.TOO_MANY_LETTERS)
    for source in sources:
        tries.note(connection, source, at)
    code = join_codes.for_mail(connection, keys, mail, *here, at)
    link = (Link(wording_joining.LETTER_LINK, f"{public_url}/join/{code}"),) if public_url else ()
    where = wording_people.channel(here[0])
    blocks = (
        Text.of(wording_joining.letter(code, where)),
        *link,
        Text.of(wording_joining.LETTER_NOT_MINE, tone="note"),
    )
    return Letter(mail, Reply(blocks))


def look(connection: Connection, keys: KeyRing, here: Here, code: str, at: datetime) -> Seen:
    """What a code would do here, to be agreed to; nothing is spent. Raises NotAllowed, saying why it does nothing."""
    found = join_codes.look(connection, keys, code, at, source=_source(here))
    person = _checked(connection, keys, here, found)
    assert found is not None
    where = wording_people.channel(found.for_channel) if found.for_channel else ""
    who = wording_joining.masked(person.name) if person else ""
    if found.address:
        return Seen(wording_joining.would_confirm(found.address, where, who), wording_joining.CONFIRM_YES)
    return Seen(wording_joining.would_join(where, who, here[0]), wording_joining.JOIN_YES)


def confirm(connection: Connection, keys: KeyRing, here: Here, code: str, at: datetime) -> Person:
    """Do what a code is for, once; who they are now. Raises NotAllowed, saying why it does nothing."""
    # Everything that can be refused is refused before the code is used up.
    _checked(connection, keys, here, join_codes.look(connection, keys, code, at, source=_source(here)))
    found = join_codes.spend(connection, keys, code, at, source=_source(here))
    if found is None:
        raise NotAllowed(wording_people.CODE_WRONG)
    try:
        if found.address:
            person = people.ensure(connection, keys, found.for_channel, found.for_address, at)
            return _with_account(connection, keys, person, (people.MAIL, found.address), at)
        person = _person_of(connection, keys, found)
        return _with_account(connection, keys, person, here, at)
    except (Forgotten, Taken):
        # At the same moment somebody joined or forgot one of the two elsewhere.
        raise NotAllowed(wording_people.CODE_WRONG) from None


def _checked(connection: Connection, keys: KeyRing, here: Here, found: JoinCode | None) -> Person | None:
    """Who made a code or asked for it, None for nobody yet. Raises NotAllowed where it would do nothing here."""
    if found is None:
        raise NotAllowed(wording_people.CODE_WRONG)
    asked_from = (found.for_channel, found.for_address)
    if not found.address:
        person = _person_of(connection, keys, found)
        if here == asked_from:
            raise NotAllowed(wording_joining.CODE_FOR_ANOTHER)
        _check_can_be_one(person, stored.at_account(connection, keys, *here))
        return person
    asker = stored.at_account(connection, keys, *asked_from)
    holder = stored.at_account(connection, keys, people.MAIL, found.address)
    _check_can_be_one(asker, holder)
    # Whoever gets such an e-mail unasked must not, by one press, hand all they may do to whoever asked for it.
    if holder is not None and here != asked_from:
        raise NotAllowed(wording_joining.type_it_there(wording_people.channel(found.for_channel)))
    return asker


def _check_can_be_one(one: Person | None, other: Person | None) -> None:
    """Raises NotAllowed for two who are one already, or who must stay two."""
    if one is None or other is None:
        return
    if one.id == other.id:
        raise NotAllowed(wording_joining.JOINED_ALREADY)
    if _issuers(one) & _issuers(other):
        raise NotAllowed(wording_joining.TWO_SIGN_INS)
    # Otherwise an administrator could take a role by inventing somebody who holds it.
    for person, beside in ((one, other), (other, one)):
        areas = {role.area for role in person.roles if role.role == ADMINISTRATOR}
        gained = {role for role in beside.roles - person.roles if role.area in areas and role.role != "practitioner"}
        if gained:
            raise NotAllowed(wording_joining.ADMINISTRATOR_GAINS)


def _issuers(person: Person) -> set[str]:
    """The sign-in services that vouch for someone; one service knows a person once."""
    return {one.address.partition("|")[0] for one in person.accounts if one.channel == _OIDC}


def _person_of(connection: Connection, keys: KeyRing, found: JoinCode) -> Person:
    person = stored.read(connection, keys, found.person_id or "")
    if person is None:
        raise NotAllowed(wording_people.CODE_WRONG)
    return person


def _with_account(connection: Connection, keys: KeyRing, person: Person, account: Here, at: datetime) -> Person:
    """The person with one more account; whoever held it is the same person from now on. Raises Forgotten or Taken."""
    holder = stored.at_account(connection, keys, *account)
    kept, gone = person, holder
    if holder is None:
        stored.add_account(connection, keys, person.id, *account, at)
        if account[0] == WEB:  # one that somebody signs in with is theirs only until they sign out
            stored.note(connection, keys, person.id, at, "browser joined", "")
    elif holder.id != person.id:
        # Whoever an administrator has named or given something to stays who they are.
        kept, gone = sorted((person, holder), key=lambda one: (not one.roles, not one.name))
        joining.join(connection, keys, kept.id, gone.id, at)
        if not kept.name and gone.name:
            stored.rename(connection, keys, kept.id, gone.name, at)
    found = stored.read(connection, keys, kept.id)
    assert found is not None
    return found


def _source(here: Here) -> str:
    return f"{here[0]}:{here[1]}"
