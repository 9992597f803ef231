"""When each duty is due: its rule, the days that are known and an area's settings made into dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal

from dialogs.condition import Facts
from dialogs.days import Calendar, DueDate
from dialogs.ladder import Rung, days_by_then, steps_left
from dialogs.spans import Span, due_after, working_day
from dialogs.table import Badge, Cite, DutyRule, LateRule, Table

Event = Literal["awareness", "notification", "decision", "step", "day given", "news"]

FIRST_DAY_MAY_COUNT = ("awareness", "notification", "news")
"""The events for which an area says whether their own day counts: neither a step of a ladder nor a decision."""

_NOT_SURE = "unsure"


@dataclass(frozen=True)
class Local:
    """An area's own settings that a decision depends on.

    `working_days` replaces the table's own number of days for the duties it names; `ladder` the table's own ladder for
    disagreements, where the area has one. `sooner` is the area's own time for a clock, stricter than the guidance's.
    """

    rapid_review_start: str = "notification"
    count_first_day: bool = False
    accepts_referrals_from_anyone: bool = False
    calendar: Calendar = field(default_factory=Calendar)
    working_days: tuple[tuple[str, int], ...] = ()
    ladder: tuple[Rung, ...] = ()
    sooner: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True)
class Sooner:
    """The time that an area gives itself for a duty, stricter than the guidance; `by` None until its start is known."""

    within: Span
    by: date | None


@dataclass(frozen=True)
class Dates:
    """What is known of the dates: today, and the day given in answer to each question of these names.

    When the local authority became aware, when the Panel was told, when the partners decided on a review, by when they
    will, and when the last step in a disagreement was taken. No question asks for the others, which a case on record
    says: when the Secretary of State and Ofsted were told of a death; when the partners decided about the test, and not
    to notify; and since when something new, which came after that, has been there for them to decide on anew.
    """

    today: date
    aware_on: date | None = None
    notified_on: date | None = None
    decided_on: date | None = None
    decide_by: date | None = None
    step_on: date | None = None
    death_notified_on: date | None = None
    test_decided_on: date | None = None
    anew_on: date | None = None

    @classmethod
    def said(cls, today: date, answers: Mapping[str, str]) -> Dates:
        """The dates among the answers, each by the name of its question."""
        days = {name: answers.get(name, _NOT_SURE) for name in GIVEN}
        return cls(today, **{name: None if day == _NOT_SURE else date.fromisoformat(day) for name, day in days.items()})


ON_RECORD = ("death_notified_on", "test_decided_on", "anew_on")
"""The days that no question asks for, and a case on record says."""

GIVEN = tuple(one.name for one in fields(Dates) if one.name != "today")
"""The questions whose answers are the days a decision knows."""

_STARTS: Mapping[str, str] = {
    "awareness": "aware_on",
    "notification": "notified_on",
    "decision": "decided_on",
    "step": "step_on",
}


@dataclass(frozen=True)
class Duty:
    """Who does what, to whom, by when.

    `due` is None where there is no clock or its start is not known. `event` and `counted_on` say what the clock is
    counted from; `counted_on` None is a start not known. `policy` is False for a second reading of a deadline that
    the area does not follow. `late` is true where the area's deadline has passed: `due.latest`, or `due.aim_for` where
    the area counts the first day. `within` is the length of a clock that is not counted in working days.
    `sooner` stands beside what guidance sets, where the area asks for more.
    """

    name: str
    who: str
    does: str
    to: tuple[str, ...]
    badge: Badge
    deadline_badge: Badge
    by: str
    working_days: int | None
    event: Event | None
    counted_on: date | None
    due: DueDate | None
    late: bool
    policy: bool
    cites: tuple[Cite, ...]
    add_on: str = ""
    within: Span | None = None
    sooner: Sooner | None = None


def dated(table: Table, rule: DutyRule, facts: Facts, dates: Dates, local: Local, add_on: str) -> Iterator[Duty]:
    """The duties of a rule with their dates: one, or one for each step of the ladder that is left."""
    if rule.each:
        yield from _steps(table, rule, facts, dates, local, add_on)
    else:
        yield _dated(rule, facts, dates, local, add_on)


def is_late(late: LateRule, facts: Facts, dates: Dates, local: Local) -> bool:
    """Whether something was, or is by now, done later than it should have been; False where that cannot be known."""
    start, done_on = getattr(dates, _STARTS[late.counted_from]), getattr(dates, _STARTS[late.until])
    if start is None or (done_on is None and late.done_when.holds(facts)):
        return False
    due = local.calendar.due(start, late.working_days)
    return (due.aim_for if local.count_first_day else due.latest) < (done_on or dates.today)


def _steps(table: Table, rule: DutyRule, facts: Facts, dates: Dates, local: Local, add_on: str) -> Iterator[Duty]:
    tried = facts.get(rule.steps_after, "")
    left = steps_left(local.ladder or table.ladder, tried if isinstance(tried, str) else "")
    for place, ((number, rung), days) in enumerate(zip(left, days_by_then(left), strict=True)):
        if (place == 0) == (rule.each == "next step"):
            does = rule.does.format(number=number, role=rung.role, how=rung.how).strip()
            clock = {"working_days": days, "counted_from": rule.counted_from if days else None}
            step = replace(rule, name=f"{rule.name}_{number}", does=does, by="" if days else rule.by, **clock)  # type: ignore[arg-type]
            yield _dated(step, facts, dates, local, add_on)


def _dated(rule: DutyRule, facts: Facts, dates: Dates, local: Local, add_on: str) -> Duty:
    event: Event | None = None
    counted_on = due = working_days = None
    if rule.on:
        event, day = "day given", getattr(dates, rule.on)
        due = None if day is None else DueDate(day, day, (), (), day > local.calendar.published_to)
    elif rule.counted_from:
        # Another authority's awareness is the same event, but never a day we know.
        event = "awareness" if rule.counted_from == "other awareness" else rule.counted_from  # type: ignore[assignment]
        known = _STARTS.get(rule.counted_from)
        counted_on = getattr(dates, known) if known else None
    if rule.anew and dates.anew_on is not None:
        event, counted_on = "news", dates.anew_on
    if rule.counted_from and rule.working_days:
        working_days = dict(local.working_days).get(rule.name, rule.working_days)
        due = local.calendar.due(counted_on, working_days) if counted_on else None
    elif rule.counted_from and rule.within:
        due = _within(rule.within, counted_on, local.calendar) if counted_on else None
    late = due is not None and (due.aim_for if _first_day_counts(event, local) else due.latest) < dates.today
    return Duty(
        name=rule.name,
        who=rule.who,
        does=f"{rule.if_late} {rule.does}" if late and rule.if_late else rule.does,
        to=rule.to,
        badge=rule.badge,
        deadline_badge=rule.deadline_badge,
        by=rule.by,
        working_days=working_days,
        event=event,
        counted_on=counted_on,
        due=due,
        late=late,
        policy=rule.policy_when.holds(facts),
        cites=rule.cites,
        add_on=add_on,
        within=rule.within,
        sooner=_sooner(rule.clock or rule.name, counted_on, local),
    )


def _sooner(clock: str, counted_on: date | None, local: Local) -> Sooner | None:
    span = dict(local.sooner).get(clock)
    if span is None:
        return None
    if counted_on is None or span.unit == "working hours":
        return Sooner(span, None)
    return Sooner(span, due_after(local.calendar, counted_on, span).latest)


def _first_day_counts(event: Event | None, local: Local) -> bool:
    """Whether an area's convention for the day of awareness makes the date to aim for the deadline."""
    return local.count_first_day and event in FIRST_DAY_MAY_COUNT


def _within(span: Span, start: date, calendar: Calendar) -> DueDate:
    """A length in months or weeks: its last day, and the last working day up to it to aim for."""
    due = due_after(calendar, start, span)
    return replace(due, aim_for=working_day(calendar, due.latest, -1), provisional=due.latest > calendar.published_to)
