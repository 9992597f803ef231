"""A day that is planned, as people type it: always one to come, "14 June", "next Friday" or "in two weeks"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.answers import InvalidAnswer
from dialogs.coming_days import coming_days
from dialogs.date_words import COUNTS, plain
from dialogs.spans import months_after

_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"(?:in |within )?(?:(?P<digits>[0-9]{{1,3}})|(?P<count>{_COUNT})) (?P<unit>days?|weeks?|fortnights?|months?)"
    r"(?: (?:time|from (?:now|today)))?"
)
_WEEKS = {"day": 1, "week": 7, "fortnight": 14}
_BEFORE = re.compile(r"^(?:(?:yes|it is|its|thats|planned|by|on|for|the|i think|maybe|probably) )+")


def days_ahead(text: str, today: date) -> tuple[date, ...]:
    """Every day to come that a text may mean, the nearest first; one that was given with its year may have passed.

    Raises InvalidAnswer, with examples of days to come, where it means none.
    """
    said = _BEFORE.sub("", plain(text).strip(" ."), count=1)
    if found := _COUNTED.fullmatch(said):
        count = int(found["digits"]) if found["digits"] else COUNTS[found["count"]]
        unit = found["unit"].removesuffix("s")
        if unit == "month":
            return (months_after(today, count),)
        return (today + timedelta(days=count * _WEEKS[unit]),)
    try:
        return coming_days(said, today)
    except InvalidAnswer as slip:
        raise slip if slip.field else InvalidAnswer(day_to_come(today)) from None


def day_to_come(today: date) -> str:
    """Asks for a day to come, with examples of such."""
    day = today + timedelta(weeks=4)
    return f"I need a day to come here. Please give one such as {day.day}/{day.month}/{day.year}, or “in two weeks”."
