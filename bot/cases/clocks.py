"""The clock table applied to a case: what runs, since when and until when, what is met, and what a correction moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.cases.applying import applied, applies
from bot.cases.case import Action, Case, Event, Plan
from bot.cases.clock_end import meeting, meetings, resumed_at, stopped
from bot.cases.clock_start import Begun, begun, opened_on
from bot.cases.periods import Every, Periods, Yearly, folded
from bot.cases.whose_notification import kept_for
from bot.cases.working_time import UNKNOWN_TIME, london, midnight_after
from dialogs.clock_table import ClockRule
from dialogs.days import Calendar, DueDate
from dialogs.spans import due_after, working_day, working_days_late

State = Literal["not started", "running", "met", "stopped"]


@dataclass(frozen=True)
class Clock:
    """One clock of a case.

    `about` is the number of the action it is for; `period` tells apart the times that one repeats or starts anew.
    `started_by` says what started it and `since` when the bot knew. `deadline` is the date the area holds to: `latest`,
    or `aim_for` where the area counts the first day; `by_guidance` the date guidance sets, where the area's own is
    stricter; `passes_at` is the moment it passes; `met_at` is when that it is met was recorded, and `met_seq` the event
    that says so: one may meet several. `days` are the working days as the area counts them. `late_days` are working
    days past the deadline, when it was met or until today. Of several ways to count one duty `policy` marks the area's,
    `nudged` those that are reminded of, from `nudged_from` on, and `binding` the one by which it is late when it has
    passed, and was when it is met. `person` is an action's owner.
    """

    rule: ClockRule
    state: State
    about: str = ""
    period: str = ""
    started_by: str = ""
    started_on: date | None = None
    started_at: datetime | None = None
    since: datetime | None = None
    aim_for: date | None = None
    latest: date | None = None
    deadline: date | None = None
    by_guidance: date | None = None
    passes_at: datetime | None = None
    working: DueDate | None = None
    days: tuple[date, ...] = ()
    met_on: date | None = None
    met_at: datetime | None = None
    met_seq: int = 0
    late_days: int = 0
    stopped_by: str = ""
    policy: bool = True
    nudged: bool = True
    nudged_from: datetime | None = None
    binding: bool = True
    person: str = ""

    @property
    def name(self) -> str:
        """The name of its rule."""
        return self.rule.name

    @property
    def id(self) -> str:
        """What events call it: its name, with the action it is about."""
        return f"{self.name}:{self.about}" if self.about else self.name

    @property
    def title(self) -> str:
        """What is to be done, in few words that name nobody."""
        return f"{self.rule.title} {self.about}" if self.about else self.rule.title

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        return self.state == "running"

    @property
    def is_by_the_hour(self) -> bool:
        """Whether it passes at a time of day, and not when a day ends."""
        return self.rule.within is not None and self.rule.within.unit == "working hours"


@dataclass(frozen=True)
class Moved:
    """A clock that something changed: how it stood and how it stands; None where there was, or is, no such clock."""

    before: Clock | None
    after: Clock | None

    @property
    def clock(self) -> Clock:
        """The clock as it stands, or else as it stood."""
        found = self.after or self.before
        assert found is not None
        return found


def clocks_of(case: Case, calendar: Calendar, today: date) -> tuple[Clock, ...]:
    """Every clock of a case, in the order of its plan; none for an outcome that runs none."""
    found: list[Clock] = []
    for rule in case.plan.rules:
        if rule.starts != "passed" and (applies(rule, case) or applied(rule, case)):
            found += _of_rule(kept_for(rule, case), case, calendar, today)
    found = _readings(found)
    for rule in case.plan.rules:
        if rule.starts == "passed" and (applies(rule, case) or applied(rule, case)):
            found += _following(rule, found, case, calendar, today)
    return tuple(found)


def moved(before: tuple[Clock, ...], after: tuple[Clock, ...]) -> tuple[Moved, ...]:
    """The clocks whose dates or standing differ, in order; of one that repeats, the one that runs."""
    was, now = _newest(before), _newest(after)
    pairs = [Moved(was.get(name), now.get(name)) for name in (was | now)]
    return tuple(each for each in pairs if _shown(each.before) != _shown(each.after))


def started(rule: ClockRule, plan: Plan, calendar: Calendar, on: date) -> Clock:
    """A clock as it would run if it started on a day; of one that repeats, the first time.

    Raises ValueError for a day the calendar cannot reach.
    """
    due = None
    if rule.every is not None:
        due = Every(on, rule.every).nth(1)
    elif rule.by:
        due = Yearly(on, rule.by).nth(1)
    begun_then = Begun(_BY.get(rule.starts, rule.starts), on, None, london(on, UNKNOWN_TIME), 0)
    return _dated(rule, plan, calendar, begun_then, due)


_BY = {
    "awareness or opening": "awareness",
    "known": "awareness",
    "another council": "awareness",
    "rapid review": "notification",
}


def _newest(clocks: tuple[Clock, ...]) -> dict[str, Clock]:
    return {clock.id: clock for clock in clocks}


def _shown(clock: Clock | None) -> tuple[object, ...] | None:
    if clock is None or clock.state == "not started":
        return None
    return clock.state, clock.aim_for, clock.latest


def _of_rule(rule: ClockRule, case: Case, calendar: Calendar, today: date) -> Iterator[Clock]:
    if rule.starts == "action":
        for action in case.actions:
            agreed = Begun("action", action.agreed.on, action.agreed.time, action.agreed.known_at, action.agreed.seq)
            if rule.every is None:
                yield _once(rule, case, calendar, today, agreed, action)
            elif action.is_looked_at:
                yield from _repeating(rule, case, calendar, today, agreed, action)
        return
    start = begun(rule, case)
    if start is None:
        if not stopped(rule, case) and meeting(rule, case, rule.name) is None:
            yield Clock(rule, "not started", policy=_is_policy(rule, case.plan))
    elif rule.every is not None or rule.by:
        yield from _repeating(rule, case, calendar, today, start)
    else:
        yield _once(rule, case, calendar, today, start)


def _once(
    rule: ClockRule, case: Case, calendar: Calendar, today: date, start: Begun, action: Action | None = None
) -> Clock:
    clock = _dated(rule, case.plan, calendar, start, action.due_on if action else start.due)
    if action is not None:
        clock = replace(clock, about=action.id, person=action.owner)
    return _standing(clock, case, calendar, today, meeting(rule, case, clock.id, start.once_after), action)


def _standing(
    clock: Clock, case: Case, calendar: Calendar, today: date, met: Event | None, action: Action | None
) -> Clock:
    """The clock met, stopped or running, and how late."""
    assert clock.latest is not None
    assert clock.deadline is not None
    if met is not None:
        late = working_days_late(calendar, clock.deadline, met.day)
        return replace(clock, state="met", met_on=met.day, met_at=met.at, met_seq=met.seq, late_days=late)
    if clock.rule.keeps and today > clock.latest:
        return replace(clock, state="met", met_on=clock.latest)
    if why := stopped(clock.rule, case, action):
        return replace(clock, state="stopped", stopped_by=why)
    late = 0 if clock.rule.keeps else working_days_late(calendar, clock.deadline, today)
    again = resumed_at(clock.rule, case)
    since = clock.since if again is None or clock.since is None else max(clock.since, again)
    return replace(clock, late_days=late, since=since)


def _dated(rule: ClockRule, plan: Plan, calendar: Calendar, start: Begun, agreed: date | None = None) -> Clock:
    """A running clock with its dates; `agreed` is its due day, where that is not so long after the start."""
    begins = london(start.on, start.time or UNKNOWN_TIME)
    passes_at = None
    if agreed is not None or rule.within is None:
        day = agreed or start.on
        working = DueDate(day, day, (), (), provisional=False)
    elif rule.within.unit == "working hours":
        hours = plan.working_time(calendar)
        passes_at = hours.hours_after(begins, rule.within.count)
        day = passes_at.date()
        working = DueDate(day, day, (), (), provisional=False)
    else:
        working = due_after(calendar, start.on, rule.within)
    aim_for = due_after(calendar, start.on, rule.aim).latest if rule.aim else working.aim_for
    counts_first = plan.count_first_day and not rule.aim and working.aim_for != working.latest
    deadline = working.aim_for if counts_first else working.latest
    return Clock(
        rule=rule,
        state="running",
        period=str(start.once_after) if start.once_after else "",
        started_by=start.by,
        started_on=start.on,
        started_at=begins,
        since=start.known_at,
        aim_for=aim_for,
        latest=working.latest,
        deadline=deadline,
        by_guidance=due_after(calendar, start.on, rule.guidance).latest if rule.guidance else None,
        passes_at=passes_at or midnight_after(deadline),
        working=working,
        days=(start.on, *working.counted[:-1]) if counts_first else working.counted,
        policy=_is_policy(rule, plan),
    )


def _repeating(
    rule: ClockRule, case: Case, calendar: Calendar, today: date, start: Begun, action: Action | None = None
) -> Iterator[Clock]:
    """Each period that was met, and the one that runs."""
    name = f"{rule.name}:{action.id}" if action else rule.name
    every = (action.every if action else None) or rule.every
    periods: Periods = Every(start.on, every) if every else Yearly(opened_on(case), rule.by)
    met, running = folded(periods, meetings(rule, case, name), rule.times)
    about, person = (action.id, action.owner) if action else ("", "")
    for number, event in met:
        clock = _period(rule, case, calendar, start, periods.nth(number))
        clock = replace(clock, about=about, person=person)
        yield _standing(clock, case, calendar, today, event, action)
    if running is not None:
        clock = _period(rule, case, calendar, start, periods.nth(running))
        since = max(start.known_at, *(event.at for _, event in met)) if met else start.known_at
        clock = replace(clock, about=about, person=person, since=since)
        yield _standing(clock, case, calendar, today, None, action)


def _period(rule: ClockRule, case: Case, calendar: Calendar, start: Begun, due: date) -> Clock:
    return replace(_dated(rule, case.plan, calendar, start, due), period=due.isoformat())


def _is_policy(rule: ClockRule, plan: Plan) -> bool:
    return not rule.reading_of or rule.reading_of == plan.rapid_review_start


def _readings(clocks: list[Clock]) -> list[Clock]:
    """Of several ways to count a duty, the earliest date is reminded of; it is late, or was, only by the area's own."""
    for state in ("running", "met"):
        clocks = _ranked(clocks, [clock for clock in clocks if clock.rule.reading_of and clock.state == state])
    return clocks


def _ranked(clocks: list[Clock], readings: list[Clock]) -> list[Clock]:
    if len(readings) < 2:
        return clocks
    first = min(readings, key=lambda clock: (clock.deadline, not clock.policy))
    policy = next((clock for clock in readings if clock.policy), first)
    found = []
    for clock in clocks:
        if clock in readings:
            binds = clock is policy
            begins = first.passes_at if binds and clock is not first else None
            # Once it is met, each is shown again.
            nudged = clock is first or binds or not clock.is_running
            clock = replace(clock, nudged=nudged, binding=binds, nudged_from=begins)
        found.append(clock)
    return found


def _following(rule: ClockRule, others: list[Clock], case: Case, calendar: Calendar, today: date) -> Iterator[Clock]:
    """The clock that starts when one of the others has passed its deadline without being met."""
    passed = (clock for clock in others if clock.name in rule.follows and clock.late_days)
    other = next(passed, None)
    if other is None or other.deadline is None or other.passes_at is None or other.since is None:
        return
    was = other.rule
    rule = replace(rule, badge=was.badge, met_by=was.met_by, or_by=was.or_by, stopped_by=was.stopped_by)
    on = working_day(calendar, other.deadline + timedelta(days=1))
    start = Begun(was.title, on, time(0), max(other.since, other.passes_at), 0)
    yield _once(rule, case, calendar, today, start)
