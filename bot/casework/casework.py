"""Works on stored cases within one transaction: reads them, adds what happened, sets when they owe something next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from pydantic import TypeAdapter

from bot.cases.case import Case, Event, EventKind, Plan, plan_from_json, plan_to_json
from bot.cases.case_refused import refuse
from bot.cases.clock_start import LEARNS_WHEN
from bot.cases.clocks import Clock, Moved, clocks_of, moved
from bot.cases.digest import Kept
from bot.cases.nudges import schedule_of
from bot.cases.reopening import to_reopen
from bot.cases.whose_notification import marks_of
from bot.cases.working_time import WorkingTime
from bot.casework import actions_left, calling_back, known_now, recipients
from bot.clock import london_date
from bot.definitions import Definitions
from bot.delivering import digests
from bot.people import people
from bot.people.handing_on import has_cases
from bot.storage import Connection, KeyRing, cases, delivering, former_ids, nudges, reminded, timeline
from bot.storage.called_back import UNSENT
from bot.storage.cases import Stored
from bot.storage.people import Person

RECENTLY = timedelta(weeks=4)
"""How long a closed case is still counted in the area's week."""


@dataclass(frozen=True)
class Desk:
    """What it takes to work on cases: the transaction, the keys, the definitions, and the present moment."""

    connection: Connection
    keys: KeyRing
    definitions: Definitions
    at: datetime

    @property
    def area(self) -> str:
        """The key of the area that is served."""
        return self.definitions.area.key

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.at)

    @property
    def working_time(self) -> WorkingTime:
        """The area's working time."""
        return self.definitions.working_time

    @cached_property
    def plan(self) -> Plan:
        """The plan that a case opened now begins with."""
        return self.definitions.plan

    @cached_property
    def anyone_joined(self) -> bool:
        """Whether anybody has turned out to be somebody else, so that their id may stand in events."""
        return former_ids.are_any(self.connection)


@dataclass(frozen=True)
class Changed:
    """A case after an event, with the clocks that it moved."""

    case: Case
    moved: tuple[Moved, ...]


def are_kept(desk: Desk) -> bool:
    """Whether cases are kept here: only once somebody looks after the people whose cases they are."""
    return people.has_administrator(desk.connection, desk.area)


def read(desk: Desk, stored: Stored) -> Case:
    """A stored case with its events and plan: what a person did under an id that was another's is that person's.

    Raises Forgotten or Unreadable.
    """
    case = on_record(desk, stored)
    return replace(case, events=known_now.events(desk.connection, case.events)) if desk.anyone_joined else case


def on_record(desk: Desk, stored: Stored) -> Case:
    """The same as it was written, whoever the people in it turned out to be since. Raises Forgotten or Unreadable."""
    found = cases.events(desk.connection, desk.keys, stored.id)
    return Case(
        id=stored.id,
        ref=stored.ref,
        area=stored.area,
        opened_at=stored.created_at,
        plan=plan_from_json(cases.plan(desk.connection, stored.plan_id)),
        events=tuple(event_of(one) for one in found),
        scope="area" if stored.kind == "area" else "case",
    )


def look(desk: Desk, stored: Stored, reader: Person) -> Case:
    """The same for a person to see, which is put on record."""
    case = read(desk, stored)
    cases.append(desk.connection, desk.keys, stored.id, desk.at, cases.READ, _said(by=reader.id))
    return case


def clocks(desk: Desk, case: Case) -> tuple[Clock, ...]:
    """The clocks of a case as they stand today."""
    return clocks_of(case, desk.definitions.local.calendar, desk.today)


def add(
    desk: Desk,
    stored: Stored,
    kind: EventKind,
    by: Person | None,
    *,
    on: date | None = None,
    clock: str = "",
    words: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> Changed:
    """Add what happened to a case, and set when it next owes something; `by` None is the bot itself.

    The caller has loaded the case with its lock. Raises NotPossible, whose message is for the person.
    """
    before, plan_id = read(desk, stored), ""
    if kind == "plan moved":
        plan_id = cases.keep_plan(desk.connection, plan_to_json(desk.plan))
        values = (*values, ("from", stored.plan_id), ("to", plan_id))
    event = Event(len(before.events) + 1, desk.at, kind, by.id if by else "", on, clock, words, values)
    refuse(before, event, desk.definitions.local.calendar)
    was = clocks(desk, before)
    append(desk, stored, kind, event.by, on=on, clock=clock, words=words, values=values)
    if kind == "done" and clock == LEARNS_WHEN:
        append(desk, stored, "notified", event.by, on=on)
    if by is not None and clock:
        had = delivering.somebody_has(desk.connection, stored.id, clock, desk.at)
        reminded.withdrawn(desk.connection, desk.keys, stored.id, had, desk.at)
    if plan_id:
        cases.change(desk.connection, stored.id, plan_id=plan_id)
    after = _settle(desk, stored)
    if kind == "reassigned":
        calling_back.of_another(desk.connection, desk.keys, stored, after.owner, desk.at)
    return Changed(after, moved(was, clocks(desk, after)))


def keep_area(desk: Desk) -> None:
    """Begin the area's own year, once cases are kept here: its clocks run, and its people get their digests."""
    if not are_kept(desk) or cases.find(desk.connection, desk.area, cases.AREA_REF) is not None:
        return
    area = cases.of_the_area(desk.connection, desk.keys, desk.area, plan_to_json(desk.plan), desk.at)
    append(desk, area, "opened", "")
    cases.change(desk.connection, area.id, wake_at=desk.at)


def wake(desk: Desk, stored: Stored) -> None:
    """Note every nudge that a case owes now, and when it owes the next; for an area, its digests as well."""
    stored = _with_owner(desk, stored)
    case = read(desk, stored)
    running = clocks(desk, case)
    known = noted(desk, stored.id)
    calendar = desk.definitions.local.calendar
    schedule = schedule_of(case, running, calendar, known)
    if owed := schedule.owed(desk.at, known):
        unsent = nudges.of_case(desk.connection, stored.id, UNSENT)
        recipients.note(desk.connection, desk.keys, desk.definitions, stored, owed, desk.at)
        stages = schedule.passed_over(desk.at, known)
        calling_back.said_otherwise(desk.connection, desk.keys, stored.id, unsent, stages, desk.at)
    known = noted(desk, stored.id)
    at = schedule_of(case, running, calendar, known).next_at(desk.at, known)
    hours = case.plan.working_time(calendar)
    actions_left.tell(desk.connection, desk.keys, stored, running, desk.at, hours.next_open(desk.at))
    if stored.kind == "case" and case.is_open and not case.owner and at is not None:
        at = min(at, hours.next_opening(desk.at))
    if stored.kind == "area":
        every = [*_every(desk), (case, running)]
        digests.note(desk.connection, desk.keys, stored, every, hours, desk.at)
        past = desk.definitions.library.due(desk.today)
        digests.note_reviews(desk.connection, desk.keys, stored, past, hours, desk.at)
        at = min(at or datetime.max.replace(tzinfo=UTC), hours.next_opening(desk.at))
    cases.change(desk.connection, stored.id, wake_at=at)


def _with_owner(desk: Desk, stored: Stored) -> Stored:
    """A case that is nobody's, or whose owner is no lead or deputy any more, becomes that of whoever is on duty."""
    if stored.kind != "case" or not stored.goes_on or (stored.status == "recorded" and stored.owner_id is None):
        return stored
    if stored.owner_id and has_cases(desk.connection, desk.keys, desk.area, stored.owner_id):
        return stored
    duty = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    if (duty.id if duty else None) == stored.owner_id:
        return stored
    append(desk, stored, "reassigned", "", values=(("owner", duty.id if duty else ""),))
    owner = _settle(desk, stored).owner
    calling_back.of_another(desk.connection, desk.keys, stored, owner, desk.at)
    return _now(desk, stored)


def _every(desk: Desk) -> Iterator[Kept]:
    """Every case of the area that goes on, was closed in the last weeks, or waits closed, with its clocks."""
    for stored in cases.listed(desk.connection, desk.area, statuses=("open", "closed", "recorded")):
        is_recent = stored.closed_at is not None and desk.at - stored.closed_at < RECENTLY
        if stored.goes_on or stored.wake_at is not None or is_recent:
            case = read(desk, stored)
            running = clocks(desk, case)
            if is_counted(stored, running):
                yield case, running


def is_counted(stored: Stored, running: Iterable[Clock]) -> bool:
    """Whether a case counts as one of an area's: what is on record does while a clock runs in it."""
    return stored.status != "recorded" or any(one.is_running and one.nudged for one in running)


def noted(desk: Desk, case_id: str) -> dict[str, datetime]:
    """The keys noted for a case, and when each was; one that names somebody names who they turned out to be."""
    found = nudges.noted(desk.connection, case_id)
    return known_now.keys(desk.connection, found) if desk.anyone_joined else found


def event_of(entry: timeline.Event) -> Event:
    """An entry of a case as an event; of a look it says by whom."""
    said = _SAID.validate_json(entry.body)
    return Event(entry.seq, entry.at, entry.kind, said.by, said.on, said.clock, said.words, said.values)  # type: ignore[arg-type]


def append(
    desk: Desk,
    stored: Stored,
    kind: EventKind,
    by: str,
    *,
    on: date | None = None,
    clock: str = "",
    words: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> None:
    """Put an event at the end of a case as it is; `settled` has to follow in the same transaction."""
    if kind == "opened":
        values = (*values, ("ref", stored.ref), ("plan", stored.plan_id))
    if kind == "notified":
        values = (*values, *marks_of(read(desk, stored)))
    body = _said(by=by, on=on, clock=clock, words=words, values=values)
    cases.append(desk.connection, desk.keys, stored.id, desk.at, kind, body)


def settled(desk: Desk, stored: Stored) -> Stored:
    """The case's row, put in step with its events."""
    _settle(desk, stored)
    return _now(desk, stored)


def _now(desk: Desk, stored: Stored) -> Stored:
    found = cases.load(desk.connection, stored.id)
    assert found is not None
    return found


def _settle(desk: Desk, stored: Stored) -> Case:
    """The case as it stands, its row put in step with its events, and what it no longer owes taken back."""
    case = read(desk, stored)
    running = clocks(desk, case)
    calling_back.not_owed(desk.connection, desk.keys, case, running, desk.at)
    _stop_purging(desk, stored, case)
    known = noted(desk, stored.id)
    calendar = desk.definitions.local.calendar
    schedule = schedule_of(case, running, calendar, known)
    closing = case.closing
    values = {
        "owner_id": case.owner or None,
        "held": case.is_held,
        "closed_at": closing.at if closing else None,
        "wake_at": desk.at if schedule.owed(desk.at, known) else schedule.next_at(desk.at, known),
    }
    if stored.status != "recorded":
        values["status"] = "closed" if closing else "open"
    cases.change(desk.connection, stored.id, **values)
    return case


def _stop_purging(desk: Desk, stored: Stored, case: Case) -> None:
    """Takes back the plan to purge a case that is held, or open again, or of which a lead is asked whether it is."""
    is_open = (case.is_open and stored.status != "recorded") or to_reopen(case) is not None
    if stored.purge_at is not None and (case.is_held or is_open):
        cases.change(desk.connection, stored.id, purge_at=None)
        cases.append(desk.connection, desk.keys, stored.id, desk.at, cases.PURGE_STOPPED, _said())


@dataclass(frozen=True)
class _Said:
    """What an event's sealed body holds."""

    by: str = ""
    on: date | None = None
    clock: str = ""
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()


_SAID = TypeAdapter(_Said)


def _said(**what: object) -> str:
    return _SAID.dump_json(_Said(**what)).decode()  # type: ignore[arg-type]
