"""What is said to whoever answers a reminder: when they hear of it again."""

from __future__ import annotations

from datetime import date

from dialogs.date_words import spoken


def asks_again(day: date, *, kept_up: bool) -> str:
    """To whoever has a duty; `kept_up`: they had said so before, so that the next reminder is the next they hear."""
    if kept_up:
        return f"Thank you. I will remind you again on {spoken(day)} if it is not done."
    return f"Thank you. I will ask again on the morning of {spoken(day)} if it is not done."


def put_off_until(day: date) -> str:
    """To whoever put a duty off."""
    return f"I will remind you again on {spoken(day)}. The deadline has not moved."
