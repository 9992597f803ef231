"""Has something new go on from what a case goes by, where the person's own decision is not that any more."""

from __future__ import annotations

from dataclasses import replace

from bot import case_dialogs, wording_going_on
from bot.case_step import NEWS
from bot.cases.case import NotPossible
from bot.casework import case_joining, casework
from bot.casework.casework import Desk
from bot.casework.kept_decisions import DECIDE, goes_by, named, records_for
from bot.messages import Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know
from bot.reference import reference
from bot.state import Dialog, State
from bot.storage.people import Person


def begun(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome of a dialog that was begun: one that goes on from an own decision does so from what its case goes by.

    It stays as it is where the decision is on no case, the case is not theirs to add to, or it was put with another,
    whose decisions are not theirs to see.
    """
    dialog = outcome.state.dialog
    is_news = dialog is not None and dialog.flow == NEWS and dialog.earlier is not None and not dialog.practice
    if dialog is None or not is_news or person is None or not casework.are_kept(desk):
        return outcome
    stored = case_dialogs.case_of(desk, moment.conversation, dialog)
    if stored is None or not need_to_know.may(desk.connection, person, "note on case", stored):
        return outcome
    if case_joining.joined_to(desk, stored) is not None:
        return outcome
    try:
        anew = case_dialogs.begun(desk, stored, person, moment, "news")
    except NotPossible:
        return outcome
    if not isinstance(anew, Outcome):
        return outcome
    if _follows(anew.state.dialog) == _follows(dialog):
        earlier = anew.state.dialog.earlier if anew.state.dialog is not None else None
        return replace(outcome, state=replace(outcome.state, dialog=replace(dialog, earlier=earlier)))
    state = _about_case(anew.state, moment.conversation, _follows(dialog), stored.ref)
    return replace(outcome, state=state, blocks=anew.blocks)


def changing(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome of changing an answer of a decision: something new is told, where the case does not go by that now.

    What of an own decision was not agreed to, or was decided since, would come back with the answer that is changed.
    One that waits for a lead is still theirs to change; of one that was put with another case, what is new goes there.
    """
    dialog, now = moment.dialog, outcome.state.dialog
    if dialog is None or now is None or dialog.practice or dialog.flow not in DECIDE or not moment.decided(dialog):
        return outcome
    if person is None or not casework.are_kept(desk) or (outcome.state.awaited is None and now.said == dialog.said):
        return outcome
    own = reference(moment.conversation, dialog)
    stored = case_dialogs.case_of(desk, moment.conversation, dialog)
    stored = stored or case_dialogs.case_behind(desk, moment.conversation, own)
    if stored is None or not need_to_know.may(desk.connection, person, "note on case", stored):
        return outcome
    case, mine = casework.read(desk, stored), f"{own}, version {dialog.versions}"
    by = goes_by(records_for(desk, stored, case, person), case)
    waits = case.to_agree.value("decision") if case.to_agree is not None else ""
    is_joined = case_joining.joined_to(desk, stored) is not None
    if by is None or (mine in (named(by), waits) and not is_joined):
        return outcome
    anew = case_dialogs.begun(desk, stored, person, moment, "news")
    if not isinstance(anew, Outcome):
        return outcome
    why = wording_going_on.put_with_another if is_joined else wording_going_on.goes_by_another
    said = Text.of(why(stored.ref), tone="note")
    return replace(
        outcome, state=_about_case(anew.state, moment.conversation, mine, stored.ref), blocks=(said, *anew.blocks)
    )


def _follows(dialog: Dialog | None) -> str:
    return dialog.earlier.reference if dialog is not None and dialog.earlier is not None else ""


def _about_case(state: State, conversation: str, follows: str, ref: str) -> State:
    """The same with the own decision known to be about its case, where what goes on from that takes its place."""
    own = follows.partition(",")[0]
    aside = (replace(one, case=ref) if reference(conversation, one) == own else one for one in state.aside)
    return replace(state, aside=tuple(aside))
