"""What is promised to whoever says that they have a duty, or puts it off: that they hear of it again themselves."""

from __future__ import annotations

from datetime import datetime

from bot.cases.case import Case
from bot.cases.clocks import Clock
from bot.cases.nudges import asked_next
from bot.cases.posts import of_person
from bot.cases.reminders import recipient
from bot.casework.casework import Desk
from bot.people.hearing import hearers
from bot.storage.cases import Stored
from bot.storage.people import Person


def again(desk: Desk, stored: Stored, person: Person, clock: Clock) -> tuple[tuple[str, str], ...]:
    """What their event holds so that they do; nothing where the reminders of the clock come to them anyway.

    They do where it is theirs, and where they stand in.
    """
    heard = hearers(desk.connection, desk.keys, stored, recipient(clock), desk.at)
    return () if any(one.id == person.id for one in heard.people) else (("again", of_person(person.id)),)


def asked_on(desk: Desk, case: Case, clock: Clock, until: datetime, *, themselves: bool) -> datetime:
    """When whoever said that they have a duty is asked again, whose word holds until a moment.

    `themselves`: they are asked beside its own person, for whom a word that is kept up holds for longer.
    """
    if themselves:
        return until
    return asked_next(case, clock, desk.definitions.local.calendar, until) or until
