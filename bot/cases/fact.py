"""A day that is known from the events of a case, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.cases.case_event import Event


@dataclass(frozen=True)
class Fact:
    """A day known from events: which, at what time of day if that is known, and since when the bot has known it."""

    on: date
    time: time | None
    known_at: datetime
    seq: int


def fact_of(event: Event) -> Fact:
    """What one event says by itself."""
    return Fact(event.day, event.time, event.at, event.seq)


def _day_of(event: Event) -> date | None:
    return event.on if event.kind in {"opened", "awareness corrected"} else event.day


def settled(events: Iterable[Event], day_of: Callable[[Event], date | None] = _day_of) -> Fact | None:
    """What the newest of these says; known since it has been said without a change between."""
    found = list(events)
    if not found or (on := day_of(found[-1])) is None:
        return None
    first = found[-1]
    for one in reversed(found):
        if (day_of(one), one.time) != (on, first.time):
            break
        first = one
    return Fact(on, first.time, first.at, found[-1].seq)
