"""The dialogs about a case that is there: begun from it, and what their decision means for it, put on its record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import after_decision, wording_cases
from bot.beginning import begin
from bot.cases.case import EventKind, NotPossible
from bot.casework import case_opening, casework
from bot.casework.casework import Desk
from bot.earlier import earlier_of
from bot.messages import Block, Text
from bot.moment import Moment, Outcome
from bot.people import people
from bot.record import Record, from_json
from bot.state import Dialog
from bot.storage import cases
from bot.storage.cases import Stored
from bot.storage.people import Person

NEWS, REVIEW, DISAGREEMENT = "new_information", "rapid_review_outcome", "disagreement"
FLOWS = {"news": NEWS, "review": REVIEW, "disagree": DISAGREEMENT}
"""The dialog that each act on a case begins."""
_DECIDED = {"REVIEW": "yes", "NO-REVIEW": "no"}


def begun(desk: Desk, stored: Stored, person: Person, moment: Moment, act: str) -> Outcome:
    """The outcome that begins a dialog about a case. Raises NotPossible where it cannot be."""
    flow = FLOWS[act]
    if act != "news":
        return begin(moment, flow, case=stored.ref)
    bodies = cases.decisions(desk.connection, desk.keys, stored.id)
    referrals = [one for one in map(from_json, bodies) if one.flow in (after_decision.FLOW, NEWS)]
    if not referrals:
        raise NotPossible(wording_cases.NO_DECISION_HERE)
    newest, flows = referrals[-1], moment.definitions.flows
    earlier = earlier_of(newest, flows[newest.flow], flows[NEWS], same_person=person.id == stored.opened_by)
    return begin(moment, flow, earlier=earlier, case=stored.ref)


def finished(desk: Desk, person: Person | None, dialog: Dialog, record: Record) -> Sequence[Block]:
    """What a decision about a case that is there means for it, in words; nothing where there is no such case."""
    stored = _case_of(desk, dialog)
    if stored is None or person is None:
        return []
    try:
        return _put(desk, stored, person, record)
    except NotPossible as why:
        return [Text.of(f"{wording_cases.not_on_record(stored.ref)} {why}", tone="problem")]


def _put(desk: Desk, stored: Stored, person: Person, record: Record) -> Sequence[Block]:
    if record.flow == NEWS and people.may(person, desk.area, "note on case", stored):
        return after_decision.words(case_opening.corrected(desk, stored, record, person))
    if record.flow == DISAGREEMENT and people.may(person, desk.area, "note on case", stored):
        return _event(desk, stored, person, record, "disagreement raised")
    if record.flow == REVIEW and people.may(person, desk.area, "act on case", stored):
        decided = _DECIDED.get(record.decision.outcome, "")
        on = _day(record) if decided else None
        values = (("decision", decided),) if decided else ()
        return _event(desk, stored, person, record, "review decided" if decided else "noted", on, values)
    return [Text.of(wording_cases.NOT_YOURS, tone="problem")]


def _event(
    desk: Desk,
    stored: Stored,
    person: Person,
    record: Record,
    kind: EventKind,
    on: date | None = None,
    values: tuple[tuple[str, str], ...] = (),
) -> Sequence[Block]:
    words = f"{record.decision.title} ({record.reference}, version {record.version})."
    changed = casework.add(desk, stored, kind, person, on=on, words=words, values=values)
    case_opening.keep_decision(desk, stored, record)
    return after_decision.changed_words(stored.ref, changed.moved)


def _case_of(desk: Desk, dialog: Dialog) -> Stored | None:
    """The case a dialog was begun from, or that of the decision it goes on from."""
    if dialog.case:
        return cases.find(desk.connection, desk.area, dialog.case, lock=True)
    if dialog.earlier is None:
        return None
    there = cases.by_source(desk.connection, dialog.earlier.reference.partition(",")[0])
    return None if there is None else cases.load(desk.connection, there.id, lock=True)


def _day(record: Record) -> date | None:
    """The day the partners decided, where it is known."""
    answered = record.by_name.get("decided_on")
    try:
        return date.fromisoformat(answered.answer) if answered is not None else None
    except ValueError:
        return None
