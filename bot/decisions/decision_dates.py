"""A decision's dates in words: what is due when, how to read it, and how each date was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.decisions.deadline_words import (
    RAPID_REVIEW,
    days_words,
    event_words,
    first_day_counts,
    headline,
    policy_words,
    sentence,
    sooner_words,
    working_words,
)
from bot.decisions.decision_words import Step
from bot.record import Record
from dialogs.date_words import spoken
from dialogs.decision import Duty
from knowledge.area import Area


@dataclass(frozen=True)
class Deadline:
    """One pair of dates, and everything that is due by then."""

    aim_for: str
    latest: str
    late: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Working:
    """How one deadline's dates were worked out: what is due by then, and each line of the working."""

    title: str
    what: tuple[str, ...]
    lines: tuple[str, ...]


def deadlines(record: Record, steps: tuple[Step, ...]) -> tuple[Deadline, ...]:
    """The steps with dates by their dates, the soonest first."""
    order = [(duty.due.latest, duty.due.aim_for) for duty in _in_order(record) if duty.due]
    found: dict[tuple[date, date], list[Step]] = {}
    for dates, step in zip(order, (step for step in steps if step.dated), strict=True):
        found.setdefault(dates, []).append(step)
    return tuple(
        Deadline(group[0].aim_for, group[0].latest, group[0].late, tuple(group)) for _, group in sorted(found.items())
    )


def _in_order(record: Record) -> list[Duty]:
    """The duties as the steps stand: the outcome's own, then each add-on's."""
    codes = ["", *(one.code for one in record.decision.add_ons)]
    return [duty for code in codes for duty in record.decision.duties if duty.add_on == code]


def notes(record: Record, area: Area) -> tuple[str, ...]:
    """How to read the dates in this area."""
    duties = [duty for duty in record.decision.duties if duty.event is not None]
    found = []
    if any(duty.due for duty in duties):
        found.append("Work to “aim for”. “Latest” is the last day allowed.")
    if any(first_day_counts(duty, area) for duty in duties):
        found.append("In this area the date to aim for is the deadline.")
    found += [f"{headline(duty)} {sooner_words(duty)}" for duty in duties if duty.sooner]
    found += _review_notes([duty for duty in duties if duty.name in RAPID_REVIEW], area)
    return tuple(found)


def _review_notes(reviews: list[Duty], area: Area) -> list[str]:
    """Which count of the rapid review the area follows, and which date to work to."""
    if len(reviews) < 2:
        return []
    here = next((f"This area counts from {event_words(duty)}." for duty in reviews if duty.policy), "")
    here = here or f"{policy_words(reviews[0], area)}"
    known = [duty.due.latest for duty in reviews if duty.due]
    until = "" if len(known) == len(reviews) else " until the other is known"
    first = f": {spoken(min(known))}{until}" if known else ""
    return [f"The rapid review is counted in two ways. {here} Work to the earlier date{first}."]


def workings(record: Record, area: Area) -> tuple[Working, ...]:
    """The working of every date, once for each start and number of days."""
    found: dict[tuple[str, ...], list[Duty]] = {}
    for duty in record.decision.duties:
        # A day that was given needs no working.
        if duty.due is not None and duty.counted_on is not None:
            found.setdefault(tuple(working_words(duty, area)), []).append(duty)
    return tuple(
        Working(sentence(days_words(duties[0])).removesuffix("."), tuple(headline(duty) for duty in duties), lines)
        for lines, duties in found.items()
    )
