"""People: who someone is, the accounts they are reached at, the roles they hold, and when they are away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, func, select, update

from bot.storage import cases, data_keys, timeline
from bot.storage.crypto import KeyRing
from bot.storage.families import PEOPLE
from bot.storage.people_tables import absences, accounts, calendar_feeds, join_codes, people, roles, sessions
from bot.storage.tables import addresses, insert_once
from bot.storage.timeline import START_OF_CHAIN

_GIVEN = "role given"


class Taken(Exception):
    """The account belongs to somebody else."""


@dataclass(frozen=True)
class Account:
    """Where someone can be reached: a channel's name and the address there. `failing_since` is None while it works."""

    channel: str
    address: str
    failing_since: datetime | None = None


@dataclass(frozen=True)
class Role:
    """A role, or a post on the escalation ladder, in one area."""

    area: str
    role: str


@dataclass(frozen=True)
class Person:
    """Someone the bot knows. `accounts` are in the order they are tried in; `absences` are first and last days."""

    id: str
    name: str
    accounts: tuple[Account, ...] = ()
    roles: frozenset[Role] = frozenset()
    absences: tuple[tuple[date, date], ...] = ()

    def has(self, area: str, *names: str) -> bool:
        """Whether they hold one of these roles in an area."""
        return any(Role(area, name) in self.roles for name in names)

    def is_away(self, on: date) -> bool:
        """Whether they are away on a day."""
        return self.absence(on) is not None

    def absence(self, on: date) -> tuple[date, date] | None:
        """The absence that they are in on a day."""
        return next(((first, last) for first, last in self.absences if first <= on <= last), None)


def make(connection: Connection, keys: KeyRing, name: str, at: datetime) -> str:
    """A new person; their id."""
    person_id = uuid.uuid4().hex
    values = {"id": person_id, "version": 0, "created_at": at, "touched_at": at}
    connection.execute(people.insert().values(**values, head_seq=0, head_hash=START_OF_CHAIN))
    data_keys.make(connection, keys, person_id, PEOPLE)
    rename(connection, keys, person_id, name, at)
    return person_id


def rename(connection: Connection, keys: KeyRing, person_id: str, name: str, at: datetime) -> None:
    """Give a person another name. Raises Forgotten."""
    held = data_keys.hold(connection, keys, person_id, PEOPLE)
    sealed = held.key.seal("people", "state", person_id, name)
    this = people.c.id == person_id
    connection.execute(update(people).where(this).values(state=sealed, version=people.c.version + 1, touched_at=at))
    note(connection, keys, person_id, at, "named", "")


def note(connection: Connection, keys: KeyRing, person_id: str, at: datetime, kind: str, body: str) -> None:
    """Put something into a person's own timeline. Raises Forgotten."""
    timeline.append(connection, keys, person_id, at, kind, body, PEOPLE)


def read(connection: Connection, keys: KeyRing, person_id: str) -> Person | None:
    """A person by id; None if there is none, or they were forgotten. Raises Unreadable."""
    return next(iter(read_all(connection, keys, [person_id])), None)


def read_all(connection: Connection, keys: KeyRing, ids: Iterable[str] | None = None) -> list[Person]:
    """People by their ids, or everyone, in the order they were made; those forgotten are left out."""
    found = select(people).where(people.c.forgotten_at.is_(None)).order_by(people.c.created_at, people.c.id)
    if ids is not None:
        found = found.where(people.c.id.in_(list(ids)))
    rows = connection.execute(found).all()
    theirs = [row.id for row in rows]
    reached: dict[str, list[Account]] = {}
    by_place = select(accounts).where(accounts.c.person_id.in_(theirs)).order_by(accounts.c.place, accounts.c.added_at)
    for one in connection.execute(by_place):
        reached.setdefault(one.person_id, []).append(Account(one.channel, one.address, one.failing_since))
    held: dict[str, set[Role]] = {}
    for one in connection.execute(select(roles).where(roles.c.person_id.in_(theirs))):
        held.setdefault(one.person_id, set()).add(Role(one.area, one.role))
    away: dict[str, list[tuple[date, date]]] = {}
    by_day = select(absences).where(absences.c.person_id.in_(theirs)).order_by(absences.c.first_day)
    for one in connection.execute(by_day):
        away.setdefault(one.person_id, []).append((one.first_day, one.last_day))
    return [
        Person(
            row.id,
            data_keys.read(connection, keys, row.id, PEOPLE).open("people", "state", row.id, row.state),
            tuple(reached.get(row.id, ())),
            frozenset(held.get(row.id, ())),
            tuple(away.get(row.id, ())),
        )
        for row in rows
    ]


def at_account(connection: Connection, keys: KeyRing, channel: str, address: str) -> Person | None:
    """Who holds an account."""
    person_id = connection.execute(_holder(channel, address)).scalar()
    return None if person_id is None else read(connection, keys, person_id)


def holders(connection: Connection, keys: KeyRing, area: str, role: str) -> list[Person]:
    """Those who hold a role in an area, whoever was given it first coming first."""
    found = select(roles.c.person_id).where(roles.c.area == area, roles.c.role == role)
    ids = list(connection.execute(found.order_by(roles.c.granted_at, roles.c.person_id)).scalars())
    return sorted(read_all(connection, keys, ids), key=lambda person: ids.index(person.id))


def of_area(connection: Connection, area: str) -> list[str]:
    """Ids of everyone who holds any role or post in an area."""
    found = select(roles.c.person_id).where(roles.c.area == area).distinct().order_by(roles.c.person_id)
    return list(connection.execute(found).scalars())


def gone(connection: Connection) -> list[str]:
    """Ids of everyone who is not registered any more: forgotten, or found to be somebody else."""
    return list(connection.execute(select(people.c.id).where(people.c.forgotten_at.is_not(None))).scalars())


def anyone(connection: Connection, area: str, role: str) -> bool:
    """Whether anyone holds a role in an area."""
    found = select(roles.c.person_id).where(roles.c.area == area, roles.c.role == role).limit(1)
    return connection.execute(found).first() is not None


def holds_any(connection: Connection, person_id: str, area: str, names: Iterable[str]) -> bool:
    """Whether somebody holds one of these roles in an area."""
    found = select(roles.c.role).where(roles.c.person_id == person_id, roles.c.area == area)
    return connection.execute(found.where(roles.c.role.in_(list(names))).limit(1)).first() is not None


def last_given(
    connection: Connection, keys: KeyRing, area: str, names: Iterable[str], after: datetime
) -> datetime | None:
    """When one of these roles was last given to anybody, after a moment; None where it was not.

    Which role it was that somebody had who is forgotten cannot be told any more: it counts as any.
    """
    these = {f"{area} {name}" for name in names}
    given = timeline.of_kind(connection, keys, _GIVEN, after, PEOPLE)
    return next((one.at for one in given if not one.body or " ".join(one.body.split()[:2]) in these), None)


def is_anyone_here(connection: Connection, area: str, role: str, on: date) -> bool:
    """Whether anyone who holds a role in an area is not away on a day."""
    theirs = absences.c.person_id == roles.c.person_id
    away = sa.exists().where(theirs, absences.c.first_day <= on, absences.c.last_day >= on)
    found = select(roles.c.person_id).where(roles.c.area == area, roles.c.role == role, ~away)
    return connection.execute(found.limit(1)).first() is not None


def is_anyone_sent_to(connection: Connection, area: str, role: str) -> bool:
    """Whether anyone who holds a role in an area has an account that messages can be sent to."""
    found = select(accounts.c.person_id).join(roles, roles.c.person_id == accounts.c.person_id)
    sendable = accounts.c.channel.not_in(("web", "terminal", "oidc"))
    return connection.execute(found.where(roles.c.area == area, roles.c.role == role, sendable)).first() is not None


def add_account(
    connection: Connection, keys: KeyRing, person_id: str, channel: str, address: str, at: datetime
) -> None:
    """Let a person be reached at one more account, the last to be tried. Raises Taken or Forgotten."""
    place = connection.execute(select(func.max(accounts.c.place)).where(accounts.c.person_id == person_id)).scalar()
    values = {"channel": channel, "address": address, "person_id": person_id, "place": (place or 0) + 1, "added_at": at}
    if insert_once(connection, accounts, values, accounts.c.channel) is None:
        if connection.execute(_holder(channel, address)).scalar() != person_id:
            raise Taken(channel)
        return
    note(connection, keys, person_id, at, "account added", channel)


def remove_account(
    connection: Connection, keys: KeyRing, person_id: str, channel: str, address: str, at: datetime
) -> bool:
    """Take an account away from a person; False if it was not theirs."""
    gone = sa.delete(accounts).where(_is(channel, address), accounts.c.person_id == person_id)
    if connection.execute(gone.returning(accounts.c.channel)).first() is None:
        return False
    note(connection, keys, person_id, at, "account removed", channel)
    return True


def forget_pages(connection: Connection, keys: KeyRing, before: datetime, at: datetime) -> int:
    """Take away accounts of web pages added before a moment that nobody can see any more; how many those were.

    Their conversation has been erased, and no session is in them.
    """
    theirs = (accounts.c.channel == "web") & (accounts.c.added_at < before)
    spoken = sa.exists().where(addresses.c.channel == accounts.c.channel, addresses.c.address == accounts.c.address)
    signed_in = sa.exists().where(sessions.c.address == accounts.c.address)
    gone = connection.execute(select(accounts).where(theirs, ~spoken, ~signed_in)).all()
    for row in gone:
        remove_account(connection, keys, row.person_id, row.channel, row.address, at)
    return len(gone)


def mark_account(connection: Connection, channel: str, address: str, failing_since: datetime | None) -> None:
    """Say since when an account has not worked, or that it works."""
    connection.execute(update(accounts).where(_is(channel, address)).values(failing_since=failing_since))


def grant(connection: Connection, keys: KeyRing, person_id: str, role: Role, at: datetime, by: str) -> bool:
    """Give someone a role; False if they have it. `by` is the id of whoever gave it. Raises Forgotten."""
    values = {"person_id": person_id, "area": role.area, "role": role.role, "granted_at": at, "granted_by": by}
    if insert_once(connection, roles, values, roles.c.role) is None:
        return False
    note(connection, keys, person_id, at, _GIVEN, f"{role.area} {role.role} {by}")
    cases.wake_nobodys(connection, at)
    return True


def revoke(connection: Connection, keys: KeyRing, person_id: str, role: Role, at: datetime, by: str) -> bool:
    """Take a role away; False if they did not have it. Raises Forgotten.

    A calendar that followed what they may see in that area ends with it; with the last role their sessions do. Their
    open cases are woken: somebody else may have to have them.
    """
    this = (roles.c.person_id == person_id) & (roles.c.area == role.area) & (roles.c.role == role.role)
    if connection.execute(sa.delete(roles).where(this).returning(roles.c.role)).first() is None:
        return False
    note(connection, keys, person_id, at, "role taken", f"{role.area} {role.role} {by}")
    theirs = (calendar_feeds.c.person_id == person_id) & (calendar_feeds.c.area == role.area)
    connection.execute(sa.delete(calendar_feeds).where(theirs))
    cases.wake_theirs(connection, person_id, at)
    if connection.execute(select(roles.c.role).where(roles.c.person_id == person_id).limit(1)).first() is None:
        # Ended, not deleted: whose a conversation is that was left in one must be known when they are forgotten.
        ended = update(sessions).where(sessions.c.person_id == person_id).values(expires_at=sessions.c.started_at)
        for address in connection.execute(ended.returning(sessions.c.address)).scalars().all():
            remove_account(connection, keys, person_id, "web", address, at)
    return True


def set_away(
    connection: Connection, keys: KeyRing, person_id: str, away: Sequence[tuple[date, date]], at: datetime
) -> None:
    """Say in which days a person is away, instead of all that was noted; none: they are not. Raises Forgotten."""
    data_keys.hold(connection, keys, person_id, PEOPLE)
    connection.execute(sa.delete(absences).where(absences.c.person_id == person_id))
    for first, last in away:
        values = {"person_id": person_id, "first_day": first, "last_day": last}
        connection.execute(absences.insert().values(values))
    body = " ".join(f"{first} {last}" for first, last in sorted(away))
    note(connection, keys, person_id, at, "away" if away else "back", body)
    cases.wake_nobodys(connection, at)


def unmake(connection: Connection, person_id: str) -> None:
    """Delete a person just made, who turned out not to be needed."""
    connection.execute(sa.delete(people).where(people.c.id == person_id))


def hold_roles(connection: Connection) -> None:
    """Let nobody else give or take any role until the transaction ends."""
    # A role that nobody holds has no row to lock. SQLite has one writer at a time anyway.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE roles IN SHARE ROW EXCLUSIVE MODE")


def hold_role(connection: Connection, area: str, role: str) -> list[str]:
    """Ids of those who hold a role in an area; nobody else can take it from them until the transaction ends."""
    found = select(roles.c.person_id).where(roles.c.area == area, roles.c.role == role)
    return list(connection.execute(found.order_by(roles.c.person_id).with_for_update()).scalars())


def known_as(connection: Connection, keys: KeyRing, ids: Iterable[str]) -> dict[str, Person]:
    """Who each id stands for now: whoever was found to be somebody else is that one. Those forgotten are left out."""
    found = select(people.c.id, func.coalesce(people.c.joined_to, people.c.id)).where(people.c.id.in_(set(ids)))
    now = {row[0]: row[1] for row in connection.execute(found)}
    by_id = {person.id: person for person in read_all(connection, keys, now.values())}
    return {each: by_id[one] for each, one in now.items() if one in by_id}


def forget(connection: Connection, keys: KeyRing, person_id: str, at: datetime) -> None:
    """Erase who a person is: name, accounts, roles, sessions, codes. What they did stays, under their id alone."""
    note(connection, keys, person_id, at, "forgotten", "")
    for table in (accounts, roles, absences, sessions, join_codes, calendar_feeds):
        connection.execute(sa.delete(table).where(table.c.person_id == person_id))
    gone = {"state": None, "forgotten_at": at}
    connection.execute(update(people).where(people.c.id == person_id).values(**gone))
    data_keys.erase(connection, person_id, PEOPLE)
    for other in connection.execute(select(people.c.id).where(people.c.joined_to == person_id)).scalars().all():
        data_keys.erase(connection, other, PEOPLE)


def _is(channel: str, address: str) -> sa.ColumnElement[bool]:
    return (accounts.c.channel == channel) & (accounts.c.address == address)


def _holder(channel: str, address: str) -> sa.Select[str]:
    return select(accounts.c.person_id).where(_is(channel, address))
