"""The dialogs about a case that is there: begun from it, and what their decision means for it, put on its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import after_decision, wording_cases, wording_closed, wording_duties, wording_reviews
from bot.beginning import begin
from bot.case_step import DIALOGS as FLOWS
from bot.case_step import DISAGREEMENT, NEWS, REVIEW, CaseAsk, CaseStep
from bot.cases.case import Case, EventKind, NotPossible
from bot.cases.case_event import DAY_UNKNOWN
from bot.cases.clock_start import DISAGREEMENT as DISAGREEMENT_CLOCK
from bot.cases.clock_start import disagreements_open
from bot.cases.days_missing import ASK_REVIEW_DAY, days_missing
from bot.cases.whose_notification import another_notifies
from bot.casework import case_joining, case_opening, casework, telling
from bot.casework.case_menu import acts_shown
from bot.casework.case_steps import step
from bot.casework.casework import Desk
from bot.casework.kept_decisions import day_given, goes_by, keep_decision, records_for, records_of
from bot.clock import london_date
from bot.delivering.nudge_buttons import button_id
from bot.earlier import earlier_of
from bot.messages import Block, Option, Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know, people
from bot.prompts import prompt
from bot.record import Record, from_json
from bot.reference import reference
from bot.state import Dialog
from bot.storage import cases, conversations, decisions
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.walk import Said

_DECIDED = {"REVIEW": "yes", "NO-REVIEW": "no", "NOT-YET": "later"}
INSTEAD = tuple(acts_shown("note", "record", "news").items())
"""What is offered where the review is another area's."""
OFFERED = 3
"""How many cases have a button to put a decision on."""


@dataclass(frozen=True)
class Finished:
    """What a decision means for the case it is about, in words; `buttons` put one that is on no case on one."""

    blocks: Sequence[Block]
    buttons: tuple[Option, ...] = ()


def begun(desk: Desk, stored: Stored, person: Person, moment: Moment, act: str) -> Outcome | CaseStep:
    """The outcome that begins a dialog about a case; where it is another area's to hold, what can be done instead.

    Raises NotPossible where it cannot be.
    """
    flow, case = FLOWS[act], casework.read(desk, stored)
    if act == "review" and stored.status == "closed":
        raise NotPossible(wording_closed.open_it_first(stored.ref))
    if act == "review" and another_notifies(case):
        return step(CaseAsk("choose", stored.ref), "act", "option", wording_reviews.ANOTHERS_REVIEW, INSTEAD)
    if act != "news":
        # Read back with the other answers, where it can be put right.
        is_sent = act == "review" and case.fact("rapid review sent") is not None
        return begin(moment, flow, said=(Said("sent", "yes"),) if is_sent else (), case=stored.ref)
    # Nothing goes on from what no lead has agreed to: something else that is new does not say that it holds.
    found, flows = goes_by(records_for(desk, stored, case, person), case), moment.definitions.flows
    if found is None:
        raise NotPossible(wording_cases.NO_DECISION_HERE)
    earlier = earlier_of(found, flows[found.flow], flows[NEWS], same_person=person.id == stored.opened_by)
    if case.counts_from is not None:
        # Put right since, perhaps: what is decided anew counts from the day from which the case counts.
        earlier = replace(earlier, since=(Said("la_aware", "yes"), Said("aware_on", case.counts_from.isoformat())))
    if case.notified_on is not None and not another_notifies(case):
        told = (Said("sin_sent", "yes"), Said("notified_on", case.notified_on.isoformat()))
        earlier = replace(earlier, since=(*earlier.since, *told))
    earlier = replace(earlier, known=tuple(Said(name, day.isoformat()) for name, day in _on_record(case) if day))
    return begin(moment, flow, earlier=earlier, case=stored.ref)


def _on_record(case: Case) -> tuple[tuple[str, date | None], ...]:
    """The days that no question asks for, by what a decision calls them."""
    decided, anew = case.decided_not_to_notify, case.to_decide_anew
    return (
        ("death_notified_on", case.death_notified.on if case.death_notified else None),
        ("test_decided_on", decided.day if decided else None),
        ("anew_on", london_date(anew.at) if anew else None),
    )


def finished(desk: Desk, person: Person | None, conversation: str, dialog: Dialog, record: Record) -> Finished:
    """What a decision means for the case it is about; where it is about none, that is said, and how it can be."""
    stored = case_of(desk, conversation, dialog)
    if stored is None:
        return _detached(desk, person, conversation, record)
    if person is None:
        return Finished([_not_on_record(stored, wording_cases.NOT_KNOWN)])
    try:
        return _put(desk, stored, person, record)
    except NotPossible as why:
        return Finished([_not_on_record(stored, str(why))])


def put_on(desk: Desk, stored: Stored, person: Person, moment: Moment) -> Outcome:
    """The outcome of putting the newest decision of this conversation that is on no case on one. Raises NotPossible."""
    dialog = _newest_detached(desk, moment)
    kept = decisions.read(desk.connection, desk.keys, moment.conversation, practice=False)
    ref = reference(moment.conversation, dialog) if dialog is not None else ""
    made = [one for one in (from_json(each.body) for each in kept) if one.reference == ref]
    if dialog is None or not made:
        raise NotPossible(wording_cases.NOTHING_TO_PUT)
    there = {(one.reference, one.version) for one in records_of(desk, stored, casework.read(desk, stored))}
    if (made[-1].reference, made[-1].version) in there:
        raise NotPossible(wording_cases.ON_IT_ALREADY)
    said = _put(desk, stored, person, made[-1]).blocks
    state = replace(moment.state, awaited=None)
    now = replace(dialog, case=stored.ref)
    if state.dialog == dialog:
        state = state.with_dialog(now)
    else:
        state = replace(state, aside=tuple(now if one == dialog else one for one in state.aside))
    return Outcome(state, (*said, *prompt(moment.at(state))), "case", f"Put it on case {stored.ref}.")


def _newest_detached(desk: Desk, moment: Moment) -> Dialog | None:
    """The newest decided dialog of this conversation that can be about a case and is about none."""
    here = (*moment.state.aside, *([moment.dialog] if moment.dialog else []))
    decided = [one for one in here if one.flow in FLOWS.values() and one.versions and not one.practice]
    found = (one for one in reversed(decided) if case_of(desk, moment.conversation, one) is None)
    return next(found, None)


def _not_on_record(stored: Stored, why: str) -> Text:
    return Text.of(f"{wording_cases.not_on_record(stored.ref)} {why}", tone="problem")


def _detached(desk: Desk, person: Person | None, conversation: str, record: Record) -> Finished:
    if record.flow not in FLOWS.values():
        return Finished([])
    if conversations.wants_a_case(desk.connection, conversation):
        return Finished([Text.of(wording_cases.CONFIRM_FIRST, tone="note")])
    refs = [one.ref for one in _may_be_about(desk, person, record)]
    if not refs:
        return Finished([Text.of(wording_cases.NO_CASE_OF_IT, tone="note")])
    words = f"{wording_cases.NO_CASE_YET} {wording_cases.put_it(refs[0])}"
    buttons = tuple(Option(f"put-{ref}", wording_cases.put_button(ref)) for ref in refs[:OFFERED])
    return Finished([Text.of(words, tone="note")], buttons)


def _may_be_about(desk: Desk, person: Person | None, record: Record) -> list[Stored]:
    """The cases on which somebody may put a decision, the newest first: open, or closed where they disagree."""
    needed: people.Action = "act on case" if record.flow == REVIEW else "note on case"
    statuses = ("open", "closed") if record.flow == DISAGREEMENT else ("open",)
    listed = need_to_know.listed(desk.connection, person, desk.area, statuses) if person is not None else []
    every = [one for one in listed if one.kind == "case"]
    theirs = [one for one in every if need_to_know.may(desk.connection, person, needed, one)]
    return sorted(theirs, key=lambda one: one.created_at, reverse=True)


def _put(desk: Desk, stored: Stored, person: Person, record: Record) -> Finished:
    # Who was told of a duty tells what is new as whoever opened the case does: less is owed only once a lead agrees.
    may_add = need_to_know.may(desk.connection, person, "note on case", stored)
    if record.flow == NEWS and may_add:
        to = case_joining.joined_to(desk, stored, lock=True)
        if to is None:
            return Finished(after_decision.words(case_opening.corrected(desk, stored, record, person)))
        said = after_decision.words(case_opening.corrected(desk, to, record, person))
        may_see = need_to_know.may(desk.connection, person, "see case", to)
        return Finished(said if may_see else [Text.of(wording_cases.passed_on(stored.ref))])
    if record.flow == DISAGREEMENT and may_add:
        return Finished(_disagreed(desk, stored, person, record))
    if record.flow == REVIEW and people.may(person, desk.area, "act on case", stored):
        decided = _DECIDED.get(record.decision.outcome, "")
        on = day_given(record, "decided_on") if decided else None
        values = (("decision", decided),) if decided else ()
        if decided == "yes" and on is None:
            values = (*values, DAY_UNKNOWN)
        if by := day_given(record, "decide_by"):
            values = (*values, ("decide_by", by.isoformat()))
        said = _event(desk, stored, person, record, "review decided" if decided else "noted", on, values)
        return _without_its_day(desk, stored, _said_to_be_sent(desk, stored, record, said))
    return Finished([Text.of(wording_cases.NOT_YOURS, tone="problem")])


def _disagreed(desk: Desk, stored: Stored, person: Person, record: Record) -> Sequence[Block]:
    """A disagreement on record; as nobody is reminded of a closed case, whoever has that is told at once."""
    said = _event(desk, stored, person, record, "disagreement raised")
    if stored.status != "closed":
        return [*said, *beside_another(desk, casework.read(desk, stored))]
    if stored.owner_id == person.id:
        return [*said, Text.of(wording_closed.your_disagreement(stored.ref), tone="note")]
    line = wording_closed.disagreement_on_closed(stored.ref)
    telling.tell_owner(desk, stored, casework.read(desk, stored), person, line, at_once=True)
    return [*said, Text.of(wording_closed.DISAGREEMENT_KEPT, tone="note")]


def beside_another(desk: Desk, case: Case) -> Sequence[Block]:
    """By which day the disagreement just raised is reminded of, where another is open beside it."""
    open_ = next((one for one in casework.clocks(desk, case) if one.id == DISAGREEMENT_CLOCK and one.is_running), None)
    if open_ is None or open_.deadline is None or disagreements_open(case) < 2:
        return []
    return [Text.of(wording_duties.disagreement_beside(case.ref, open_.deadline), tone="note")]


def _without_its_day(desk: Desk, stored: Stored, said: Finished) -> Finished:
    """What was said, and that the day on which a review was decided on has to be found out, where it is missing."""
    case = casework.read(desk, stored)
    if ASK_REVIEW_DAY not in days_missing(case, casework.clocks(desk, case)):
        return said
    asks = Text.of(wording_reviews.review_day_missing(stored.ref), tone="note")
    give = Option(button_id("done", stored.ref, ASK_REVIEW_DAY), wording_reviews.GIVE_REVIEW_DAY)
    return Finished([*said.blocks, asks], (give, *said.buttons))


def _said_to_be_sent(desk: Desk, stored: Stored, record: Record, said: Sequence[Block]) -> Finished:
    """What was said, and that the rapid review is not on record as sent, where they said that it was.

    The button asks for that day; before the Panel was notified, for the day of that.
    """
    sent = record.by_name.get("sent")
    case = casework.read(desk, stored)
    running = [one for one in casework.clocks(desk, case) if one.is_running]
    unsent = [one for one in running if one.nudged and one.rule.met_by == "rapid review sent"]
    if sent is None or sent.answer != "yes" or not unsent:
        return Finished(said)
    words, label, owed = wording_duties.sent_unrecorded, wording_duties.GIVE_THE_DAY, unsent
    if case.notified_on is None:
        words, label = wording_duties.notified_first, wording_duties.GIVE_NOTIFIED
        owed = [one for one in running if one.rule.met_by == "notified"]
    buttons = tuple(Option(button_id("done", stored.ref, one.id), label) for one in owed[:1])
    return Finished([*said, Text.of(words(stored.ref), tone="note")], buttons)


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
    keep_decision(desk, stored, record)
    return after_decision.changed_words(stored.ref, changed.moved if changed.case.is_open else ())


def case_of(desk: Desk, conversation: str, dialog: Dialog) -> Stored | None:
    """The case a dialog was begun from, or that of the decision it goes on from."""
    if dialog.case:
        return cases.find(desk.connection, desk.area, dialog.case, lock=True)
    return case_behind(desk, conversation, dialog.earlier.reference) if dialog.earlier is not None else None


def case_behind(desk: Desk, conversation: str, ref: str) -> Stored | None:
    """The case that opened from a decision, or from the one that decision goes on from, however many lie between."""
    kept = decisions.read(desk.connection, desk.keys, conversation, practice=False)
    follows = {one.reference: one.follows for one in (from_json(each.body) for each in kept)}
    named, seen = ref.partition(",")[0], set[str]()
    while named and named not in seen:
        seen.add(named)
        if (there := cases.by_source(desk.connection, named)) is not None:
            return cases.load(desk.connection, there.id, lock=True)
        named = follows.get(named, "").partition(",")[0]
    return None
