"""Comes to a decision: from confirmed answers to a record that stands by itself, with what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from bot import guide
from bot.clock import LONDON
from bot.decision_blocks import decision_blocks
from bot.decision_words import headline
from bot.moment import Moment, Outcome
from bot.prompts import prompt
from bot.record import Answered, Difference, Record
from bot.state import Dialog
from dialogs.date_words import spoken
from dialogs.decision import Dates, Decision, Duty
from dialogs.flow import UNSURE, Flow
from dialogs.walk import Said, walk
from dialogs.what_changes import what_would_change

# Letters and digits that are not mistaken for one another when read out on the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def decided_outcome(moment: Moment, dialog: Dialog, words: str) -> Outcome:
    """Decides on the answers as they stand, and says so."""
    record = record_of(moment, dialog)
    dialog = replace(dialog, confirmed=dialog.said, confirmed_on=moment.today.isoformat(), versions=dialog.versions + 1)
    state = moment.state.with_dialog(dialog)
    blocks = (*decision_blocks(record, moment.definitions), *prompt(moment.at(state)))
    return Outcome(state, blocks, "decided", words, record=record)


def record_of(moment: Moment, dialog: Dialog) -> Record:
    """The record of a decision on the answers as they stand."""
    flow = moment.flow(dialog)
    decision = _decide(moment, flow, dialog.said, moment.today)
    place = walk(flow, dialog.said)
    answers = tuple(
        Answered(question.text, question.short, guide.words(question, answer), answer)
        for question, answer in guide.shown_answers(flow, dialog)
    )
    return Record(
        reference=reference(moment.conversation, dialog),
        version=dialog.versions + 1,
        practice=dialog.practice,
        flow=flow.name,
        flow_title=flow.title,
        flow_version=flow.version,
        area=moment.definitions.area.key,
        confirmed_at=moment.turn.at.astimezone(LONDON),
        role=next((guide.words(q, answer) for q, answer in place.answers if q.name == "role"), "not asked"),
        answers=answers,
        decision=decision,
        changes=what_would_change(flow, dialog.said),
        differences=_differences(moment, flow, dialog, decision),
    )


def reference(conversation: str, dialog: Dialog) -> str:
    """The bot's own reference for a dialog, such as R-7K3M2Q; worked out, so that a repeat gives the same one."""
    number = int.from_bytes(sha256(f"{conversation}/{dialog.number}".encode()).digest()[:8], "big")
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return f"{'P' if dialog.practice else 'R'}-{letters}"


def _decide(moment: Moment, flow: Flow, said: tuple[Said, ...], today: date) -> Decision:
    answers = walk(flow, said).by_name
    dates = Dates(today, _day(answers, "aware_on"), _day(answers, "notified_on"))
    return flow.decide(answers, dates, moment.definitions.local)


def _day(answers: Mapping[str, str], name: str) -> date | None:
    written = answers.get(name, UNSURE)
    return None if written == UNSURE else date.fromisoformat(written)


def _differences(moment: Moment, flow: Flow, dialog: Dialog, now: Decision) -> tuple[Difference, ...]:
    """What differs from the decision before, in answers, outcome and dates; nothing for a first decision."""
    if dialog.confirmed is None:
        return ()
    before = _decide(moment, flow, dialog.confirmed, date.fromisoformat(dialog.confirmed_on))
    earlier, later = walk(flow, dialog.confirmed).by_name, walk(flow, dialog.said).by_name
    found = [
        Difference(question.short, _said(question.name, earlier, flow), _said(question.name, later, flow))
        for question in flow.questions
        if earlier.get(question.name) != later.get(question.name)
    ]
    if before.title != now.title:
        found.append(Difference("Outcome", before.title, now.title))
    return (*found, *_moved(before, now))


def _said(name: str, answers: Mapping[str, str], flow: Flow) -> str:
    question = flow.question(name)
    return guide.words(question, answers[name]) if question and name in answers else "not asked"


def _moved(before: Decision, now: Decision) -> tuple[Difference, ...]:
    """Each deadline that moved, came or went."""
    earlier, later = ({duty.name: duty for duty in decision.duties} for decision in (before, now))
    found = []
    for name in dict.fromkeys([*earlier, *later]):
        was, is_now = (_dates(duties.get(name)) for duties in (earlier, later))
        if was != is_now:
            # A duty that is late opens with what to do about it; its plain words name the date better.
            duty = min((one[name] for one in (later, earlier) if name in one), key=lambda one: one.late)
            found.append(Difference(f"Dates, {headline(duty).removesuffix('.')}", was, is_now))
    return tuple(found)


def _dates(duty: Duty | None) -> str:
    if duty is None or duty.due is None:
        return "no date"
    return f"aim for {spoken(duty.due.aim_for)}, latest {spoken(duty.due.latest)}"
