"""Reads what a person's board shows, within one transaction, and puts on their record that they looked at the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.digest import Weekly, weekly
from bot.casework import board, casework
from bot.casework.board import Asked, Row
from bot.casework.casework import RECENTLY, Desk
from bot.people import need_to_know, people
from bot.storage import cases, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from bot.storage.people import Person
from bot.storage.standing import NOT_DUTIES

LISTED = "listed"
"""The entry on somebody's own record that says they looked at a list of cases."""
SOON_ENOUGH = timedelta(minutes=15)
"""For how long a reminder may be on its way before the board says that nobody has it."""
Found = tuple[Stored, Case, tuple[Clock, ...]]


@dataclass(frozen=True)
class Unsettled:
    """A reminder that should have arrived and has not: of which case, in which words, for whom, since when."""

    ref: str
    line: str
    to: str
    since: datetime
    status: str


@dataclass(frozen=True)
class Listing:
    """What the board shows. `owners` and `clocks` are what can be asked for; `week` is for those who see every case."""

    rows: tuple[Row, ...]
    unsettled: tuple[Unsettled, ...]
    owners: tuple[tuple[str, str], ...]
    clocks: tuple[tuple[str, str], ...]
    week: Weekly | None
    sees_all: bool
    are_kept: bool


def listing(desk: Desk, person: Person, asked: Asked, what: str) -> Listing:
    """The cases a person may see and asks for; `what` is where they look, for the record."""
    sees_all = people.may(person, desk.area, "see cases")
    statuses = {*asked.statuses, "open"}
    seen = need_to_know.listed(desk.connection, person, desk.area, {*statuses, "recorded", "closed"})
    shown = (one for one in seen if one.status in statuses or not board.is_over(one))
    every = [one for one in _read(desk, shown) if one[0].status in statuses or board.is_to_do(*one[:2])]
    names = _owners(desk, every)
    wanted = [one for one in every if _is_wanted(one, asked)]
    calendar = desk.definitions.local.calendar
    rows = board.rows(wanted, asked, names, desk.today, calendar)
    stored_people.note(desk.connection, desk.keys, person.id, desk.at, LISTED, f"{what}: {len(rows)}")
    return Listing(
        rows=rows,
        unsettled=_unsettled(desk, {stored.id: stored.ref for stored, _, _ in every}),
        owners=tuple(sorted(names.items(), key=lambda pair: pair[1].casefold())),
        clocks=board.clocks_among((case, clocks) for _, case, clocks in every),
        week=_week(desk, every) if sees_all else None,
        sees_all=sees_all,
        are_kept=casework.are_kept(desk),
    )


def _is_wanted(found: Found, asked: Asked) -> bool:
    """Whether a case has a status that is asked for; what goes on or waits stands among the open ones."""
    stored, case, _ = found
    return stored.status in asked.statuses or ("open" in asked.statuses and board.is_to_do(stored, case))


def running(desk: Desk, person: Person) -> tuple[Row, ...]:
    """The cases that go on and that a person may see, the most urgent first; looking is not put on record."""
    found = _read(desk, need_to_know.going_on(desk.connection, person, desk.area))
    return board.rows(found, Asked(), _owners(desk, found), desk.today, desk.definitions.local.calendar)


def find(desk: Desk, person: Person, ref: str, *, lock: bool = False) -> Stored | None:
    """The case of a reference, if it is theirs to see; the area's own year is a lead's, or whoever's was told."""
    found = cases.find(desk.connection, desk.area, ref, lock=lock)
    may = found is not None and need_to_know.may(desk.connection, person, "see case", found)
    return found if may else None


def _read(desk: Desk, found: Iterable[Stored]) -> list[Found]:
    read = ((stored, casework.read(desk, stored)) for stored in found)
    return [(stored, case, casework.clocks(desk, case)) for stored, case in read]


def _owners(desk: Desk, found: Iterable[Found]) -> dict[str, str]:
    return names(desk, {stored.owner_id or "" for stored, _, _ in found})


def names(desk: Desk, ids: Collection[str]) -> dict[str, str]:
    """What to call people, by their ids; those forgotten are left out."""
    known = stored_people.known_as(desk.connection, desk.keys, set(ids) - {""})
    return {id_: people.label(person) for id_, person in known.items()}


def _unsettled(desk: Desk, refs: dict[str, str]) -> tuple[Unsettled, ...]:
    found = [
        one
        for one in nudges.unsettled(desk.connection, desk.area, desk.at)
        if one.case_id in refs and one.kind not in NOT_DUTIES and _is_late(one, desk.at)
    ]
    # Of several about one clock of a case only the newest: what it says has taken the place of the others.
    newest = {(one.case_id, one.clock or one.key): one for one in found}
    called = names(desk, {one.person_id or "" for one in newest.values()})
    return tuple(
        Unsettled(refs[one.case_id], one.line, called.get(one.person_id or "", ""), one.due_at, one.status)
        for one in newest.values()
    )


def _is_late(one: Noted, at: datetime) -> bool:
    return one.status == "unreached" or at - one.due_at >= SOON_ENOUGH


def _week(desk: Desk, every: list[Found]) -> Weekly:
    there = {stored.id for stored, _, _ in every}
    closed = cases.listed(desk.connection, desk.area, statuses=("closed",))
    lately = [one for one in closed if one.id not in there and one.closed_at and desk.at - one.closed_at < RECENTLY]
    counted = [one for one in [*every, *_read(desk, lately)] if casework.is_counted(one[0], one[2])]
    return weekly([(case, clocks) for _, case, clocks in counted], desk.today, desk.definitions.local.calendar)
