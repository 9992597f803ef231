"""How a deadline was counted, in a few plain sentences for the chat: the start, the days counted, the days skipped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bot.decision_words import days_words, event_words
from bot.record import Record
from dialogs.date_words import spoken
from dialogs.days import DueDate, Skipped
from dialogs.decision import Duty
from knowledge.area import Area

_WEEKEND = {"Saturday", "Sunday"}


def counted_lines(record: Record, area: Area) -> tuple[str, ...]:
    """How each date was counted, once for each start and number of days."""
    found: dict[tuple[object, ...], str] = {}
    for duty in record.decision.duties:
        if duty.due is not None and duty.counted_on is not None:
            line = _line(duty, duty.due, duty.counted_on, area)
            found.setdefault((duty.counted_on, duty.working_days, event_words(duty)), line)
    return tuple(found.values())


def _line(duty: Duty, due: DueDate, start: date, area: Area) -> str:
    parts = [
        f"{days_words(duty)}, {spoken(start)}.",
        f"Counted: {_runs(due.counted)}.",
        f"Not counted: {_skipped(due.skipped)}." if due.skipped else "No day in between was skipped.",
        f"Latest: {spoken(due.latest)}.",
        _aim_for(due, start, area),
    ]
    closed = [shut for shut in area.closure_days if shut.date in due.counted]
    for reason in dict.fromkeys(shut.reason for shut in closed):
        days = [_short(shut.date) for shut in closed if shut.reason == reason]
        parts.append(f"{reason}: {' and '.join(days)} still count{'s' if len(days) == 1 else ''}.")
    if due.provisional:
        parts.append("The bank holidays of that time have not been published yet, so these dates may move.")
    return " ".join(parts)


def _aim_for(due: DueDate, start: date, area: Area) -> str:
    if due.aim_for == due.latest:
        return f"{_short(start)} is not a working day, so the date to aim for is the same."
    if due.aim_for == start:
        return "Aim for: the same day." + (" In this area that is the deadline." if area.count_first_day else "")
    here = " In this area that is the deadline." if area.count_first_day else ""
    return f"Aim for: {spoken(due.aim_for)}, counting {_short(start)} as day 1.{here}"


def _runs(days: tuple[date, ...]) -> str:
    """Days in stretches, such as "Mon 21 to Thu 24 Dec (days 1 to 4), Tue 29 Dec (day 5)"."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    words, number = [], 0
    for run in runs:
        first, number = number + 1, number + len(run)
        words.append(f"{_stretch(run)} ({f'day {first}' if len(run) == 1 else f'days {first} to {number}'})")
    return ", ".join(words)


def _stretch(run: list[date]) -> str:
    if len(run) == 1:
        return _short(run[0])
    begin = _short(run[0]) if run[0].month != run[-1].month else f"{run[0]:%a} {run[0].day}"
    return f"{begin} to {_short(run[-1])}"


def _skipped(skipped: Iterable[Skipped]) -> str:
    days = tuple(skipped)
    ends = [one.on for one in days if one.why in _WEEKEND]
    weekends = ["the weekend" if len(ends) <= 2 else "weekends"] if ends else []
    named = [f"{_short(one.on)}, {one.why.partition(': ')[2]}" for one in days if one.why not in _WEEKEND]
    return "; ".join([*weekends, *named])


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
