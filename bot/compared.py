"""Compares a decision with the one before it: what differs in answers, outcome, dates and steps, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot import guide
from bot.decisions.deadline_words import headline
from bot.earlier import decision_on
from bot.moment import Moment
from bot.record import NOT_ASKED, OUTCOME, Difference
from bot.state import Dialog
from dialogs.date_words import spoken
from dialogs.decision import Decision, Duty
from dialogs.flow import Flow
from dialogs.walk import walk


def compared(
    moment: Moment, flow: Flow, dialog: Dialog, now: Decision
) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """What differs from the decision before, in answers, outcome, dates and steps; and the names of the new duties.

    Nothing where there is no decision before: neither a version of this dialog nor one that it goes on from.
    """
    later = walk(flow, dialog.all_said).by_name
    earlier, on = _before(flow, dialog, later)
    if not on:
        return (), ()
    follows = flow.goes_on is not None and dialog.confirmed is None
    # What is asked afresh each time, or put on the record now for the first time, is no difference between the two.
    beside = set(flow.goes_on.afresh) if flow.goes_on and follows else set()
    beside |= {one.name for one in flow.questions if follows and one.recorded and one.name not in earlier}
    found = [
        Difference(question.short, _said(question.name, earlier, flow), _said(question.name, later, flow))
        for question in flow.questions
        if question.name not in beside and earlier.get(question.name) != later.get(question.name)
    ]
    try:
        known = dialog.known if dialog.confirmed is not None else dialog.knew
        before = decision_on(flow, earlier, date.fromisoformat(on), moment.definitions.local, known)
    except LookupError:
        # The questions have changed since: what the answers led to then cannot be worked out now.
        return tuple(found), ()
    if before.title != now.title:
        found.append(Difference(OUTCOME, before.title, now.title))
    had = {duty.name for duty in before.duties}
    new = tuple(duty.name for duty in now.duties if duty.name not in had)
    return (*found, *_moved(before, now), *_steps(before, now)), new


def _before(flow: Flow, dialog: Dialog, later: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The answers of the decision to compare with, and its day; no day where there is no such decision."""
    if dialog.confirmed is not None:
        return walk(flow, dialog.with_earlier(dialog.confirmed)).by_name, dialog.confirmed_on
    if dialog.earlier is None or flow.goes_on is None:
        return {}, ""
    # Whoever asks now is who asks in both, so that only what is new makes a difference.
    same = {name: later[name] for name in flow.goes_on.personal if name in later}
    return {**same, **{one.question: one.answer for one in dialog.earlier.said}}, dialog.earlier.on


def _said(name: str, answers: Mapping[str, str], flow: Flow) -> str:
    question = flow.question(name)
    return guide.words(question, answers[name]) if question and name in answers else NOT_ASKED


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


def _steps(before: Decision, now: Decision) -> tuple[Difference, ...]:
    """The steps without a date that came or went; those with one are told with their dates."""
    earlier, later = (
        {duty.name: headline(duty).removesuffix(".") for duty in decision.duties if duty.due is None}
        for decision in (before, now)
    )
    both = {duty.name for duty in before.duties} & {duty.name for duty in now.duties}
    came = "; ".join(words for name, words in later.items() if name not in both)
    went = "; ".join(words for name, words in earlier.items() if name not in both)
    return (
        *([Difference("Steps that are new", "none", came)] if came else []),
        *([Difference("Steps that fall away", went, "none")] if went else []),
    )


def _dates(duty: Duty | None) -> str:
    if duty is None or duty.due is None:
        return "no date"
    return f"aim for {spoken(duty.due.aim_for)}, latest {spoken(duty.due.latest)}"
