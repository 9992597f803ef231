"""Days counted and skipped in few words, such as "Mon 21 to Thu 24 Dec (days 1 to 4), Tue 29 Dec (day 5)"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dialogs.days import Skipped

_WEEKEND = {"Saturday", "Sunday"}


def runs(days: tuple[date, ...]) -> str:
    """Days in stretches, each with its numbers."""
    words, number = [], 0
    for run in _stretches(days):
        first, number = number + 1, number + len(run)
        words.append(f"{_stretch(run)} ({f'day {first}' if len(run) == 1 else f'days {first} to {number}'})")
    return ", ".join(words)


def stretches(days: Iterable[date]) -> str:
    """Days in stretches, in order, without numbers."""
    return ", ".join(_stretch(run) for run in _stretches(sorted(days)))


def _stretches(days: Iterable[date]) -> list[list[date]]:
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _stretch(run: list[date]) -> str:
    if len(run) == 1:
        return short(run[0])
    begin = short(run[0]) if run[0].month != run[-1].month else f"{run[0]:%a} {run[0].day}"
    return f"{begin} to {short(run[-1])}"


def skipped_words(skipped: Iterable[Skipped]) -> str:
    """Which days were not counted, and why."""
    days = tuple(skipped)
    ends = [one.on for one in days if one.why in _WEEKEND]
    weekends = ["the weekend" if len(ends) <= 2 else "weekends"] if ends else []
    named = [f"{short(one.on)}, {one.why.partition(': ')[2]}" for one in days if one.why not in _WEEKEND]
    return "; ".join([*weekends, *named])


def short(day: date) -> str:
    """A day without its year."""
    return f"{day:%a} {day.day} {day:%b}"
