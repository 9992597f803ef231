"""The decisions that a dialog can go on from: those of this conversation, or one that is kept elsewhere as a record."""

from __future__ import annotations

from datetime import date

from bot.decisions.decision_words import answers_by_name
from bot.moment import Moment
from bot.record import Record
from bot.reference import reference
from bot.state import Dialog, Earlier
from dialogs.dated_duties import ON_RECORD
from dialogs.decision import Dates, Decision, Local
from dialogs.flow import Answers, Flow
from dialogs.walk import Said, walk


def earlier_of(record: Record, decided_in: Flow, going_on: Flow, *, same_person: bool) -> Earlier:
    """What a dialog goes on from, taken from a kept record of the flow it was `decided_in`.

    Every answer that `going_on` asks for too stands as it was kept, but for what is asked afresh each time and, where
    it is somebody else now, for what is about the person.
    """
    kept = {name: answered.answer for name, answered in answers_by_name(record, decided_in).items()}
    stands = _standing(kept, going_on, same_person=same_person)
    dates = record.decision.dates
    on, known = dates.today.isoformat(), ((name, getattr(dates, name)) for name in ON_RECORD)
    knew = tuple(Said(name, day.isoformat()) for name, day in known if day)
    return Earlier(stands, on, f"{record.reference}, version {record.version}", record.decision.title, knew=knew)


def earlier_here(moment: Moment, dialog: Dialog, going_on: Flow) -> Earlier:
    """What a dialog goes on from, taken from another dialog of this conversation as it was last decided."""
    stands = _standing(_confirmed(moment, dialog), going_on, same_person=True)
    words = f"{reference(moment.conversation, dialog)}, version {dialog.versions}"
    return Earlier(stands, dialog.confirmed_on, words, title_of(moment, dialog))


def can_go_on_from(moment: Moment, going_on: Flow) -> tuple[Dialog, ...]:
    """The decided dialogs of this conversation that a flow can go on from, newest last.

    Practice goes on from practice only. A decision that another has gone on from is left out, and so are all of one
    case but the newest.
    """
    news = going_on.goes_on
    if news is None:
        return ()
    practice = moment.dialog is not None and moment.dialog.practice
    here = (*moment.state.aside, *([moment.dialog] if moment.dialog else []))
    decided = [one for one in here if one.flow in news.flows and one.practice == practice and _is_whole(moment, one)]
    gone_on = {one.earlier.reference.partition(",")[0] for one in decided if one.earlier is not None}
    left = [one for one in decided if reference(moment.conversation, one) not in gone_on]
    left.sort(key=lambda one: (one.confirmed_on, one.number))
    newest = {one.case: one for one in left}
    return tuple(one for one in left if not one.case or newest[one.case] is one)


def title_of(moment: Moment, dialog: Dialog) -> str:
    """The title of the outcome that a dialog last came to."""
    flow, day = moment.flow(dialog), date.fromisoformat(dialog.confirmed_on)
    return decision_on(flow, _confirmed(moment, dialog), day, moment.definitions.local).title


def decision_on(flow: Flow, answers: Answers, today: date, local: Local, known: Answers | None = None) -> Decision:
    """The decision that answers lead to, seen from a day. Raises LookupError where they do not reach an outcome.

    `known` are days that no question asks for.
    """
    return flow.decide(answers, Dates.said(today, {**answers, **(known or {})}), local)


def _confirmed(moment: Moment, dialog: Dialog) -> dict[str, str]:
    assert dialog.confirmed is not None
    return walk(moment.flow(dialog), dialog.with_earlier(dialog.confirmed)).by_name


def _is_whole(moment: Moment, dialog: Dialog) -> bool:
    """Whether a dialog has a decision, under questions that are still asked, that did not end it early."""
    if dialog.confirmed is None or dialog.flow not in moment.definitions.flows:
        return False
    flow = moment.flow(dialog)
    place = walk(flow, dialog.with_earlier(dialog.confirmed))
    return place.next is None and not flow.stopped(place.facts)


def _standing(kept: Answers, going_on: Flow, *, same_person: bool) -> tuple[Said, ...]:
    """The kept answers that a flow going on from them takes over."""
    news = going_on.goes_on
    assert news is not None
    left_out = news.afresh if same_person else news.afresh | news.personal
    return tuple(Said(one.name, kept[one.name]) for one in going_on.questions if one.name in kept.keys() - left_out)
