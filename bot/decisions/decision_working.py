"""How a deadline was counted, in a few plain sentences for the chat: the start, the days counted, the days skipped."""

from __future__ import annotations

from datetime import date

from bot.cases.counted_days import runs, short, skipped_words
from bot.decisions.deadline_words import days_words, event_words, first_day_counts, working_words
from bot.record import Record
from dialogs.date_words import spoken
from dialogs.days import DueDate
from dialogs.decision import Duty
from knowledge.area import Area


def counted_lines(record: Record, area: Area) -> tuple[str, ...]:
    """How each date was counted, once for each start and number of days."""
    found: dict[tuple[object, ...], str] = {}
    for duty in record.decision.duties:
        if duty.due is not None and duty.counted_on is not None:
            line = _line(duty, duty.due, duty.counted_on, area)
            found.setdefault((duty.counted_on, duty.working_days, duty.within, event_words(duty)), line)
    return tuple(found.values())


def _line(duty: Duty, due: DueDate, start: date, area: Area) -> str:
    if duty.within is not None:
        return " ".join((f"{days_words(duty)}, {spoken(start)}.", *working_words(duty, area)[1:]))
    parts = [
        f"{days_words(duty)}, {spoken(start)}.",
        f"Counted: {runs(due.counted)}.",
        f"Not counted: {skipped_words(due.skipped)}." if due.skipped else "No day in between was skipped.",
        f"Latest: {spoken(due.latest)}.",
        _aim_for(due, start, first_day_counts(duty, area)),
    ]
    closed = [shut for shut in area.closure_days if shut.date in due.counted]
    for reason in dict.fromkeys(shut.reason for shut in closed):
        days = [short(shut.date) for shut in closed if shut.reason == reason]
        parts.append(f"{reason}: {' and '.join(days)} still count{'s' if len(days) == 1 else ''}.")
    if due.provisional:
        parts.append("The bank holidays of that time have not been published yet, so these dates may move.")
    return " ".join(parts)


def _aim_for(due: DueDate, start: date, first_day_counts: bool) -> str:
    if due.aim_for == due.latest:
        return f"{short(start)} is not a working day, so the date to aim for is the same."
    here = " In this area that is the deadline." if first_day_counts else ""
    if due.aim_for == start:
        return f"Aim for: {spoken(due.aim_for)}, the day it starts.{here}"
    return f"Aim for: {spoken(due.aim_for)}, counting {short(start)} as day 1.{here}"
