"""What a lead has before them on a morning, and an area in a week: values, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.cases.case import Case
from bot.cases.clock_start import opened_at
from bot.cases.clocks import Clock
from bot.cases.days_missing import days_missing
from bot.cases.held_news import would_end_any
from bot.cases.nudge_words import SAY_WHETHER
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_REOPEN
from bot.cases.reopening import to_reopen
from bot.clock import london_date
from bot.wording_closed import SAY_IF_REOPENED
from dialogs.days import Calendar
from dialogs.spans import working_day
from dialogs.table import BADGES, Badge

Urgency = Literal["late", "today", "no date", "this week", "later"]
URGENCIES: tuple[Urgency, ...] = ("late", "today", "no date", "this week", "later")
SOON = 5
"""How many working days ahead is this week."""
FEW = 5
"""A count below this could point to one family, so it is not given in a summary."""
Kept = tuple[Case, tuple[Clock, ...]]
"""A case with its clocks as they stand."""


@dataclass(frozen=True)
class DigestLine:
    """One thing to do in one case; `deadline` is None where a day has to be asked for.

    `duty_badge` is what stands behind it, `badge` what stands behind its deadline.
    `reading_of` tells apart several ways to count one duty; where one `binds` not, it has passed and is not late: the
    area holds to the other.
    """

    ref: str
    clock: str
    title: str
    urgency: Urgency
    deadline: date | None = None
    aim_for: date | None = None
    latest: date | None = None
    late_days: int = 0
    badge: Badge = "local"
    duty_badge: Badge = "local"
    basis: str = ""
    reading_of: str = ""
    binds: bool = True


@dataclass(frozen=True)
class Digest:
    """What is to be done on a day, in order of urgency; what is due later is only counted."""

    on: date
    lines: tuple[DigestLine, ...]
    later: int

    def of(self, urgency: Urgency) -> tuple[DigestLine, ...]:
        """The lines of one urgency."""
        return tuple(line for line in self.lines if line.urgency == urgency)


@dataclass(frozen=True)
class Weekly:
    """An area's week: what is late, what falls due in the week to come, and counts; None for a count below five.

    `waiting` is what has no date, because a question about the case is not answered.
    """

    on: date
    late: tuple[DigestLine, ...]
    coming: tuple[DigestLine, ...]
    waiting: tuple[DigestLine, ...]
    open_cases: int | None
    opened: int | None
    closed: int | None
    met_in_time: int | None
    met_late: int | None


def morning(
    cases: Iterable[Kept],
    person: str,
    today: date,
    calendar: Calendar,
    covering: Collection[str] = (),
    *,
    has_year: bool = False,
    is_lead: bool = False,
    on_duty: bool = False,
) -> Digest:
    """What one person has before them: the cases they own, and the actions that are theirs in others.

    `covering` are those for whom they stand in: what is theirs is before this person meanwhile. `has_year`: what the
    area's own year asks for comes to them. `is_lead`: so does what is asked of every lead about a closed case.
    `on_duty`: so does what is nobody's, as a case on record may be.
    """
    theirs = {person, *covering}
    lines = [
        line
        for case, clocks in cases
        for line in lines_of(case, clocks, today, calendar)
        if case.owner in theirs
        or (has_year and case.scope == "area")
        or (on_duty and case.scope == "case" and not case.owner)
        or (is_lead and line.clock == ASK_TO_REOPEN)
        or any(clock.id == line.clock and clock.person in theirs for clock in clocks)
        if line.clock != ASK_TO_AGREE or would_end_any(case, calendar)
    ]
    shown = sorted((line for line in lines if line.urgency != "later"), key=by_urgency)
    return Digest(today, tuple(shown), sum(line.urgency == "later" for line in lines))


def first_of_week(day: date, calendar: Calendar) -> date:
    """The first working day of the week of a working day: from then on the area's week is told."""
    return working_day(calendar, day - timedelta(days=day.weekday()))


def since_last_told(day: date, calendar: Calendar) -> tuple[date, date]:
    """The first and the last of the whole days since the week before was told, each day in exactly one week."""
    first = first_of_week(day, calendar)
    return first_of_week(working_day(calendar, first - timedelta(days=1), -1), calendar), first - timedelta(days=1)


def weekly(cases: Iterable[Kept], today: date, calendar: Calendar, counted: tuple[date, date] | None = None) -> Weekly:
    """An area's week up to a day. Zero is given, one to four are not.

    What was recorded on the days that are `counted` is: from the first to the last, else on the seven up to that day.
    """
    every = list(cases)
    lines = sorted((line for case, clocks in every for line in lines_of(case, clocks, today, calendar)), key=by_urgency)
    first, last = counted or (today - timedelta(days=6), today)

    def is_counted(at: datetime | None) -> bool:
        return at is not None and first <= london_date(at) <= last

    were_late = [is_late for _, clocks in every for is_late in _were_late(clocks, is_counted)]
    closings = [case.closing for case, _ in every]
    return Weekly(
        on=today,
        late=tuple(line for line in lines if line.urgency == "late"),
        coming=tuple(line for line in lines if line.urgency in ("today", "this week")),
        waiting=tuple(line for line in lines if line.urgency == "no date"),
        open_cases=_shown(sum(case.is_open and case.scope == "case" for case, _ in every)),
        opened=_shown(sum(is_counted(opened_at(case)) for case, _ in every if case.scope == "case")),
        closed=_shown(sum(one is not None and is_counted(one.at) for one in closings)),
        met_in_time=_shown(were_late.count(False)),
        met_late=_shown(were_late.count(True)),
    )


def _were_late(clocks: Iterable[Clock], is_counted: Callable[[datetime | None], bool]) -> Collection[bool]:
    """Of each event that is counted and by which something was done, whether that was late.

    An event is one thing done, however many clocks it meets, and late where any of those that bind was.
    """
    found: dict[int, bool] = {}
    for clock in clocks:
        if is_counted(clock.met_at):
            was_late = clock.binding and bool(clock.late_days)
            found[clock.met_seq] = found.get(clock.met_seq, False) or was_late
    return found.values()


def _shown(count: int) -> int | None:
    return None if 0 < count < FEW else count


def lines_of(case: Case, clocks: tuple[Clock, ...], today: date, calendar: Calendar) -> Iterable[DigestLine]:
    """What is to be done in a case, in the order of its clocks; in a closed one only what a lead has to say."""
    if to_reopen(case) is not None:
        yield DigestLine(case.ref, ASK_TO_REOPEN, SAY_IF_REOPENED, "no date")
    if not case.is_open:
        return
    for day in days_missing(case, clocks):
        yield DigestLine(case.ref, day, "", "no date")
    if case.to_agree is not None:
        yield DigestLine(case.ref, ASK_TO_AGREE, SAY_WHETHER, "no date")
    week = calendar.due(today, SOON).latest
    for clock in clocks:
        if not clock.is_running or not clock.nudged or clock.rule.keeps or clock.deadline is None:
            continue
        if follows_late(clock, clocks):
            continue
        yield DigestLine(
            ref=case.ref,
            clock=clock.id,
            title=clock.title,
            urgency=_urgency(clock.deadline, today, week),
            deadline=clock.deadline,
            aim_for=clock.aim_for,
            latest=clock.latest,
            late_days=clock.late_days if clock.binding else 0,
            badge=clock.rule.deadline_badge,
            duty_badge=clock.rule.badge,
            basis=clock.rule.basis,
            reading_of=clock.rule.reading_of,
            binds=clock.binding,
        )


def follows_late(clock: Clock, clocks: Iterable[Clock]) -> bool:
    """Whether a clock only says that another, which stands beside it as late, is still to be done."""
    return clock.rule.starts == "passed" and any(one.is_running and one.name in clock.rule.follows for one in clocks)


def _urgency(deadline: date, today: date, week: date) -> Urgency:
    if deadline < today:
        return "late"
    if deadline == today:
        return "today"
    return "this week" if deadline <= week else "later"


def by_urgency(line: DigestLine) -> tuple[object, ...]:
    """What puts lines in order, the most urgent first."""
    return (
        URGENCIES.index(line.urgency),
        line.deadline or date.min,
        BADGES.index(line.badge),
        line.ref,
        line.clock,
    )
