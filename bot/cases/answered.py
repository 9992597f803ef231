"""How an owner's answers hold a clock: an acknowledgement until the next working morning, a snooze until its day.

Whoever is reminded and does not answer by the next working morning is not waited for: the deputy hears, then each post
in turn, a working morning apart. An acknowledgement lapses on the next working morning, which is said, and the waiting
begins again; one that is repeated on a later day is a promise kept up, and settles it until the next reminder. Once
everybody has heard, the next reminder or acknowledgement begins anew, from the first who hears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.cases.case import Case, NotPossible
from bot.cases.clocks import Clock
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from dialogs.date_words import spoken

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """An acknowledgement or a snooze, and until when it holds; `again` is who hears beside the owner when it lapses.

    `of_clock`: it was said of this clock, and not of the whole case. `by` is who said it.
    """

    at: datetime
    until: datetime
    is_snooze: bool
    again: str = ""
    of_clock: bool = True
    by: str = ""


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
            until, again = hours.next_opening(event.at), event.value("again")
            found.append(Answer(event.at, until, is_snooze=False, again=again, of_clock=bool(event.clock), by=event.by))
        elif event.kind == "snoozed" and event.clock == clock_id:
            until = hours.opening(date.fromisoformat(event.value("until")))
            found.append(Answer(event.at, until, is_snooze=True, again=event.value("again"), by=event.by))
    return tuple(found)


def waited(
    asked: Sequence[datetime], given: Sequence[Answer], rungs: int, hours: WorkingTime, passes_at: datetime
) -> Waited:
    """What came of waiting, from each reminder in order until the deadline; `rungs` is how many may hear.

    An acknowledgement of what nobody was reminded of is a promise too: it is waited for as after a reminder.
    """
    rounds = _Rounds(given, rungs, hours, passes_at)
    promised = (one.at for one in given if one.of_clock and not one.is_snooze)
    for first in sorted({*asked, *promised}):
        if first >= rounds.over:
            rounds.wait(first)
    return Waited(tuple(rounds.next_hears), tuple(rounds.lapsed))


@dataclass
class _Rounds:
    """Waits for answers round by round, each from one reminder until it is settled or everybody has heard.

    `over` is when the last round was; what falls before belongs to it. Time only goes forward, so answers that no
    longer hold are left behind once and for all.
    """

    given: Sequence[Answer]
    rungs: int
    hours: WorkingTime
    passes_at: datetime
    next_hears: list[tuple[datetime, int]] = field(default_factory=list)
    lapsed: list[datetime] = field(default_factory=list)
    over: datetime = _NEVER
    _behind: int = 0

    def wait(self, first: datetime) -> None:
        """One round, from a reminder or a promise."""
        waiting, told, answer_again = first, 0, False
        while True:
            morning = self.hours.morning_after(waiting)
            answer = self._answer(waiting, morning)
            if answer is None:
                if told == self.rungs or morning >= self.passes_at:
                    self.over = morning
                    return
                self.next_hears.append((morning, told))
                waiting, told, answer_again = morning, told + 1, False
                continue
            if answer.until >= self.passes_at:
                self.over = self.passes_at
                return
            if not answer.is_snooze:
                kept_up = self._kept_up(answer)
                if kept_up is not None or answer_again:
                    self.over = (kept_up or answer).until
                    return
                answer_again = True
                self.lapsed.append(answer.until)
            waiting = answer.until
            if told == self.rungs:
                told = 0

    def _answer(self, waiting: datetime, morning: datetime) -> Answer | None:
        """The first answer that holds beyond a moment and was given before the next working morning."""
        while self._behind < len(self.given) and self.given[self._behind].until <= waiting:
            self._behind += 1
        for place in range(self._behind, len(self.given)):
            one = self.given[place]
            if one.at >= morning:
                return None
            if one.until > waiting:
                return one
        return None

    def _kept_up(self, answer: Answer) -> Answer | None:
        """An acknowledgement on a later day, before this one lapsed."""
        for place in range(self._behind, len(self.given)):
            one = self.given[place]
            if one.at >= answer.until:
                return None
            if not one.is_snooze and one.at > answer.at and london_date(one.at) > london_date(answer.at):
                return one
        return None


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
