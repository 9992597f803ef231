"""Answers to a reminder in everyday words, meant so only by somebody who was reminded of what still runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import case_days_told, case_own_actions, case_said_done, wording_duties
from bot.answering import is_asked
from bot.case_answers import about_the_same, asking, button_for
from bot.case_notified import instead, options
from bot.case_step import CaseAsk
from bot.casework import area_year, casework
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.messages import Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know, people
from bot.plain_days import names
from bot.plain_words import (
    BY,
    LATER,
    OF_DUTY,
    SNOOZE,
    Said,
    asked,
    asks_what_is_due,
    day_told,
    is_an_answer,
    is_handed_to,
    is_not_yet,
    only_says_it_was_read,
    only_thanks,
    said_of,
    wants_no_reminders,
    with_why,
)
from bot.prompts import told
from bot.public_only import is_public_only
from bot.storage import cases
from bot.storage.people import Person
from bot.wording_duties import HOW_THEY_END, NOT_FOR_THANKS, NOT_YET, ONE_AT_A_TIME, only_until
from dialogs.answers import looks_like_question
from dialogs.done_words import said_in_part
from knowledge.hearing import EXAMPLE

KINDS = frozenset({"asked", "not understood"})
"""The kinds of what comes of words that may be such an answer."""
_MAY_BE_LEFT = frozenset({"next", "offer", "unanswered"})
_MENUS = frozenset({"act", "clock", "ref"})
"""What is asked about a case that another act may be said instead of: which act, of which duty, of which case."""


def meant(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome | None:
    """The outcome that does what was plainly said of a reminder; None where it was not, and `outcome` stands.

    Only what would be answered as a question is looked at, so danger, commands and what is asked now come first.
    """
    if moment.typed is None or person is None or outcome.emergency:
        return None
    if not _is_free(moment, outcome) or _is_elsewhere(moment):
        return None
    typed, why = with_why(moment.typed, desk.today)
    words, refs = said_of(typed)
    said, told_day = asked(words, desk.today), day_told(words, desk.today)
    # Most words are none of these: nothing is looked up for them.
    is_part, left = any(said_in_part(words)), _left(moment, words, refs)
    is_of_a_case = bool(said or told_day or refs or left) or asks_what_is_due(words) or is_part
    if not is_of_a_case or not casework.are_kept(desk):
        return None
    if left:
        return _not_yet(moment, left, [one.ref for one, _, _ in _reminded(desk, person) if not refs or one.ref in refs])
    said = said or _waited_for(desk, person, told_day, refs)
    if said is None and refs and is_handed_to(words):
        said = Said(CaseAsk("reassign"))
    if said is None:
        part = _in_part(desk, person, moment, words, refs) if is_part else None
        return part or _about_theirs(desk, person, moment, words, refs)
    if len(refs) > 1:
        return _each(moment, [one for ref in refs if (one := _of_case(desk, person, said.ask, ref))])
    ask = _of_case(desk, person, said.ask, refs[0]) if refs else _of_those(desk, person, moment, said.ask)
    if ask is None:
        return _about_theirs(desk, person, moment, words, refs)
    first, until = said.first, london_date(desk.working_time.morning_after(desk.at))
    if ask.act == "snooze" and words not in LATER | SNOOZE and not names(words, until):
        first = only_until(until)
    # What to do first where the reason may tell of danger stays before everything.
    notice = outcome.blocks[:1] if why and outcome.softly else ()
    done = asking(moment, ask.having("words", why) if why else ask, f"{ACT_WORDS[ask.act]}.")
    return replace(done, blocks=(*notice, *((Text.of(first),) if first else ())), softly=bool(notice))


def _about_theirs(desk: Desk, person: Person, moment: Moment, words: str, refs: Sequence[str]) -> Outcome | None:
    """Shows the one case that is named, where somebody may see it, or their cases where they ask what is due.

    Of what they wrote nothing is done or recorded, and it is said so: topics would be no answer about their case.
    """
    if asks_what_is_due(words) and need_to_know.going_on(desk.connection, person, desk.area):
        return asking(moment, CaseAsk("cases"), "What is due.")
    stored = cases.find(desk.connection, desk.area, refs[0]) if len(refs) == 1 else None
    if stored is None or not need_to_know.may(desk.connection, person, "see case", stored):
        return None
    shown = asking(moment, CaseAsk("case", stored.ref), f"Case {stored.ref}, in their own words.")
    is_question = looks_like_question(moment.typed or "")
    may_act = need_to_know.may(desk.connection, person, "act on case", stored)
    told = wording_duties.about_it(stored.ref, may_act=may_act)
    return replace(shown, blocks=(Text.of(wording_duties.asked_of_it(stored.ref) if is_question else told),))


def _left(moment: Moment, words: str, refs: Sequence[str]) -> str:
    """What is said to words of a reminder that leave it as it stands; empty where they do not.

    Of no case that is named, what may be thanks for an answer, or for what was put on record, is that.
    """
    if is_not_yet(words):
        return NOT_YET
    if wants_no_reminders(words):
        return HOW_THEY_END
    is_of_something_else = moment.dialog is not None or moment.state.awaited is not None or moment.state.recorded
    if is_of_something_else and not refs:
        return ""
    return NOT_FOR_THANKS if only_thanks(words) else NOT_YET if only_says_it_was_read(words) else ""


def _not_yet(moment: Moment, text: str, reminded: list[str]) -> Outcome | None:
    """That nothing is recorded of what is left as it stands, and how to say that they are on it or that it waits.

    None where they were reminded of nothing.
    """
    if not reminded:
        return None
    acts = [CaseAsk(act, reminded[0]) for act in ("acknowledge", "snooze")] if len(reminded) == 1 else []
    return _offered(moment, "Not yet.", text, acts)


def _in_part(desk: Desk, person: Person, moment: Moment, words: str, refs: Sequence[str]) -> Outcome | None:
    """That nothing is recorded where a part of a duty is said to be done, and what is owed besides; None where not."""
    for one in said_in_part(words):
        ask = CaseAsk("done").having(OF_DUTY, " ".join(one.clocks))
        reminded = [found for found in _reminded(desk, person) if not refs or found[0].ref in refs]
        if fit := case_said_done.options(desk, reminded, ask):
            acts = [CaseAsk("done", ref) for ref, _ in fit]
            return _offered(moment, "A part of it.", one.says, acts if len(acts) == 1 else [])
    return None


def _each(moment: Moment, asks: list[CaseAsk]) -> Outcome | None:
    """That nothing is recorded of several cases at once, and a button for each; None where none of them is theirs."""
    acts = [CaseAsk(ask.act, ask.ref) for ask in asks]
    return _offered(moment, f"{ACT_WORDS[asks[0].act]}.", ONE_AT_A_TIME, acts) if asks else None


def _offered(moment: Moment, said: str, text: str, acts: Sequence[CaseAsk]) -> Outcome:
    """What is said where nothing is done yet, with a button for each act that may be meant."""
    awaited = moment.state.awaited
    if awaited is not None and awaited.step is not None:
        moment = moment.at(replace(moment.state, awaited=None))
    buttons = (button_for(act) for act in acts)
    return replace(told(moment, "case left", said, text), once_known=tuple(one for one in buttons if one is not None))


def _of_case(desk: Desk, person: Person, ask: CaseAsk, ref: str) -> CaseAsk | None:
    """The act with the case that is named, where somebody acts on it, or was reminded of it."""
    stored = cases.find(desk.connection, desk.area, ref)
    is_theirs = people.may(person, desk.area, "act on case", stored) if stored is not None else False
    if not is_theirs and all(one.ref != ref for one, _, _ in _reminded(desk, person)):
        return None
    return replace(ask, ref=ref)


def _of_those(desk: Desk, person: Person, moment: Moment, ask: CaseAsk) -> CaseAsk | None:
    """The act with the case that is asked about now, unless it is not open in that one who notified; or with none.

    None where they were reminded of nothing that it may be.
    """
    if case_days_told.is_told(ask):
        waiting, here = _waiting(desk, person, ask), about_the_same(moment, ask)
        return here if here.ref in waiting else replace(ask, ref=waiting[0]) if len(waiting) == 1 else ask
    if not (reminded := _reminded(desk, person)):
        return None
    here, by = about_the_same(moment, ask), ask.value(BY)
    if case_said_done.is_said(ask):
        fit = dict(case_said_done.options(desk, reminded, ask))
        return (here if here.ref in fit else ask) if fit else None
    if not by:
        return here
    offered = dict(options(desk, person, reminded, by))
    if not offered and not instead(desk, person, reminded, by):
        return None
    return here if here.ref in offered else ask


def _waited_for(desk: Desk, person: Person, said: Said | None, refs: Sequence[str]) -> Said | None:
    """A day that is told by somebody who was reminded of it, or of a case that is named and waits for it; else None."""
    if said is None:
        return None
    fit = _waiting(desk, person, said.ask, refs)
    return said if fit and len(fit) >= len(refs) else None


def _waiting(desk: Desk, person: Person, ask: CaseAsk, refs: Sequence[str] = ()) -> tuple[str, ...]:
    """Of the cases that are named those that wait for the day; where none is, those of whose day they were reminded."""
    theirs = _going_on(desk, person)
    found = [one for one in theirs if one[0].ref in refs] if refs else case_days_told.reminded(desk, person, theirs)
    return tuple(ref for ref, _ in case_days_told.options(found, ask))


def without_danger(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Moment | None:
    """The moment without the danger that its words are only like; None where that is to be heard.

    It is not where somebody who was reminded says nothing but that it is done, or not yet, or for later, and when. What
    a rule hears, and whatever else is said, is heard from everybody.
    """
    heard = moment.heard
    if person is None or heard is None or heard.danger is None or not (outcome.emergency or outcome.softly):
        return None
    is_only_like = heard.danger.because.startswith(EXAMPLE)
    if not is_only_like or is_asked(moment) or _is_elsewhere(moment):
        return None
    if not casework.are_kept(desk) or not _is_of_theirs(desk, person, moment):
        return None
    return replace(moment, heard=replace(heard, danger=None))


def _is_of_theirs(desk: Desk, person: Person, moment: Moment) -> bool:
    """Whether words are of somebody's cases and of nothing else: what is due in them, or of what they were reminded."""
    said, refs = said_of(moment.typed or "")
    if asks_what_is_due(said):
        return bool(need_to_know.going_on(desk.connection, person, desk.area))
    if is_not_yet(said) or any(said_in_part(said)) or asked(said, desk.today) is not None:
        return bool(_reminded(desk, person))
    return _waited_for(desk, person, day_told(said, desk.today), refs) is not None


def _is_free(moment: Moment, outcome: Outcome) -> bool:
    """Whether what was asked last may be left: what follows an answer, is offered for one, or chooses what to do."""
    awaited = moment.state.awaited
    if awaited is not None and awaited.step is not None:
        is_menu = awaited.step.name in _MENUS and awaited.step.takes == "option"
        is_no_reason = awaited.step.takes == "words" and is_an_answer(moment.typed or "", moment.today)
        return (is_menu or is_no_reason) and outcome.kind in KINDS
    return outcome.kind == "asked" and not is_asked(moment) and (awaited is None or awaited.kind in _MAY_BE_LEFT)


def _is_elsewhere(moment: Moment) -> bool:
    """Whether no reminder is answered here: an emergency answer stands, or whoever asks is not known by the channel."""
    return moment.state.danger or is_public_only(moment.definitions.area, moment.turn.channel)


def _reminded(desk: Desk, person: Person) -> list[area_year.Found]:
    """The cases of which somebody was reminded, of something that runs in them still, with their clocks."""
    every = [*_going_on(desk, person), *case_own_actions.found(desk, person)]
    return [one for one in every if area_year.reminded(desk, person, one[0], one[2])]


def _going_on(desk: Desk, person: Person) -> list[area_year.Found]:
    """The cases that somebody sees and that go on, with their clocks."""
    listed = need_to_know.going_on(desk.connection, person, desk.area)
    read = [(stored, casework.read(desk, stored)) for stored in listed]
    return [(stored, case, casework.clocks(desk, case)) for stored, case in read]


def with_notice(outcome: Outcome, plain: Outcome, done: Outcome) -> Outcome:
    """What came of it, under what it says first, and the notice about danger where one stood over the answer.

    What it says first is about what is asked then: where nothing is, it would only be beside the point.
    """
    if done is not plain and done.state.awaited is not None:
        done = replace(done, blocks=(*plain.blocks, *done.blocks))
    return replace(done, blocks=(outcome.blocks[0], *done.blocks), softly=True) if outcome.softly else done
