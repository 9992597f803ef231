"""Does what a person asks of a stored case, if it is theirs to ask, and says what came of it or what is needed next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot import (
    case_agree_steps,
    case_closed_steps,
    case_days_told,
    case_dialogs,
    case_join_steps,
    case_notified,
    case_own_actions,
    case_records,
    case_said_done,
    case_signing_in,
    wording_cases,
    wording_duties,
)
from bot.case_duties import acknowledged, duty_of, handed, meant, said, snoozed
from bot.case_records import Came, Looked
from bot.case_step import DIALOGS, SURE, CaseAsk, CaseStep
from bot.cases.case import Case, NotPossible
from bot.cases.clocks import Clock
from bot.cases.reopening import to_reopen
from bot.cases.whose_notification import another_notifies
from bot.casework import area_year, board, case_blocks, case_menu, casework
from bot.casework.case_menu import acts_shown
from bot.casework.case_steps import asked_again, step
from bot.casework.casework import Desk
from bot.casework.kept_decisions import goes_by, records_for
from bot.left_question import begun
from bot.messages import Block, Bullets, Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know, people
from bot.plain_words import BY
from bot.prompts import prompt, step_prompt
from bot.state import Awaited
from bot.storage import cases, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person

OFFERED = 8
"""How many cases are offered where none was named."""
READING = frozenset({"cases", "case", "why", "choose"})
ADDING = frozenset({"note", "news", "disagree", "put"})


ALL_ACTS = acts_shown("record", "news", "review", "disagree", "reassign", "why")
AGREEING_ACTS = acts_shown("agree", "keep")
JOINING_ACTS = acts_shown("join", "set aside")
NOTING_ACTS = acts_shown("news", "disagree", "note", "why")


def answer(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome of what was asked, with its blocks and what is awaited now."""
    ask = outcome.case
    assert ask is not None
    if person is None and moment.turn.channel == case_signing_in.WEB and casework.are_kept(desk):
        return case_signing_in.sent_there(moment, outcome, ask)
    found = _done(desk, person, ask, moment)
    if isinstance(found, Outcome):
        return found
    if isinstance(found, CaseStep):
        found = Looked((), found)
    if isinstance(found, Looked):
        goes_stale = found.next.takes == "words" or found.next.name == SURE
        asked = replace(found.next, asked_at=desk.at.isoformat()) if goes_stale else found.next
        state = replace(outcome.state, awaited=Awaited("case", step=asked))
        return replace(outcome, state=state, blocks=(*found.blocks, step_prompt(asked)))
    # Whoever only asks why a date is what it is has left nothing that they began.
    state = moment.state if ask.act == "why" and begun(moment) is not None else outcome.state
    is_slip = any(isinstance(one, Text) and one.tone == "problem" for one in found)
    state = replace(state, recorded=ask.act not in READING and not is_slip)
    return replace(outcome, state=state, blocks=(*found, *prompt(moment.at(state))))


def _done(desk: Desk, person: Person | None, ask: CaseAsk, moment: Moment) -> Came | Outcome:
    if not casework.are_kept(desk):
        return _problem(wording_cases.NO_CASES_HERE)
    if person is None:
        return _problem(wording_cases.NOT_KNOWN)
    if ask.act == "cases":
        return _listed(desk, person)
    if not ask.ref:
        return _of_one_of_theirs(desk, person, ask, moment)
    return _with(desk, person, ask, moment)


def _with(desk: Desk, person: Person, ask: CaseAsk, moment: Moment) -> Came | Outcome:
    """What comes of an act with the case that it names."""
    stored = cases.find(desk.connection, desk.area, ask.ref, lock=True)
    may_see = stored is not None and need_to_know.may(desk.connection, person, "see case", stored)
    if stored is None or not (may_see or case_own_actions.has_any(desk, person, stored)):
        return _problem(wording_duties.of_duty(ask.ref, "", wording_cases.NO_SUCH_CASE))
    answers = ask.act in need_to_know.ANSWERS and (not may_see or need_to_know.is_told(desk.connection, person, stored))
    if ask.act == "case" and not may_see:
        return case_own_actions.shown(desk, person, stored)
    if ask.act == "why" and not may_see:
        named = meant(ask, casework.clocks(desk, casework.read(desk, stored)))
        return case_own_actions.why(desk, person, stored, named)
    if (ask.act not in READING or not may_see) and not answers:
        needed: people.Action = "note on case" if ask.act in ADDING else "act on case"
        if not need_to_know.may(desk.connection, person, needed, stored):
            return _problem(wording_duties.of_duty(stored.ref, "", case_own_actions.refused(desk, person, stored)))
    if stored.kind == "area" and ask.act not in case_menu.ON_AN_AREA:
        return _problem(wording_cases.NOT_OF_THE_AREA)
    if ask.act == "choose":
        return _with(desk, person, CaseAsk(ask.value("act"), ask.ref), moment)
    try:
        if ask.act == "put":
            return case_dialogs.put_on(desk, stored, person, moment)
        if ask.act in DIALOGS:
            return case_dialogs.begun(desk, stored, person, moment, ask.act)
        return _ACTS[ask.act](desk, person, stored, ask)
    except NotPossible as why:
        if why.field == "words" and not ask.value("words"):
            return step(ask, "words", "words", str(why))
        slip = _problem(wording_duties.of_duty(stored.ref, duty_of(desk, stored, ask), str(why)))
        again = asked_again(desk, casework.read(desk, stored), ask, why.field)
        return slip if again is None else Looked(slip, again)


def _of_one_of_theirs(desk: Desk, person: Person, ask: CaseAsk, moment: Moment) -> Came | Outcome:
    """What comes of an act that names no case: with the only one they have, else which is meant is asked."""
    if ref := ask.value("ref"):
        return _with(desk, person, replace(ask, ref=ref), moment)
    theirs = area_year.beside_cases(desk, person, [one for one in _theirs(desk, person) if _runs(*one)])
    if not theirs:
        return said(wording_cases.NO_CASES)
    if ask.value(BY):
        options = case_notified.options(desk, person, theirs, ask.value(BY))
        if not options and (lines := case_notified.instead(desk, person, theirs, ask.value(BY))):
            return [Text.of(one) for one in lines]
        return _one_of(desk, person, ask, moment, options)
    if case_said_done.is_said(ask):
        return _one_of(desk, person, ask, moment, case_said_done.options(desk, theirs, ask))
    if case_days_told.is_told(ask):
        return _one_of(desk, person, ask, moment, case_days_told.options(theirs, ask))
    if ask.act in AGREEING_ACTS:
        fit = [found for found in theirs if found[1].to_agree is not None]
    else:
        fit = [
            (stored, case, clocks)
            for stored, case, clocks in theirs
            if ask.act in case_menu.offered(desk, person, stored, clocks, ALL_ACTS, {})
        ]
    if len(theirs) == 1:
        return _with(desk, person, replace(ask, ref=theirs[0][0].ref), moment)
    options = tuple((one[0].ref, case_blocks.named_line(*one, desk.today)) for one in fit)
    return _one_of(desk, person, ask, moment, options)


def _one_of(
    desk: Desk, person: Person, ask: CaseAsk, moment: Moment, options: tuple[tuple[str, str], ...]
) -> Came | Outcome:
    """What comes of an act with the one case that fits, by reference with its line; else which is meant is asked."""
    if not options:
        return said(wording_cases.NOTHING_IN_ANY)
    if len(options) == 1:
        return _with(desk, person, replace(ask, ref=options[0][0]), moment)
    text = wording_cases.WHICH_CASE_MEANT if len(options) <= OFFERED else wording_cases.OR_TYPE_ITS_NUMBER
    return step(ask, "ref", "option", text, options[:OFFERED])


def _theirs(desk: Desk, person: Person) -> list[area_year.Found]:
    """Somebody's cases with their clocks, the most urgent first; that they looked is put on record."""
    found = need_to_know.listed(desk.connection, person, desk.area, ("open", "recorded", "closed"))
    found = [
        one
        for one in found
        if one.goes_on or (not board.is_over(one) and board.is_to_do(one, casework.read(desk, one)))
    ]
    looked = [(one, casework.look(desk, one, person)) for one in found]
    shown: list[area_year.Found] = [(one, case, casework.clocks(desk, case)) for one, case in looked]
    shown += case_own_actions.listed(desk, person)
    return sorted(shown, key=lambda one: (_deadline(one[2]), one[0].ref))


def _runs(stored: Stored, _: Case, clocks: Sequence[Clock]) -> bool:
    return stored.goes_on and casework.is_counted(stored, clocks)


def _listed(desk: Desk, person: Person) -> Sequence[Block]:
    shown = _theirs(desk, person)
    if not shown:
        return said(wording_cases.NO_CASES)
    lines = tuple(case_blocks.one_line(*one, desk.today) for one in shown)
    are_open = all(stored.status == "open" for stored, _, _ in shown)
    heading = wording_cases.OPEN_CASES if are_open else wording_cases.CASES_TO_SEE_TO
    return [Text.of(heading, Bullets(lines), wording_cases.more_words(shown[0][0].ref))]


def _deadline(clocks: Sequence[Clock]) -> date:
    return next((one.deadline for one in case_blocks.urgent(clocks) if one.deadline), date.max)


def _shown(desk: Desk, person: Person, stored: Stored, _: CaseAsk) -> Looked:
    case = casework.look(desk, stored, person)
    told = nudges.of_case(desk.connection, stored.id)
    clocks = casework.clocks(desk, case)
    decided = goes_by(records_for(desk, stored, case, person), case)
    blocks = case_blocks.card(case, stored, clocks, names_in(desk, case), desk.today, told, decided, person.id)
    acting = {act: words for act, words in ALL_ACTS.items() if act != "review" or not another_notifies(case)}
    acts = case_menu.offered(desk, person, stored, clocks, acting, NOTING_ACTS)
    if case.to_agree is not None and people.may(person, desk.area, "act on case", stored):
        acts = AGREEING_ACTS | acts
    if stored.status == "closed" and people.may(person, desk.area, "act on case", stored):
        acts = acts_shown("reopen", *(("leave closed",) if to_reopen(case) else ())) | acts
    if case.to_join and people.may(person, desk.area, "act on case", stored):
        acts = JOINING_ACTS | NOTING_ACTS
    step_ = CaseStep(CaseAsk("choose", stored.ref), "act", "option", wording_cases.WHAT_NEXT, tuple(acts.items()))
    return Looked(blocks, step_)


def names_in(desk: Desk, case: Case) -> dict[str, str]:
    """What to call everyone a case names, by their ids."""
    ids = {one.by for one in case.events} | {one.value("owner") for one in case.events}
    known = stored_people.known_as(desk.connection, desk.keys, ids - {""})
    return {id_: people.label(one) for id_, one in known.items()}


def _why(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Sequence[Block]:
    case = casework.look(desk, stored, person)
    clocks = casework.clocks(desk, case)
    named = meant(ask, clocks)
    about = [one for one in clocks if one.id == named] if named else case_blocks.urgent(clocks)
    if not about:
        return said(wording_cases.NOTHING_RUNS)
    closed = desk.definitions.area.closure_days
    return [case_blocks.why(stored.ref, one, desk.today, closed) for one in about]


def _problem(text: str) -> Sequence[Block]:
    return [Text.of(text, tone="problem")]


_ACTS: dict[str, Callable[[Desk, Person, Stored, CaseAsk], Came]] = {
    "case": _shown,
    "why": _why,
    "acknowledge": acknowledged,
    "snooze": snoozed,
    "reassign": handed,
    "done": case_records.finished,
    "record": case_records.recorded,
    "note": case_records.noted,
    "join": case_join_steps.joined,
    "set aside": case_join_steps.set_aside,
    "reopen": case_records.reopened,
    "leave closed": case_closed_steps.left_closed,
    "agree": case_agree_steps.agreed,
    "keep": case_agree_steps.agreed,
}
