"""How long each kind of record is kept: what is over is planned to be purged, said ahead, and erased unless stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cases.working_time import london
from bot.casework.board import waits_to_reopen
from bot.casework.case_joining import joined_to
from bot.casework.casework import Desk, event_of, read
from bot.clock import london_date
from bot.delivering.digests import DIGEST
from bot.people import people
from bot.storage import audit, cases, nudges, purging
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.date_words import spoken
from dialogs.spans import months_after
from knowledge.area_values import Retention


@dataclass(frozen=True)
class Kept:
    """What a day's tidying did: cases planned to be purged, cases erased, questions erased, chains anchored."""

    planned: int = 0
    erased: int = 0
    questions: int = 0
    anchored: int = 0


def tidy(desk: Desk) -> Kept:
    """Plan what has outlived its period, erase what was planned for now, and keep where every chain stands.

    A case under a legal hold, or opened again, is never planned, and is let be if it was; nor is a decision that was
    put with a case under a hold, nor a closed case of which a lead is asked whether to open it again; nor is anything
    erased on a day that its own record does not tell of. What was erased cannot be brought back; until then a hold, or
    opening the case again, stops it.
    """
    periods = desk.definitions.area.retention
    for one in purging.planned(desk.connection, desk.area):
        if _is_kept(desk, one) or london_date(one.purge_at or desk.at) != erased_on(desk, one):
            _stopped(desk, one)
    # Nobody's text is erased unannounced: what nobody is there to hear of is planned once there is somebody, and anew
    # where the announcement has reached nobody.
    due = purging.due(desk.connection, desk.area, desk.at)
    unheard = [one for one in due if not _was_heard(desk, one)]
    for one in unheard:
        _stopped(desk, one)
    erased = [_erased(desk, one) for one in due if one not in unheard]
    lead = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    planned = [
        _planned(desk, one, periods, lead)
        for status, months in (("closed", periods.closed_cases_months), ("recorded", periods.recorded_cases_months))
        if months is not None and lead is not None
        for one in purging.outlived(desk.connection, desk.area, status, _months_before(desk.at, months))
        if not _is_kept(desk, one)
    ]
    gone = purging.erase_questions(desk.connection, desk.at - timedelta(days=periods.questions_days))
    put_on_record(desk, cases.QUESTIONS_ERASED, gone, periods.questions_days)
    purging.erase_expired(desk.connection, desk.at)
    return Kept(len(planned), len(erased), gone, audit.anchor(desk.connection, desk.at))


def put_on_record(desk: Desk, kind: str, count: int, days: int) -> None:
    """Put on the area's own record how many of a kind were erased, if any were, and after how many days."""
    if count:
        _note(desk, kind, json.dumps({"erased": count, "days": days}))


def plan_words(stored: Stored) -> str:
    """What is said of a case that is to be purged."""
    assert stored.purge_at is not None
    day = spoken(london_date(stored.purge_at))
    return f"Its text will be erased on {day}, as this area keeps cases. A legal hold, or opening it again, stops that."


def _is_kept(desk: Desk, stored: Stored) -> bool:
    """Whether it is not erased now, however long ago it ended."""
    return _is_held_with(desk, stored) or waits_to_reopen(stored, read(desk, stored))


def _is_held_with(desk: Desk, stored: Stored) -> bool:
    """Whether what a decision was put with is under a legal hold, or a decision that was put with a case."""
    to = joined_to(desk, stored)
    if to is not None and to.held:
        return True
    held = (one for one in cases.listed(desk.connection, desk.area, statuses=("recorded",)) if one.held)
    return any((other := joined_to(desk, one)) is not None and other.id == stored.id for one in held)


_KEY = "purge|"


def erased_on(desk: Desk, stored: Stored) -> date | None:
    """The day on which a case is to be erased, by its own record; None where it is not."""
    every = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
    last = next((one for one in reversed(every) if one.kind in (cases.PURGE_PLANNED, cases.PURGE_STOPPED)), None)
    return date.fromisoformat(last.body) if last is not None and last.kind == cases.PURGE_PLANNED else None


def _was_heard(desk: Desk, stored: Stored) -> bool:
    """Whether somebody has the announcement, or who acts on the case has looked at it since: it says so there too."""
    said = nudges.of_case(desk.connection, stored.id, ("sent",))
    if stored.purge_at is not None and _key(london_date(stored.purge_at)) in {one.key for one in said}:
        return True
    every = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
    planned = max((one.seq for one in every if one.kind == cases.PURGE_PLANNED), default=0)
    since = {event_of(one).by for one in every if one.kind == cases.READ and one.seq > planned}
    looked = (stored_people.read(desk.connection, desk.keys, one) for one in since if one)
    return any(one is not None and people.may(one, desk.area, "act on case", stored) for one in looked)


def _key(day: date) -> str:
    return f"{_KEY}{day}"


def _stopped(desk: Desk, stored: Stored) -> None:
    waiting = nudges.of_case(desk.connection, stored.id, ("waiting", "unreached"))
    nudges.settle(desk.connection, [one.id for one in waiting if one.key.startswith(_KEY)], "cancelled", desk.at)
    cases.change(desk.connection, stored.id, purge_at=None)
    cases.append(desk.connection, desk.keys, stored.id, desk.at, cases.PURGE_STOPPED, "")


def _planned(desk: Desk, stored: Stored, periods: Retention, lead: Person) -> Stored:
    day = london_date(desk.at) + timedelta(days=periods.notice_days)
    cases.change(desk.connection, stored.id, purge_at=london(day, desk.plan.opens))
    cases.append(desk.connection, desk.keys, stored.id, desk.at, cases.PURGE_PLANNED, day.isoformat())
    planned = cases.load(desk.connection, stored.id)
    assert planned is not None  # it was changed a moment ago, in this transaction
    nudges.note(
        desk.connection,
        stored.id,
        _key(day),
        desk.at,
        clock="",
        kind=DIGEST,
        post="lead",
        person_id=lead.id,
        line=f"Case {stored.ref}: {plan_words(planned)}",
        due_at=desk.at,
    )
    return stored


def _erased(desk: Desk, stored: Stored) -> Stored:
    purging.erase_case(desk.connection, desk.keys, stored, desk.at)
    _note(desk, cases.PURGED, stored.ref)
    return stored


def _note(desk: Desk, kind: str, body: str) -> None:
    """Add an entry to the area's own record, which begins with its first administrator."""
    area = cases.find(desk.connection, desk.area, cases.AREA_REF, lock=True)
    if area is not None:
        cases.append(desk.connection, desk.keys, area.id, desk.at, kind, body)


def _months_before(at: datetime, months: int) -> datetime:
    return london(months_after(london_date(at), -months), at.timetz().replace(tzinfo=None))
