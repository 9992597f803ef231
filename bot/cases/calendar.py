"""Deadlines as iCalendar, for a file or a feed: a case's reference and the duty, and nothing else of the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar as ICalendar
from icalendar import Event as IEvent

from bot.cases.clocks import Clock
from bot.cases.digest import Kept
from bot.cases.nudge_words import label
from dialogs.date_words import spoken

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Safeguarding bot//Deadlines//EN"
ASK_AGAIN = timedelta(hours=1)
"""How often a subscribed calendar is asked to look again."""


def deadlines(cases: Iterable[Kept], title: str, at: datetime) -> bytes:
    """Every running deadline as an event of a whole day, as RFC 5545 has it; `at` is when it was made.

    An event keeps its UID while its date moves, so that a calendar that follows the feed moves it too.
    """
    calendar = ICalendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for case, clocks in cases:
        for clock in clocks:
            if case.is_open and clock.is_running and clock.nudged and clock.deadline is not None:
                calendar.add_component(_event(case.area, case.ref, clock, at))
    return bytes(calendar.to_ical())


def _event(area: str, ref: str, clock: Clock, at: datetime) -> IEvent:
    assert clock.deadline is not None
    event = IEvent()
    event.add("uid", f"{ref}-{clock.id}-{clock.period or 'once'}@{area}".replace(" ", "-"))
    event.add("dtstamp", at)
    event.add("dtstart", clock.deadline)
    event.add("dtend", clock.deadline + timedelta(days=1))
    event.add("summary", f"{label(ref)}: {clock.title}")
    event.add("description", _description(clock))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _description(clock: Clock) -> str:
    lines = []
    if clock.aim_for is not None and clock.aim_for != clock.deadline:
        lines.append(f"Aim for {spoken(clock.aim_for)}.")
    if clock.latest is not None:
        lines.append(f"Latest {spoken(clock.latest)}.")
    lines.append(f"{clock.rule.basis}.")
    if clock.working is not None and clock.working.provisional:
        lines.append("This may move: the bank holidays of that time are not published yet.")
    return " ".join(lines)
