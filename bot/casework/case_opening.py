"""Opens cases: from a confirmed decision, whose later versions put the same case right, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.cases import nudge_words
from bot.cases.case import Case, EventKind, opens, plan_to_json
from bot.cases.case_event import BY_COUNCIL
from bot.cases.clocks import Moved, moved
from bot.cases.nudges import ASK_TO_JOIN
from bot.cases.whose_notification import (
    CARE,
    DEATH_NOTIFIED,
    IN_ANOTHERS,
    IN_CARE,
    is_of_a_death,
    may_be_the_responsible_councils,
)
from bot.casework import correcting
from bot.casework.casework import Desk, add, append, clocks, read, settled
from bot.casework.kept_decisions import keep_decision, outcome_of
from bot.people import people
from bot.record import Record
from bot.storage import cases, nudges
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.flows.referral import COUNCIL


@dataclass(frozen=True)
class Opened:
    """A case as it stands after a decision: whether it is new, and who has it (None: nobody, administrators hear).

    `joins` is whether it is about an incident that has been notified before, and belongs to another case; `stands`
    says what of the case a later decision did not change, for all it said; `runs` whether any clock runs after that.
    """

    stored: Stored
    is_new: bool
    owner: Person | None
    moved: tuple[Moved, ...] = ()
    joins: bool = False
    stands: tuple[str, ...] = ()
    runs: bool = True


def opened_from(desk: Desk, record: Record, opener: Person) -> Opened | None:
    """The case a confirmed decision opens, joins the list as, or corrects; None where its outcome never becomes one."""
    decision = record.decision
    there = cases.by_source(desk.connection, record.reference)
    if there is not None:
        return corrected(desk, there, record, opener)
    way = opens(decision.outcome, practice=record.practice)
    if way == "never":
        return None
    is_open = way == "opens"
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) if is_open else None
    values = (*outcome_of(record), *_by_council(record))
    stored = _made(desk, opener, owner, record.reference, "open" if is_open else "recorded")
    append(desk, stored, "opened", opener.id, on=decision.dates.aware_on, values=_with_owner(values, owner))
    keep_decision(desk, stored, record)
    if decision.dates.notified_on is not None:
        append(desk, stored, "notified", opener.id, on=decision.dates.notified_on)
    if way == "joins":
        _ask_to_join(desk, stored)
    case = read(desk, stored)
    late = correcting.late_unexplained(desk, case) if is_open else ()
    runs = () if is_open else moved((), clocks(desk, case))
    return Opened(settled(desk, stored), is_new=True, owner=owner, moved=runs, joins=way == "joins", stands=late)


def _by_council(record: Record) -> tuple[tuple[str, str], ...]:
    """What marks that the council's own people decided, who knew by then."""
    role = record.by_name.get("role")
    return (BY_COUNCIL,) if role is not None and role.answer in COUNCIL else ()


def _ask_to_join(desk: Desk, stored: Stored) -> None:
    """Ask the lead on duty at once to put a decision with the case it belongs to; the case itself goes on asking."""
    lead = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    if lead is not None:
        line = nudge_words.asks_to_join(stored.ref)
        nudges.note(
            desk.connection,
            stored.id,
            f"{ASK_TO_JOIN}|at once",
            desk.at,
            clock=ASK_TO_JOIN,
            kind="ask to join",
            post="lead",
            person_id=lead.id,
            line=line,
            due_at=desk.at,
        )


def opened_by_hand(
    desk: Desk,
    opener: Person,
    outcome: str,
    add_ons: str,
    aware_on: date | None,
    notified_on: date | None,
    late_reason: str = "",
    care: str = "",
) -> Opened:
    """A case that a lead opens from a notification made elsewhere; `care` says in whose care the child was.

    Raises NotPossible, and then the caller's transaction has to be undone.
    """
    owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today) or opener
    stored = _made(desk, opener, owner, None, "open")
    whose = ((CARE, care),) if care in IN_CARE else ()
    knew = (BY_COUNCIL,) if aware_on is not None else ()
    values = (("outcome", outcome), ("add_ons", add_ons), *whose, *knew)
    append(desk, stored, "opened", opener.id, on=aware_on, values=_with_owner(values, owner))
    if notified_on is not None:
        kind = _what_was_sent(read(desk, stored))
        add(desk, stored, kind, opener, on=notified_on, words=late_reason)
    return Opened(settled(desk, stored), is_new=True, owner=owner)


def _what_was_sent(case: Case) -> EventKind:
    """What a notification is that was made before its case is opened: of a death in another's care it was theirs."""
    if not is_of_a_death(case):
        return "notified"
    is_theirs = case.care_at(case.decisions[-1]) == IN_ANOTHERS and may_be_the_responsible_councils(case)
    return "responsible council notified" if is_theirs else DEATH_NOTIFIED


def corrected(desk: Desk, stored: Stored, record: Record, by: Person) -> Opened:
    """The case of an earlier decision, with what this one changes."""
    now = correcting.corrected(desk, stored, record, by)
    runs = any(one.is_running for one in clocks(desk, read(desk, now.stored)))
    return Opened(now.stored, is_new=False, owner=now.owner, moved=now.moved, stands=now.stands, runs=runs)


def _made(desk: Desk, opener: Person, owner: Person | None, source: str | None, status: str) -> Stored:
    stored, _ = cases.make(
        desk.connection,
        desk.keys,
        area=desk.area,
        plan=plan_to_json(desk.plan),
        at=desk.at,
        year=desk.today.year,
        source=source,
        status=status,
        owner_id=owner.id if owner else None,
        opened_by=opener.id,
    )
    return stored


def _with_owner(values: tuple[tuple[str, str], ...], owner: Person | None) -> tuple[tuple[str, str], ...]:
    return (*values, ("owner", owner.id)) if owner else values
