"""`bot days --json`: working days with their working, for other programs; the shape of each line is stable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adapters.json_lines import BadLine, only_keys, read_day
from dialogs.days import MOST_WORKING_DAYS, Calendar


def answerer(calendar: Calendar) -> Callable[[Mapping[str, Any]], object]:
    """What answers a line, for one area's calendar."""

    def answer(given: Mapping[str, Any]) -> object:
        only_keys(given, ("start", "working_days"))
        start, count = read_day(given, "start"), given.get("working_days")
        if start is None:
            raise BadLine("start: is missing")
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_WORKING_DAYS:
            raise BadLine(f"working_days: must be a whole number from 1 to {MOST_WORKING_DAYS}")
        due = calendar.due(start, count)
        return {
            "due": due.latest.isoformat(),
            "aim_for": due.aim_for.isoformat(),
            "counted": [day.isoformat() for day in due.counted],
            "skipped": [{"date": one.on.isoformat(), "why": one.why} for one in due.skipped],
            "provisional": due.provisional,
        }

    return answer
