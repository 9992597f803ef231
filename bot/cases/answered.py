"""How an owner's answers hold a clock: an acknowledgement until the next working morning, a snooze until its day.

Whoever is reminded and does not answer by the next working morning is not waited for: the deputy hears, then each post
in turn, a working morning apart. An acknowledgement lapses on the next working morning, which is said, and the waiting
begins again; one that is repeated on a later day is a promise kept up, and settles it until the next reminder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.case import Case, NotPossible
from bot.cases.clocks import Clock
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from dialogs.date_words import spoken


@dataclass(frozen=True)
class Answer:
    """An acknowledgement or a snooze, and until when it holds; `again` is who hears beside the owner when it lapses."""

    at: datetime
    until: datetime
    is_snooze: bool
    again: str = ""


@dataclass(frozen=True)
class Waited:
    """What came of waiting for an answer: who hears next (by number, from 0), and when each answer lapsed."""

    next_hears: tuple[tuple[datetime, int], ...]
    lapsed: tuple[datetime, ...]


def answers(case: Case, clock_id: str, hours: WorkingTime, since: datetime) -> tuple[Answer, ...]:
    """What was answered for a clock since a moment, in order."""
    found = []
    for event in case.standing:
        if event.at < since:
            continue
        if event.kind == "acknowledged" and event.clock in ("", clock_id):
            found.append(Answer(event.at, hours.morning_after(event.at), is_snooze=False, again=event.value("again")))
        elif event.kind == "snoozed" and event.clock == clock_id:
            until = hours.opening(date.fromisoformat(event.value("until")))
            found.append(Answer(event.at, until, is_snooze=True))
    return tuple(found)


def waited(
    asked: Sequence[datetime], given: Sequence[Answer], rungs: int, hours: WorkingTime, passes_at: datetime
) -> Waited:
    """What came of waiting, from each reminder in order until the deadline; `rungs` is how many may hear."""
    next_hears: list[tuple[datetime, int]] = []
    lapsed: list[datetime] = []
    settled_until: datetime | None = None
    for first in asked:
        if settled_until is not None and first < settled_until:
            continue
        waiting, told, answer_again = first, 0, False
        while True:
            morning = hours.morning_after(waiting)
            answer = next((one for one in given if waiting < one.until and one.at < morning), None)
            if answer is None:
                if told == rungs or morning >= passes_at:
                    return Waited(tuple(next_hears), tuple(lapsed))
                next_hears.append((morning, told))
                waiting, told = morning, told + 1
                continue
            if answer.until >= passes_at:
                return Waited(tuple(next_hears), tuple(lapsed))
            if not answer.is_snooze:
                kept_up = _kept_up(answer, given)
                if kept_up is not None or answer_again:
                    settled_until = (kept_up or answer).until
                    break
                answer_again = True
                lapsed.append(answer.until)
            waiting = answer.until
    return Waited(tuple(next_hears), tuple(lapsed))


def _kept_up(answer: Answer, given: Sequence[Answer]) -> Answer | None:
    """An acknowledgement on a later day, before this one lapsed."""
    later = (one for one in given if not one.is_snooze and answer.at < one.at < answer.until)
    return next((one for one in later if london_date(one.at) > london_date(answer.at)), None)


def may_be_put_off(clock: Clock, hours: WorkingTime, at: datetime) -> bool:
    """Whether a clock may still be put off until the next working day."""
    return clock.is_running and clock.deadline is not None and london_date(hours.morning_after(at)) <= clock.deadline


def snooze_until(clock: Clock, hours: WorkingTime, at: datetime) -> date:
    """The day until which a clock may be put off: the next working day.

    Raises NotPossible where that would be past its deadline, or where there is nothing to put off.
    """
    if not clock.is_running or clock.deadline is None:
        raise NotPossible("Nothing is running here that could be put off.")
    until = london_date(hours.morning_after(at))
    if not may_be_put_off(clock, hours, at):
        late = london_date(at) > clock.deadline
        when = f"was due by {spoken(clock.deadline)}" if late else f"is due by {spoken(clock.deadline)}"
        raise NotPossible(f"This {when}, so it cannot be put off to {spoken(until)}.")
    return until
