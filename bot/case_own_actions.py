"""What whoever has an action in a case sees of it before anything else there came to them: that action alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording_cases, wording_duties
from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.nudge_words import label
from bot.casework import area_year, case_blocks, casework
from bot.casework.casework import Desk
from bot.messages import Block, Bullets, Text
from bot.people import need_to_know
from bot.storage.cases import Stored
from bot.storage.people import Person


def clocks_of(desk: Desk, person: Person, stored: Stored, case: Case) -> list[Clock]:
    """The running clocks of the actions in a case that are somebody's, the most urgent first."""
    theirs = need_to_know.answerable(desk.connection, person, stored, casework.clocks(desk, case))
    return [one for one in case_blocks.urgent(theirs) if one.person == person.id]


def has_any(desk: Desk, person: Person, stored: Stored) -> bool:
    """Whether an action in a case that goes on is somebody's."""
    return stored.goes_on and bool(clocks_of(desk, person, stored, casework.read(desk, stored)))


def found(desk: Desk, person: Person) -> list[area_year.Found]:
    """The cases of which somebody sees their actions alone, with those."""
    theirs = need_to_know.of_actions(desk.connection, person, desk.area)
    read = [(one, casework.read(desk, one)) for one in theirs]
    every = [(stored, case, clocks_of(desk, person, stored, case)) for stored, case in read]
    return [one for one in every if one[2]]


def listed(desk: Desk, person: Person) -> list[area_year.Found]:
    """The same, to be shown to them: that they looked is put on record."""
    return [(stored, casework.look(desk, stored, person), clocks) for stored, _, clocks in found(desk, person)]


def shown(desk: Desk, person: Person, stored: Stored) -> Sequence[Block]:
    """Somebody's actions in a case, each with its words and its day."""
    case = casework.look(desk, stored, person)
    lines = tuple(_line(desk, case, one) for one in clocks_of(desk, person, stored, case))
    heading = f"{label(stored.ref)}. {wording_duties.ONLY_THEIR_ACTIONS}"
    return [Text.of(heading, Bullets(lines), wording_duties.when_done(stored.ref))]


def why(desk: Desk, person: Person, stored: Stored, named: str) -> Sequence[Block]:
    """Why somebody's actions in a case have their days, or the one of them that a clock's id names."""
    theirs = clocks_of(desk, person, stored, casework.look(desk, stored, person))
    about = [one for one in theirs if named in ("", one.id)]
    if not about:
        return [Text.of(refused(desk, person, stored), tone="problem")]
    closed = desk.definitions.area.closure_days
    return [case_blocks.why(stored.ref, one, desk.today, closed) for one in about]


def refused(desk: Desk, person: Person, stored: Stored) -> str:
    """What is said where somebody may not do something with a case, or with a duty of it."""
    if need_to_know.may(desk.connection, person, "see case", stored):
        return wording_cases.NOT_YOURS
    return wording_duties.only_their_action(stored.ref)


def _line(desk: Desk, case: Case, clock: Clock) -> str:
    agreed = next(one.agreed.seq for one in case.actions if one.id == clock.about)
    words = next(one.words for one in case.events if one.seq == agreed)
    return wording_duties.action_of_theirs(
        case_blocks.capital(clock.title), case_blocks.until(clock, desk.today), words
    )
