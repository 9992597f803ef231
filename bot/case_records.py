"""Puts on record what was done or decided in a case; whatever that needs and was not given is asked for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import (
    case_closed_steps,
    case_days_told,
    case_dialogs,
    case_join_steps,
    case_notified,
    case_said_done,
    wording_cases,
    wording_duties,
    wording_reviews,
)
from bot.case_duties import acknowledged, changed_words, clock_meant, said
from bot.case_read_back import read_back
from bot.case_step import DUTY, CaseAsk, CaseStep
from bot.cases.case import Case, NotPossible
from bot.cases.clock_start import DISAGREEMENT, disagreements_open
from bot.cases.clocks import Clock
from bot.cases.days_missing import ASK_AWARENESS, DAYS_ASKED
from bot.cases.nudges import ASK_TO_JOIN
from bot.casework import case_blocks, casework, correcting, telling
from bot.casework.case_forms import named, offered
from bot.casework.case_steps import STEPS, done_when, key_of, question, step, why_late
from bot.casework.casework import Desk
from bot.messages import Block, Text
from bot.plain_words import BY
from bot.storage.cases import Stored
from bot.storage.people import Person

_SETTLED = "settled"
_VALUES = ("decision", "due", "review", "action", "owner")


@dataclass(frozen=True)
class Looked:
    """Something shown, and what is asked after it."""

    blocks: Sequence[Block]
    next: CaseStep


Came = CaseStep | Looked | Sequence[Block]
"""What comes of an act: what is asked next, something shown with what is asked after it, or something said."""


def finished(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Came:
    """What a nudge's "done" asks: the event that meets its clock. Raises NotPossible."""
    if ask.clock == ASK_TO_JOIN:
        return case_join_steps.joined(desk, person, stored, ask)
    if case_days_told.is_told(ask) or (ask.clock or ask.value("clock")) in DAYS_ASKED:
        return _day_given(desk, person, stored, ask)
    if ask.value(BY):
        case = casework.read(desk, stored)
        ask = case_notified.recording(desk, person, stored, case, casework.clocks(desk, case), ask)
        if ask.act == "record":
            return recorded(desk, person, stored, ask)
    if case_said_done.is_said(ask):
        ask = case_said_done.of_case(ask, casework.clocks(desk, casework.read(desk, stored)))
    clock = clock_meant(desk, person, stored, ask)
    if isinstance(clock, CaseStep):
        return clock
    if clock.rule.met_by == "rapid review sent" and casework.read(desk, stored).notified_on is None:
        raise NotPossible(wording_reviews.NOTIFICATION_FIRST)
    ask = ask.having(DUTY, _titled(desk, stored, clock))
    if clock.rule.met_by == "done":
        if clock.id == DISAGREEMENT and not ask.value(_SETTLED):
            return step(ask, _SETTLED, "option", wording_duties.IS_IT_SETTLED, wording_duties.SETTLED_OR_NEXT)
        if not ask.value("day"):
            return done_when(desk, ask)
        return _was_done(desk, person, stored, ask, clock)
    if clock.rule.met_by == "acknowledged":
        return acknowledged(desk, person, stored, ask)
    about = ask.having("action", clock.about or "none")  # a clock that is about no action is about the whole
    kind = case_notified.event_of(clock, casework.read(desk, stored), ask)
    return recorded(desk, person, stored, about.having("event", kind))


def _was_done(desk: Desk, person: Person, stored: Stored, ask: CaseAsk, clock: Clock) -> Sequence[Block]:
    """Records what needs no more than its day. A disagreement that went on has a day at its next step as well."""
    on = date.fromisoformat(ask.value("day"))
    added = casework.add(desk, stored, "done", person, on=on, clock=clock.id, words=ask.value("words"))
    if ask.value(_SETTLED) == "next":
        words = wording_duties.WENT_TO_THE_NEXT_STEP
        added = casework.add(desk, stored, "disagreement raised", person, on=on, words=words)
    return changed_words(added, ask.value(DUTY))


def _titled(desk: Desk, stored: Stored, clock: Clock) -> str:
    """What a duty is called that is said to be done; of a disagreement also for how many that stands."""
    title = case_blocks.titled(clock)
    count = disagreements_open(casework.read(desk, stored)) if clock.id == DISAGREEMENT else 1
    return wording_duties.each_disagreement(title, count) if count > 1 else title


def _day_given(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Came:
    """Records a day that the case waits for, or asks for it; one that was told in words is said as it was taken."""
    case = casework.read(desk, stored)
    first: tuple[Block, ...] = ()
    if case_days_told.is_told(ask):
        told = case_days_told.of_case(desk, case, casework.clocks(desk, case), ask)
        if isinstance(told, CaseStep):
            return told
        ask, first = told, (Text.of(wording_duties.day_taken(stored.ref, told.clock, told.value("day"))),)
    is_awareness = ASK_AWARENESS in (ask.clock, ask.value("clock"))
    came = recorded(
        desk, person, stored, ask.having("event", "awareness corrected") if is_awareness else _day_of_review(case, ask)
    )
    if isinstance(came, CaseStep):
        came = Looked((), came)
    return replace(came, blocks=(*first, *came.blocks)) if isinstance(came, Looked) else (*first, *came)


def _day_of_review(case: Case, ask: CaseAsk) -> CaseAsk:
    """Asks for the day of a decision that is on record without: all else of it stays. Raises NotPossible."""
    decided = case.newest("review decided")
    if decided is None or not case.review_day_is_missing:
        raise NotPossible(wording_reviews.REVIEW_DAY_KNOWN)
    given = {"event": "review decided", "decision": "yes", "words": decided.words, DUTY: wording_reviews.REVIEW_DAY}
    for name, value in given.items():
        ask = ask.having(name, value)
    return ask


def recorded(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Came:
    """Puts an event on record, once all is given that it needs; else what is asked next. Raises NotPossible."""
    kind, case = next((one for one in STEPS if one == ask.value("event")), None), casework.read(desk, stored)
    if kind is None:
        fit = offered(case, stored.status, may_act=True, plan_is_old=case.plan != desk.plan)
        options = tuple((one, named(one, case)) for one in fit if one in STEPS)
        return step(ask, "event", "option", wording_cases.which_event(stored.ref), options)
    for name in STEPS[kind]:
        if not ask.value(key_of(name)):
            return question(desk, case, ask, name)
    if (asked := read_back(desk, case, ask, kind)) is not None:
        return asked
    day = ask.value("day")
    values = tuple((name, ask.value(name)) for name in _VALUES if ask.value(name))
    changed = casework.add(
        desk,
        stored,
        kind,
        person,
        on=date.fromisoformat(day) if day else None,
        words=ask.value("words"),
        values=tuple((name, value) for name, value in values if value != "none" or name == "review"),
    )
    telling.tell_action_owner(desk, stored, changed.case, person)
    if kind == "noted":
        telling.tell_owner(desk, stored, changed.case, person, wording_cases.note_added(stored.ref), at_once=False)
    beside = case_dialogs.beside_another(desk, changed.case) if kind == "disagreement raised" else ()
    means = case_blocks.decided_for_nobody_here(changed.case) if kind == "partner decision" else ""
    shown = [*changed_words(changed, ask.value(DUTY)), *beside, *(said(means) if means else ())]
    if kind == "publication planned":
        shown += case_blocks.planned_late(changed.case, casework.clocks(desk, changed.case))
    late = correcting.late_without_reason(desk, changed.case) if kind == "awareness corrected" else None
    return Looked(shown, why_late(stored.ref, late)) if late else shown


def noted(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Came:
    """Adds a note."""
    return recorded(desk, person, stored, ask.having("event", "noted"))


def reopened(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Came:
    """Opens a closed case again. Raises NotPossible where it is open."""
    case_closed_steps.refuse_open(desk, stored)
    return recorded(desk, person, stored, ask.having("event", "reopened"))
