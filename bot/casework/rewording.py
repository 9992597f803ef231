"""What a reminder says at the moment at which it is sent, to whom it goes then, and what they can do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from bot.cases import nudge_words
from bot.cases.days_missing import DAYS_ASKED
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN, Schedule, schedule_of
from bot.cases.posts import person_in
from bot.casework import casework, recipients
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.delivering.nudge_buttons import ACTS, Act
from bot.delivering.nudge_message import Said
from bot.people import need_to_know, people
from bot.people.hearing import hearers
from bot.storage import cases
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from bot.storage.people import Person

_NEW_CASE = "new_case"
_TO_ANSWER: tuple[Act, ...] = ("acknowledge", "done", "why")
"""What somebody may do with a duty that was passed up to them."""
_OF_THEIR_ACTION: tuple[Act, ...] = ("acknowledge", "done", "snooze", "why")


def said(desk: Desk, noted: Sequence[Noted]) -> list[Said]:
    """Each of some reminders as it is to be said now."""
    reading = _Reading(desk)
    return [_said(reading, one) for one in noted]


class _Reading:
    """What is read of cases and people for one message, each once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.case = cache(lambda case_id: cases.load(desk.connection, case_id))
        self.person = cache(lambda id_: stored_people.read(desk.connection, desk.keys, id_))
        self.schedule = cache(self._schedule)

    def _schedule(self, stored: Stored) -> Schedule:
        case, desk = casework.read(self.desk, stored), self.desk
        known = casework.noted(desk, stored.id)
        return schedule_of(case, casework.clocks(desk, case), desk.definitions.local.calendar, known)


def _said(reading: _Reading, noted: Noted) -> Said:
    stored = reading.case(noted.case_id) if noted.clock else None
    person = reading.person(noted.person_id) if noted.person_id else None
    if stored is None or person is None or noted.clock in (ASK_TO_JOIN, ASK_TO_AGREE, ASK_TO_REOPEN):
        return Said(noted.line, acts=ACTS if noted.clock else ())
    line, before = _line(reading, stored, noted, person), _before(reading, stored, noted, person)
    return Said(line, before, _acts(reading.desk, stored, noted, person))


def _line(reading: _Reading, stored: Stored, noted: Noted, person: Person) -> str:
    """Its words as they are now, where its day is another by now, or it names or has come to others; else as noted."""
    desk = reading.desk
    passed_on = noted.kind == "new case" and person.id != stored.owner_id
    is_of_today = london_date(noted.created_at) == desk.today
    # Whether they said themselves that they have it depends on who reads it by now.
    if is_of_today and not passed_on and noted.kind != "lapsed" and not nudge_words.says_who_hears(noted.line):
        return noted.line
    found = reading.schedule(stored).named("|".join(noted.key.split("|")[:5]), desk.at)
    if found is None:
        return noted.line
    if passed_on:
        return nudge_words.line(
            found, desk.definitions.local.calendar, desk.at, whose="another's" if stored.owner_id else "nobody's"
        )
    heard = hearers(desk.connection, desk.keys, stored, noted.post, desk.at, asked=found.asked)
    of = (desk.connection, desk.keys, desk.definitions, stored)
    line = recipients.words(*of, found, heard, person, desk.at)
    tails = recipients.still_to_tell(*of, noted.line, desk.at)
    return " ".join((line, *(one for one in tails if one not in line)))


def _before(reading: _Reading, stored: Stored, noted: Noted, person: Person) -> str:
    """For whom they stand in, where that is why it comes to them."""
    named = stored.owner_id if noted.post == "owner" else person_in(noted.post)
    if not named or named == person.id:
        return ""
    owner = reading.person(named)
    absence = owner.absence(reading.desk.today) if owner is not None else None
    if owner is None or absence is None:
        return ""
    return nudge_words.stands_in(people.label(owner), absence[1])


def _acts(desk: Desk, stored: Stored, noted: Noted, person: Person) -> tuple[Act, ...]:
    """What works when it is pressed."""
    # To say that a case is in hand is all that is asked of whoever has just been given it.
    return tuple(act for act in _allowed(desk, stored, noted, person) if act != "done" or noted.clock != _NEW_CASE)


def _allowed(desk: Desk, stored: Stored, noted: Noted, person: Person) -> tuple[Act, ...]:
    """What this person may do with it now."""
    if noted.clock in DAYS_ASKED:
        return ("done", "reassign")
    may = ACTS
    if not people.may(person, desk.area, "act on case", stored):
        if not need_to_know.is_told(desk.connection, person, stored):
            return ()
        may = _OF_THEIR_ACTION if _is_their_action(desk, noted, person) else _TO_ANSWER
    return tuple(act for act in may if act != "snooze" or _can_be_put_off(desk, noted))


def _is_their_action(desk: Desk, noted: Noted, person: Person) -> bool:
    rule = desk.plan.by_name.get(noted.clock.partition(":")[0])
    return rule is not None and rule.to == "action owner" and person_in(noted.post) == person.id


def _can_be_put_off(desk: Desk, noted: Noted) -> bool:
    """Whether its deadline is not before the next working day."""
    try:
        deadline = date.fromisoformat(noted.key.split("|")[2])
    except (IndexError, ValueError):
        return False
    return london_date(desk.working_time.morning_after(desk.at)) <= deadline
