"""The one place that knows what time it is, so that tests can turn it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
"""Answers with the present moment, with its time zone."""


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """The calendar date in London at a moment; a moment without a time zone is London's own."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(LONDON).date()
