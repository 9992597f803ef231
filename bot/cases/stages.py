"""When a clock's reminders fall: each stage of the table as a moment, kept within working time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.cases.clocks import Clock
from bot.cases.periods import Every
from bot.cases.working_time import WorkingTime, london
from bot.clock import london_date
from dialogs.clock_table import Stage
from dialogs.spans import DayOfYear, Span, due_after, working_day


@dataclass(frozen=True)
class Timed:
    """A stage as it falls: its name, which tells one of a repeated stage from the next, and its moment in UTC."""

    stage: str
    at: datetime
    any_hour: bool = False


def timed(clock: Clock, stages: Iterable[Stage], hours: WorkingTime) -> list[Timed]:
    """The stages of a running clock with their moments, in order; none after its deadline.

    A stage outside working time waits for the next opening. One on the very day of the deadline does not wait, nor
    does one that may come at any hour.
    """
    assert clock.passes_at is not None
    found = [one for stage in stages for one in _timed(clock, stage, hours)]
    found = [one for one in found if one.any_hour or one.at <= clock.passes_at]
    return sorted(found, key=lambda one: one.at)


def _timed(clock: Clock, stage: Stage, hours: WorkingTime) -> Iterator[Timed]:
    assert clock.since is not None
    assert clock.deadline is not None
    assert clock.passes_at is not None
    if stage.anchor == "at once":
        if stage.any_hour or london_date(clock.since) == clock.deadline:
            yield Timed(stage.text, clock.since, stage.any_hour)
        elif clock.since < clock.passes_at:
            yield Timed(stage.text, kept_within(clock.since, clock, hours))
    elif stage.anchor == "hours":
        assert clock.started_at is not None
        assert stage.span is not None
        yield Timed(stage.text, kept_within(hours.hours_after(clock.started_at, stage.span.count), clock, hours))
    else:
        for number, day in enumerate(_days(clock, stage, hours), 1):
            name = f"{stage.text} {number}" if stage.anchor == "every" else stage.text
            yield Timed(name, kept_within(_in_time(day, stage.at or hours.opens, clock, hours), clock, hours))


def _in_time(day: date, at: time, clock: Clock, hours: WorkingTime) -> datetime:
    """The moment of a stage: where no working day is left between its day and the deadline, on the last one before.

    Nobody looks at a message on the Sunday on which something is due. What the bot only knew since then stays.
    """
    assert clock.since is not None
    assert clock.deadline is not None
    moment = london(day, at)
    if working_day(hours.calendar, day) > clock.deadline:
        earlier = london(working_day(hours.calendar, day, -1), at)
        return earlier if earlier >= clock.since else moment
    return moment


def kept_within(at: datetime, clock: Clock, hours: WorkingTime) -> datetime:
    """The moment, or the next opening; never past the day of the deadline, on which anything goes at once."""
    assert clock.deadline is not None
    assert clock.passes_at is not None
    if london_date(at) == clock.deadline:
        return at
    moved = hours.next_open(at)
    return moved if moved < clock.passes_at else max(at, london(clock.deadline, hours.opens))


def _days(clock: Clock, stage: Stage, hours: WorkingTime) -> Iterator[date]:
    """The days of a stage; several for one that repeats."""
    start, deadline = clock.started_on, clock.deadline
    assert start is not None
    assert deadline is not None
    if stage.anchor == "day":
        yield clock.days[min(stage.day, len(clock.days)) - 1]
    elif stage.anchor == "date":
        assert stage.date is not None
        yield _last(stage.date, deadline)
    elif stage.anchor == "every":
        assert stage.span is not None
        yield from _every(start, stage.span, deadline)
    else:
        assert stage.span is not None
        yield due_after(hours.calendar, start if stage.anchor == "start" else deadline, stage.span).latest


def _last(day: DayOfYear, until: date) -> date:
    this_year = day.in_year(until.year)
    return this_year if this_year <= until else day.in_year(until.year - 1)


def _every(start: date, span: Span, until: date) -> Iterator[date]:
    days, number = Every(start, span), 1
    while (day := days.nth(number)) <= until:
        yield day
        number += 1
