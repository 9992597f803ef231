"""Compares the rows beside the chains with what the chains say: cases, decisions, reminders, roles, absences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.cases.case import Case, opens
from bot.cases.case_event import plain
from bot.cases.nudges import schedule_of
from bot.casework import casework
from bot.casework.casework import Desk
from bot.casework.retention import erased_on
from bot.clock import london_date
from bot.record import from_json
from bot.storage import Forgotten, Unreadable, beside, cases, reminded, timeline
from bot.storage.beside import CaseRow, PersonRow
from bot.storage.cases import Stored
from bot.storage.families import PEOPLE
from bot.storage.timeline import Event

_ROLE_GIVEN, _ROLE_TAKEN, _JOINED, _JOINED_TO = "role given", "role taken", "joined", "joined to"
IT_IS_GONE = "it is gone, with all that was on record of it"
_REFERRALS = ("referral", "new_information")


@dataclass(frozen=True)
class Differs:
    """A row that does not say what its chain says: of which case (by its reference) or person, and in which way."""

    family: str
    of: str
    what: str


def differences(desk: Desk) -> tuple[Differs, ...]:
    """Every row that differs. Needs the keys, and the chains to be whole: see `audit.verify`."""
    people = beside.of_people(desk.connection)
    told = {one.id: _entries(desk, one.id) for one in people}
    joined = {of: one.body for of in told for one in told[of] if one.kind == _JOINED_TO}
    known = {of: _now(of, joined) for of in told}
    return (*_of_cases(desk, known), *_of_people(people, told))


def _now(person_id: str, joined: Mapping[str, str]) -> str:
    """Who somebody is now, who may have turned out to be another more than once."""
    seen = {person_id}
    while (other := joined.get(person_id)) is not None and other not in seen:
        seen.add(person_id := other)
    return person_id


def _missing(rows: list[CaseRow]) -> Iterator[Differs]:
    """The cases that are gone with all that was of them: references are given out one after another."""
    given = {(row.area, row.ref) for row in rows}
    last: dict[tuple[str, str], int] = {}
    for area, ref in given - {(area, cases.AREA_REF) for area, _ in given}:
        year, _, number = ref.partition("-")
        last[area, year] = max(last.get((area, year), 0), int(number))
    for (area, year), highest in sorted(last.items()):
        every = (f"{year}-{count:03}" for count in range(1, highest))
        yield from (Differs("cases", ref, IT_IS_GONE) for ref in every if (area, ref) not in given)


def _of_cases(desk: Desk, known: dict[str, str]) -> Iterator[Differs]:
    rows = beside.of_cases(desk.connection)
    yield from _missing(rows)
    for row in rows:
        if "opened" not in row.kinds:
            continue
        # The area's own chain says which of its cases were erased.
        if row.ref != cases.AREA_REF and (cases.PURGED in row.kinds) != row.is_erased:
            said = "erased" if row.is_erased else "not erased"
            yield Differs("cases", row.ref, f"its row says that it is {said}, and its chain does not")
        stored = cases.load(desk.connection, row.id)
        if stored is None:
            continue
        try:
            found = list(_of_case(desk, stored, known))
        except (Forgotten, Unreadable, ValueError):
            found = ["what it holds cannot be read with these keys"]
        yield from (Differs("cases", row.ref, what) for what in found)


def _of_case(desk: Desk, stored: Stored, known: dict[str, str]) -> Iterator[str]:
    case = casework.read(desk, stored)
    # Who turned out to be whom is taken from their chains here, not from the rows that are compared.
    for name, is_, should in _columns(casework.on_record(desk, stored), stored, known):
        if is_ != should:
            yield f"its {name} is {_said(is_)}, and its chain says {_said(should)}"
    if not cases.is_whole_plan(desk.connection, stored.plan_id):
        yield "the plan that its clocks follow was changed"
    to_erase = london_date(stored.purge_at) if stored.purge_at is not None else None
    if to_erase != (planned := erased_on(desk, stored)):
        yield f"its erasing is planned for {_said(to_erase)}, and its chain says {_said(planned)}"
    yield from _decisions(desk, case, stored)
    yield from _reminders(desk, stored)
    if case.is_open and stored.status != "recorded":
        yield from _waking(desk, case, stored)


def _columns(case: Case, stored: Stored, known: dict[str, str]) -> Iterator[tuple[str, object, object]]:
    opened, closing = case.events[0], case.closing
    ref = opened.value("ref")
    yield "reference", stored.ref, ref or stored.ref
    yield "status", stored.status, _status(case)
    yield "owner", known.get(stored.owner_id or "", ""), known.get(case.owner, "")
    yield "opener", known.get(stored.opened_by or "", ""), known.get(opened.by, "")
    yield "legal hold", stored.held, case.is_held
    yield "opening", stored.created_at, opened.at
    yield "plan", stored.plan_id, _plan(case) or stored.plan_id
    yield "closing", stored.closed_at, closing.at if closing else None


def _plan(case: Case) -> str:
    """The plan by its id; empty where the last that was put on record of it does not name it."""
    moved = case.newest("plan moved")
    return moved.value("to") if moved is not None else case.events[0].value("plan")


def _status(case: Case) -> str:
    if case.scope == "case" and not any(opens(outcome) == "opens" for outcome, _ in case.outcomes):
        return "recorded"
    return "open" if case.is_open else "closed"


def _decisions(desk: Desk, case: Case, stored: Stored) -> Iterator[str]:
    """Each decision's row against its sealed text, and the outcomes decided on against the chain."""
    rows = beside.of_decisions(desk.connection, stored.id)
    records = [from_json(body) for body in cases.decisions(desk.connection, desk.keys, stored.id)]
    for (version, row), record in zip(rows, records, strict=True):
        if row != (record.flow, record.decision.outcome, record.decision.rules_version):
            yield f"decision {version} stands as {row[1]}, and its own text says {record.decision.outcome}"
    if [version for version, _ in rows] != list(range(1, len(rows) + 1)):
        yield "one of its decisions is gone"
    if stored.source is None:
        return
    here = [one.decision.outcome for one in records if one.flow in _REFERRALS]
    # A lead who agrees to what was told decides by the decision that is there already.
    if not _is_among([plain(one.outcome) for one in case.decisions if not one.event.value("settles")], here):
        yield "a decision that its chain tells of is gone"
    if records and records[0].reference != stored.source:
        yield "it stands for another decision than the one it opened from"


def _is_among(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(one in rest for one in few)


def _reminders(desk: Desk, stored: Stored) -> Iterator[str]:
    """What became of each reminder: its row against the last that the chain says of it."""
    every = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
    said = {
        key: reminded.STATUS[one.kind] for one in every if one.kind in reminded.STATUS for key in reminded.named(one)
    }
    never_noted = {key for one in every if one.kind == cases.PASSED_OVER for key in reminded.named(one)}
    rows = beside.of_nudges(desk.connection, stored.id)
    for key, status in rows.items():
        if status in reminded.STATUS.values() and said.get(key) != status:
            yield f"the reminder “{_plain(key)}” stands as {status}, and its chain does not say so"
    for key, status in said.items():
        if key in rows and rows[key] not in reminded.STATUS.values():
            yield f"the reminder “{_plain(key)}” was {status}, and stands as {rows[key]}"
        elif key not in rows and key not in never_noted:
            yield f"the reminder “{_plain(key)}” was {status}, and its row is gone"


def _waking(desk: Desk, case: Case, stored: Stored) -> Iterator[str]:
    """Whether it is looked at again no later than it next owes something."""
    known = casework.noted(desk, stored.id)
    calendar = desk.definitions.local.calendar
    schedule = schedule_of(case, casework.clocks(desk, case), calendar, known)
    at = desk.at if schedule.owed(desk.at, known) else schedule.next_at(desk.at, known)
    if at is not None and (stored.wake_at is None or stored.wake_at > at):
        yield "it would be looked at too late for its next reminder"


def _of_people(people: list[PersonRow], told: dict[str, list[Event]]) -> Iterator[Differs]:
    for row in people:
        entries = told[row.id]
        given = frozenset[tuple[str, str]]() if row.is_forgotten else _roles(row.id, told)
        said = "" if row.is_forgotten else _away(entries)
        if said is not None and row.away != said:
            yield Differs("people", row.id, f"they are away {_said(row.away)}, and their chain says {_said(said)}")
        for area, role in sorted(row.roles - given):
            yield Differs("people", row.id, f"they have the role {role} in {area}, which their chain does not give")
        for area, role in sorted(given - row.roles):
            yield Differs("people", row.id, f"their chain gives the role {role} in {area}, and its row is gone")


def _roles(of: str, told: dict[str, list[Event]]) -> frozenset[tuple[str, str]]:
    """The roles somebody's chain leaves them with, those of whoever turned out to be them among these."""
    given: set[tuple[str, str]] = set()
    for one in told.get(of, []):
        if one.kind == _JOINED:
            given |= _roles(one.body, told)
        elif one.kind in (_ROLE_GIVEN, _ROLE_TAKEN):
            area, role, *_ = one.body.split()
            (given.add if one.kind == _ROLE_GIVEN else given.discard)((area, role))
    return frozenset(given)


def _away(entries: list[Event]) -> str | None:
    """The first and last days of somebody's absences; None where it was noted before that was kept on the chain."""
    last = next((one for one in reversed(entries) if one.kind in ("away", "back")), None)
    return "" if last is None or last.kind == "back" else last.body or None


def _entries(desk: Desk, of: str) -> list[Event]:
    try:
        return timeline.read(desk.connection, desk.keys, of, family=PEOPLE)
    except (Forgotten, Unreadable):
        return []


def _plain(key: str) -> str:
    return ", ".join(part for part in key.split("|") if part)


def _said(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False) if value not in (None, "") else "nothing"
