"""Everything on record of one case, as its page shows it: clocks with their working, timeline, reads, reminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import wording_agreeing, wording_case_joining, wording_cases, wording_closed
from bot.cases.answered import answers
from bot.cases.case import Case, Event, EventKind
from bot.cases.case_refused import CAN_BE_TAKEN_BACK
from bot.cases.clock_words import explain, standing
from bot.cases.clocks import Clock
from bot.cases.days_missing import ASK_AWARENESS, ASK_REVIEW_DAY
from bot.cases.digest import by_urgency, lines_of
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN
from bot.cases.reopening import to_reopen, would_be_owed
from bot.casework import board_reading, case_blocks, case_moves, casework, correcting, promised, retention
from bot.casework import wording_board as wording
from bot.casework.board import by_when, waits_to_join
from bot.casework.board_acts import state_of
from bot.casework.case_forms import event_for, offered
from bot.casework.casework import Desk
from bot.casework.kept_decisions import records_for
from bot.clock import london_date
from bot.people import need_to_know, people
from bot.record import Record
from bot.storage import cases, nudges
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.date_words import spoken


@dataclass(frozen=True)
class ToDo:
    """A clock that runs, most urgent first: by when, how it stands, why, and what meets it.

    `held` says until when somebody's answer holds it. For the day the council became aware there is no clock.
    `may_answer`: whoever reads it may say that they have it, or that it is done.
    """

    id: str
    title: str
    urgency: str
    until: str
    basis: str
    why: tuple[str, ...]
    met_by: EventKind
    held: str = ""
    can_be_put_off: bool = True
    may_answer: bool = False


@dataclass(frozen=True)
class Other:
    """A clock in which nothing is to be done now: how it stands, and why it has the date it has."""

    title: str
    standing: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One event on record. `words` are shown to those who may act on the case, and to whoever wrote them."""

    seq: int
    at: datetime
    who: str
    what: str
    words: str
    is_gone: bool
    can_be_taken_back: bool


@dataclass(frozen=True)
class Sent:
    """A reminder of this case: when it was due, to whom, in which words, and what became of it."""

    at: datetime
    to: str
    line: str
    status: str


@dataclass(frozen=True)
class CaseFile:
    """A case as its page shows it. `after` says what came of the event just recorded, line by line."""

    case: Case
    stored: Stored
    clocks: tuple[Clock, ...]
    facts: tuple[tuple[str, str], ...]
    to_do: tuple[ToDo, ...]
    others: tuple[Other, ...]
    offered: tuple[EventKind, ...]
    timeline: tuple[Entry, ...]
    looks: tuple[tuple[datetime, str], ...]
    sent: tuple[Sent, ...]
    decisions: tuple[Record, ...]
    seen: str
    may_act: bool
    after: tuple[str, ...] = ()


def open_file(desk: Desk, person: Person, ref: str, after: int = 0) -> CaseFile | None:
    """The file of a case for somebody to see, which is put on record; None where it is not theirs, or there is none.

    `after` is the `seq` of an event, to say what came of it.
    """
    stored = board_reading.find(desk, person, ref)
    if stored is None:
        return None
    case = casework.look(desk, stored, person)
    clocks = casework.clocks(desk, case)
    every = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
    looks = [casework.event_of(one) for one in every if one.kind == cases.READ]
    sent = nudges.of_case(desk.connection, stored.id)
    called = _names(desk, case, looks, [one.person_id or "" for one in sent])
    may_act = people.may(person, desk.area, "act on case", stored)
    return CaseFile(
        case=case,
        stored=stored,
        clocks=clocks,
        facts=_facts(stored, case, called),
        to_do=(*_to_say(stored, case), *_to_do(desk, stored, case, clocks, person)),
        others=_others(desk, clocks),
        offered=offered(case, stored.status, may_act=may_act, plan_is_old=case.plan != desk.plan),
        timeline=_timeline(case, clocks, called, person, may_act=may_act),
        looks=tuple((one.at, _looked(one, called)) for one in reversed(looks)),
        sent=tuple(
            Sent(one.due_at, called.get(one.person_id or "", ""), one.line, wording.NUDGES[one.status])
            for one in reversed(sent)
        ),
        decisions=tuple(records_for(desk, stored, case, person)),
        seen=state_of(case),
        may_act=may_act,
        after=_after(desk, case, after, called) if after else (),
    )


def _names(desk: Desk, case: Case, looks: Iterable[Event], others: Iterable[str]) -> dict[str, str]:
    ids = {one.by for one in case.events} | {one.value("owner") for one in case.events} | {case.owner}
    return board_reading.names(desk, ids | {one.by for one in looks} | set(others))


def _looked(look: Event, called: Mapping[str, str]) -> str:
    return called.get(look.by, wording.FORGOTTEN) if look.by else wording.COMMAND_LINE


def _facts(stored: Stored, case: Case, called: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Status", wording.STATUSES[stored.status]),
        ("Owner", called.get(case.owner, "nobody yet")),
        case_blocks.opened_fact(stored, case),
    ]
    if case.scope == "case":
        facts.append(("Council became aware", spoken(case.aware_on) if case.aware_on else "not known yet"))
    facts += [*case_blocks.notified_facts(case), *case_blocks.joined_facts(case)]
    if case.is_held:
        facts.append(("Legal hold", "in force: nothing is purged, and reminders go on"))
    if stored.purge_at is not None:
        facts.append(("Kept until", retention.plan_words(stored)))
    return (*facts, ("Clocks follow", f"the table of {case.plan.version}"))


def _to_say(stored: Stored, case: Case) -> Iterator[ToDo]:
    """That a decision has to be put with the case it belongs to."""
    if waits_to_join(stored, case):
        yield ToDo(ASK_TO_JOIN, wording_case_joining.TO_JOIN.rstrip("."), "no date", "", "", (), "joined", "", False)


_DAYS: Mapping[str, tuple[str, EventKind]] = {
    ASK_AWARENESS: (wording.AWARE_WHEN, "awareness corrected"),
    ASK_REVIEW_DAY: (wording_cases.REVIEW_WHEN, "review decided"),
}
"""The days that are asked for: in which words, and what records each."""


def _to_do(desk: Desk, stored: Stored, case: Case, clocks: tuple[Clock, ...], person: Person) -> tuple[ToDo, ...]:
    calendar = desk.definitions.local.calendar
    theirs = need_to_know.answerable(desk.connection, person, stored, clocks)
    put_off = need_to_know.can_put_off(desk.connection, person, stored, clocks)
    by_id = {one.id: one for one in clocks if one.is_running}
    found = []
    for line in sorted(lines_of(case, clocks, desk.today, calendar), key=by_urgency):
        if line.clock in _DAYS:
            asked, kind = _DAYS[line.clock]
            found.append(ToDo(line.clock, asked, line.urgency, "", "", (), kind, "", False))
            continue
        if line.clock in (ASK_TO_AGREE, ASK_TO_REOPEN):
            told = _to_answer(case, line.clock)
            found.append(ToDo(line.clock, told, line.urgency, "", "", (), "decision corrected", "", False))
            continue
        clock = by_id[line.clock]
        found.append(
            ToDo(
                id=clock.id,
                title=_title(clock),
                urgency=line.urgency,
                until=by_when(clock, desk.today),
                basis=clock.rule.basis,
                why=explain(clock, desk.definitions.area.closure_days),
                met_by=event_for(clock, case),
                held=_held(desk, case, clock, person),
                can_be_put_off=clock in put_off and line.urgency not in ("late", "today"),
                may_answer=clock in theirs,
            )
        )
    return tuple(found)


def _to_answer(case: Case, clock: str) -> str:
    """What a lead has to say: whether a closed case is opened again, or whether what was told holds."""
    if clock == ASK_TO_REOPEN and (came := to_reopen(case)) is not None:
        return wording_closed.to_be_said(would_be_owed(case, came)).rstrip(".")
    told = case.to_agree.value("new") if case.to_agree is not None else ""
    return case_blocks.capital(wording_agreeing.to_agree(told))


def _title(clock: Clock) -> str:
    return case_blocks.capital(case_blocks.titled(clock))


def _held(desk: Desk, case: Case, clock: Clock, person: Person) -> str:
    hours = case.plan.working_time(desk.definitions.local.calendar)
    given = answers(case, clock.id, hours, clock.since or case.opened_at)
    holding = next((one for one in reversed(given) if one.until > desk.at), None)
    if holding is None:
        return ""
    if holding.is_snooze:
        return f"Put off until {spoken(london_date(holding.until))}"
    asked = promised.asked_on(desk, case, clock, holding.until, themselves=bool(holding.again))
    has_it = "You have it" if holding.by == person.id else "Somebody has it"
    return f"{has_it}; asked again on {spoken(london_date(asked))}"


def _others(desk: Desk, clocks: tuple[Clock, ...]) -> tuple[Other, ...]:
    shown = [one for one in clocks if not one.is_running or one.rule.keeps or not one.nudged]
    order = {"running": 0, "met": 1, "stopped": 2, "not started": 3}
    closed = desk.definitions.area.closure_days
    return tuple(
        Other(_title(one), case_blocks.capital(standing(one)), explain(one, closed))
        for one in sorted(shown, key=lambda one: order[one.state])
    )


def _timeline(
    case: Case, clocks: tuple[Clock, ...], called: Mapping[str, str], person: Person, *, may_act: bool
) -> tuple[Entry, ...]:
    titles = {one.id: case_blocks.titled(one) for one in clocks}
    standing_ = {one.seq for one in case.standing}
    return tuple(
        Entry(
            seq=one.seq,
            at=one.at,
            who=called.get(one.by, wording.FORGOTTEN) if one.by else wording.THE_BOT,
            what=case_blocks.event_words(one, called, titles, case),
            words=one.words if may_act or one.by == person.id else "",
            is_gone=one.seq not in standing_,
            can_be_taken_back=may_act and one.kind in CAN_BE_TAKEN_BACK and one.seq in standing_,
        )
        for one in reversed(case.events)
    )


def _after(desk: Desk, case: Case, seq: int, called: Mapping[str, str]) -> tuple[str, ...]:
    """What came of an event, in words."""
    event = next((one for one in case.events if one.seq == seq), None)
    if event is None:
        return ()
    said = _said(desk, case, event, called)
    moved = case_blocks.moved_lines(case_moves.by_event(desk, case, seq))
    late = correcting.late_unexplained(desk, case) if event.kind in _MOVERS else ()
    means = case_blocks.decided_for_nobody_here(case) if event == case.newest("partner decision") else ""
    moved = moved or ([wording.NOTHING_MOVED] if event.kind in _MOVERS else [])
    return (said, *((means,) if means else ()), *moved, *late)


_NEW_CASE = "new_case"
_MOVERS: frozenset[EventKind] = frozenset({"awareness corrected", "decision corrected", "plan moved", "taken back"})


def _said(desk: Desk, case: Case, event: Event, called: Mapping[str, str]) -> str:
    if event.kind == "acknowledged" and event.clock == _NEW_CASE:
        return wording_cases.YOU_HAVE_IT
    if event.kind == "acknowledged":
        return _asked_again(desk, case, event)
    if event.kind == "snoozed":
        return wording.reminded_on(spoken(london_date(datetime.fromisoformat(event.value("until")))))
    if event.kind == "reassigned":
        return wording.handed_to(called.get(event.value("owner"), wording.FORGOTTEN))
    if event.kind in ("done", "taken back"):
        titles = {one.id: case_blocks.titled(one) for one in casework.clocks(desk, case)}
        return f"{case_blocks.event_words(event, called, titles, case)}. {wording.RECORDED}"
    what = case_blocks.heading(event) if event.kind == "notified" else wording_cases.EVENTS[event.kind]
    return f"{what}. {wording.RECORDED}"


def _asked_again(desk: Desk, case: Case, event: Event) -> str:
    kept = case.plan.working_time(desk.definitions.local.calendar).next_opening(event.at)
    clock = next((one for one in casework.clocks(desk, case) if one.id == event.clock and one.is_running), None)
    themselves = bool(event.value("again"))
    asked = promised.asked_on(desk, case, clock, kept, themselves=themselves) if clock else kept
    words = wording.reminded_on if asked > kept else wording.again_on
    return words(spoken(london_date(asked)))
