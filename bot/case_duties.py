"""What a person answers to a reminder of a case: that they have it, that it has to wait, or that it is another's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import case_own_actions, wording_cases, wording_closed, wording_duties
from bot.case_step import ALL, DUTY, CaseAsk, CaseStep
from bot.cases.answered import may_be_put_off, snooze_until
from bot.cases.case import NotPossible
from bot.cases.case_refused import not_running
from bot.cases.clocks import Clock
from bot.cases.days_missing import days_missing
from bot.cases.working_time import WorkingTime
from bot.casework import area_year, case_blocks, casework, promised, telling
from bot.casework.case_steps import step
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.delivering.nudge_buttons import ACTS, Pressed
from bot.messages import Block, Bullets, Text
from bot.people import need_to_know, people
from bot.storage.cases import Stored
from bot.storage.people import Person


def acknowledged(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Puts on record that somebody has a duty, or all of a case; a case that was nobody's is theirs then."""
    if ask.value("clock") == ALL:
        return _has_all(desk, person, stored, ask)
    clock = clock_meant(desk, person, stored, ask)
    if isinstance(clock, CaseStep):
        several = len(clock.options) > 1
        return replace(clock, options=(*clock.options, (ALL, wording_duties.ALL_OF_THESE))) if several else clock
    if stored.owner_id is None and people.may(person, desk.area, "act on case", stored):
        casework.add(desk, stored, "reassigned", person, values=(("owner", person.id),))
        stored = replace(stored, owner_id=person.id)
    values = promised.again(desk, stored, person, clock)
    changed = casework.add(desk, stored, "acknowledged", person, clock=clock.id, values=values)
    if clock.rule.met_by == "acknowledged":
        return said(wording_duties.of_duty(stored.ref, "", wording_cases.YOU_HAVE_IT))
    kept = changed.case.plan.working_time(desk.definitions.local.calendar).next_opening(desk.at)
    asked = promised.asked_on(desk, changed.case, clock, kept, themselves=bool(values))
    again = wording_duties.asks_again(london_date(asked), kept_up=asked > kept)
    return said(wording_duties.of_duty(stored.ref, case_blocks.titled(clock), again))


def _has_all(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> Sequence[Block]:
    """Puts on record that somebody has each duty of a case that runs and is theirs, one after another."""
    clocks = casework.clocks(desk, casework.read(desk, stored))
    theirs = need_to_know.answerable(desk.connection, person, stored, clocks)
    blocks: list[Block] = []
    for one in case_blocks.urgent(clocks):
        if one in theirs:
            found = acknowledged(desk, person, stored, ask.having("clock", one.id))
            blocks += () if isinstance(found, CaseStep) else found
    return blocks or said(wording_cases.NOTHING_FOR_THAT)


def snoozed(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Puts a duty off until the next working day, with the reason. Raises NotPossible where that is too late."""
    hours = casework.read(desk, stored).plan.working_time(desk.definitions.local.calendar)
    if not ask.clock and not ask.value("clock"):
        _refuse_where_too_late(desk, person, stored, hours)
    clock = clock_meant(desk, person, stored, ask, lambda one: may_be_put_off(one, hours, desk.at))
    if isinstance(clock, CaseStep):
        return clock
    until = snooze_until(clock, hours, desk.at)
    if not ask.value("words"):
        return step(ask.having(DUTY, case_blocks.titled(clock)), "words", "words", wording_cases.SNOOZE_WHY)
    values = (("until", until.isoformat()), *promised.again(desk, stored, person, clock))
    casework.add(desk, stored, "snoozed", person, clock=clock.id, words=ask.value("words"), values=values)
    return said(wording_duties.of_duty(stored.ref, case_blocks.titled(clock), wording_duties.put_off_until(until)))


def _refuse_where_too_late(desk: Desk, person: Person, stored: Stored, hours: WorkingTime) -> None:
    """Raises NotPossible where nothing of which they were reminded can wait: what they were not is not meant."""
    clocks = casework.clocks(desk, casework.read(desk, stored))
    theirs = need_to_know.can_put_off(desk.connection, person, stored, clocks)
    reminded = [one for one in area_year.reminded(desk, person, stored, clocks) if one in theirs]
    if reminded and not any(may_be_put_off(one, hours, desk.at) for one in reminded):
        try:
            snooze_until(reminded[0], hours, desk.at)
        except NotPossible as why:
            raise NotPossible(f"{case_blocks.capital(case_blocks.titled(reminded[0]))}. {why}") from None


def handed(desk: Desk, person: Person, stored: Stored, ask: CaseAsk) -> CaseStep | Sequence[Block]:
    """Gives a case to another lead or deputy. Raises NotPossible where it is closed, or there is nobody else."""
    if stored.status == "closed":
        raise NotPossible(wording_closed.open_it_first(stored.ref))
    held = [
        one
        for role in ("lead", "deputy")
        for one in people.in_post(desk.connection, desk.keys, desk.area, role, desk.today)
    ]
    others = {one.id: one for one in held if one.id != stored.owner_id}
    if not others:
        raise NotPossible(wording_cases.NOBODY_ELSE)
    chosen = others.get(ask.value("person"))
    if chosen is None:
        options = tuple((one.id, people.label(one)) for one in others.values())
        return step(ask, "person", "option", wording_cases.WHICH_PERSON, options)
    changed = casework.add(desk, stored, "reassigned", person, values=(("owner", chosen.id),))
    telling.tell_new_owner(desk, changed.case, person)
    return said(wording_cases.has_it_now(people.label(chosen), stored.ref))


def clock_meant(
    desk: Desk, person: Person, stored: Stored, ask: CaseAsk, offered: Callable[[Clock], bool] = lambda _: True
) -> Clock | CaseStep:
    """The running clock that is meant, or the step that asks which.

    Raises NotPossible where it does not run, or is not theirs. An action is meant unasked where nothing else of the
    case is theirs.
    """
    clocks = casework.clocks(desk, casework.read(desk, stored))
    of_theirs = need_to_know.can_put_off if ask.act == "snooze" else need_to_know.answerable
    theirs = of_theirs(desk.connection, person, stored, clocks)
    running = [one for one in case_blocks.urgent(clocks) if one in theirs and offered(one)]
    named = ask.value("clock") or meant(ask, clocks)
    is_only_one = len(running) == 1 and case_blocks.urgent(theirs) == running
    if not named and len(theirs) < len(clocks) and is_only_one:
        return running[0]
    if not named:
        options = tuple((one.id, case_blocks.due(one, desk.today)) for one in running)
        if ask.act == "done":
            days = days_missing(casework.read(desk, stored), clocks)
            options += tuple((day, case_blocks.capital(wording_duties.DAY_TITLED[day])) for day in days)
        if not options:
            raise NotPossible(wording_cases.NOTHING_FOR_THAT)
        return step(ask, "clock", "option", wording_cases.WHICH_CLOCK, options)
    found = next((one for one in clocks if one.id == named and one.is_running and one.nudged), None)
    if found is None:
        stands = next((one for one in reversed(clocks) if one.id == named), None)
        raise NotPossible(not_running(stands) if stands else "There is no such deadline in this case.")
    if found not in theirs:
        raise NotPossible(case_own_actions.refused(desk, person, stored))
    return found


def duty_of(desk: Desk, stored: Stored, ask: CaseAsk) -> str:
    """What the duty is called that something is asked of; empty where none is meant."""
    clocks = casework.clocks(desk, casework.read(desk, stored))
    named = ask.value("clock") or meant(ask, clocks)
    return next((case_blocks.titled(one) for one in clocks if one.id == named), ask.value(DUTY))


def meant(ask: CaseAsk, clocks: Sequence[Clock]) -> str:
    """The id of the clock that a button's shortened id stands for; empty where it names none."""
    if not ask.clock:
        return ""
    ids = [one.id for one in clocks]
    pressed = (Pressed(act, ask.ref, ask.clock).clock_among(ids) for act in ACTS)
    return next((found for found in pressed if found), ask.clock)


def said(text: str) -> Sequence[Block]:
    """Something said in one block."""
    return [Text.of(text)]


def changed_words(changed: casework.Changed, duty: str = "") -> Sequence[Block]:
    """What was recorded, and what it moved."""
    lines = case_blocks.moved_lines(changed.moved)
    if not lines:
        return said(wording_duties.of_duty(changed.case.ref, duty, wording_cases.NOTED))
    return [Text.of(wording_cases.what_moved(changed.case.ref), Bullets(tuple(lines)))]
