"""Comes to a decision: from confirmed answers to a record that stands by itself, with what has changed."""

from __future__ import annotations

from dataclasses import replace

from bot import guide
from bot.clock import LONDON
from bot.compared import compared
from bot.decision_blocks import decision_blocks
from bot.earlier import decision_on
from bot.moment import Moment, Outcome
from bot.prompts import prompt
from bot.record import Answered, Record
from bot.reference import reference
from bot.state import Dialog
from dialogs.walk import walk
from dialogs.what_changes import what_would_change


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
    place = walk(flow, dialog.all_said)
    decision = decision_on(flow, place.by_name, moment.today, moment.definitions.local, dialog.known)
    answers = tuple(
        Answered(
            question.text, question.short, guide.words(question, answer), answer, question.name, question.reason_for
        )
        for question, answer in guide.shown_answers(flow, dialog)
    )
    differences, new_duties = compared(moment, flow, dialog, decision)
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
        changes=what_would_change(flow, dialog.all_said),
        differences=differences,
        follows=dialog.earlier.reference if dialog.earlier else "",
        case=dialog.case,
        new_duties=new_duties if dialog.earlier and not dialog.versions else (),
    )
