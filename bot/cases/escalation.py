"""Who else hears of a clock, and when: by the table, because nobody answers, or because its deadline has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.cases.clocks import Clock
from bot.cases.reminders import Due, Reminders, recipient
from bot.cases.stages import timed
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from dialogs.clock_table import ClockRule, Stage


def rungs_of(rule: ClockRule, *, of_owner: bool = False) -> tuple[str, ...]:
    """Who hears while nobody answers, in order: the owner's deputy (an action's: the case's owner), then each post.

    Nobody, where the table names no post. `of_owner`: an action is the case's own owner's, so that the deputy hears.
    """
    first = _stands_in(rule, of_owner=of_owner)
    others = tuple(post for post in rule.escalate if post != rule.to)
    return (first, *others) if first and others else others


def hear_of_passing(rule: ClockRule, *, of_owner: bool = False) -> tuple[str, ...]:
    """Who hears on the first morning after the deadline; the rest of the rungs hear on the mornings after that."""
    first = _stands_in(rule, of_owner=of_owner)
    return (first, *rule.passed) if first and rule.passed else rule.passed


_STANDS_IN = {"owner": "deputy", "action owner": "owner"}


def _stands_in(rule: ClockRule, *, of_owner: bool) -> str | None:
    return "deputy" if of_owner and rule.to == "action owner" else _STANDS_IN.get(rule.to)


def escalations(clock: Clock, reminded: Reminders, hours: WorkingTime, *, of_owner: bool = False) -> tuple[Due, ...]:
    """Everything that others than the clock's own person hear, in order, and that person whenever somebody new does.

    Where everybody has heard and it begins anew with another reminder, those told since then count as told before.
    """
    rungs, passed = rungs_of(clock.rule, of_owner=of_owner), hear_of_passing(clock.rule, of_owner=of_owner)
    late = _passed(clock, reminded, hours, rungs, passed)
    found = sorted((*_told(clock, hours), *_unanswered(reminded, rungs), *late), key=_order)
    anew = {at for at, number in reminded.waited.next_hears if number == 0}
    dues: list[Due] = []
    heard = [recipient(clock)]
    lately = list(heard)
    for at, each_of in groupby(found, key=lambda one: one.at):
        hears = {one.to: one for one in each_of}
        dues += hears.values()
        if at in anew and at != min(anew):
            lately = [each for each in heard if each not in rungs]
        # Whoever was told before hears that it has gone further, and that it has passed.
        has_passed = any(one.kind == "passed" for one in hears.values())
        if has_passed or not hears.keys() <= set(lately):
            before = [each for each in (heard if has_passed else lately) if each not in hears]
            dues += [Due(at, f"told {london_date(at)}", "told", each) for each in before]
        for told in (heard, lately):
            told += [each for each in hears if each not in told]
    return tuple(dues)


def _order(due: Due) -> tuple[object, ...]:
    return due.at, ("tell", "escalation", "passed").index(due.kind)


def _told(clock: Clock, hours: WorkingTime) -> Iterator[Due]:
    assert clock.since is not None
    for tell in clock.rule.tell:
        for one in timed(clock, (tell.when,), hours):
            if one.at >= clock.since and clock.nudged:
                yield Due(one.at, f"tell {one.stage}", "tell", tell.to)


def _unanswered(reminded: Reminders, rungs: Sequence[str]) -> Iterator[Due]:
    for at, number in reminded.waited.next_hears:
        yield Due(at, f"unanswered {london_date(at)}", "escalation", rungs[number])


def _passed(
    clock: Clock, reminded: Reminders, hours: WorkingTime, rungs: Sequence[str], passed: Sequence[str]
) -> Iterator[Due]:
    """Who hears that it is late: some on the first morning, and then one more each working morning.

    Where the bot only knew of it when it had passed, its own person has that day to mend it first. Before it passes
    there is nothing to work out: the reminder that it is late wakes the case on that same morning.
    """
    if reminded.first_late is None or not (clock.late_days or clock.is_by_the_hour):
        return
    assert clock.since is not None
    assert clock.passes_at is not None
    at = reminded.first_late
    if clock.since > clock.passes_at:
        at = hours.next_opening(at)
    # Who would have been told before it passed, and was not because nobody knew: no later than those above them.
    missed = (tell.to for tell in clock.rule.tell if _was_missed(clock, tell.when, hours))
    stand_in, *above = passed or ("",)
    first = tuple(dict.fromkeys(one for one in (stand_in, *missed, *above) if one))
    for to in first:
        yield Due(at, f"passed {london_date(at)}", "passed", to)
    for to in rungs:
        if to not in first:
            at = hours.next_opening(at)
            yield Due(at, f"passed {london_date(at)}", "passed", to)


def _was_missed(clock: Clock, when: Stage, hours: WorkingTime) -> bool:
    assert clock.since is not None
    return all(one.at < clock.since for one in timed(clock, (when,), hours))
