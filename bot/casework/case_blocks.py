"""A case as it is shown in a conversation: what is to be done by when, in order of urgency, and what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot import wording_cases
from bot.cases.case import Case, Event
from bot.cases.clock_words import moved_words
from bot.cases.clocks import Clock, Moved
from bot.cases.digest import follows_late
from bot.cases.nudge_words import STRICTER_PASSED
from bot.clock import london_date
from bot.messages import Block, Bullets, Card, Text
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from dialogs.date_words import spoken

NEWEST = 5
"""How many of the newest events are shown."""


def urgent(clocks: Iterable[Clock]) -> list[Clock]:
    """The clocks that run and are reminded of, the soonest deadline first."""
    every = list(clocks)
    running = [one for one in every if one.is_running and one.nudged and not follows_late(one, every)]
    return sorted(running, key=lambda one: (one.deadline or date.max, one.name))


def until(clock: Clock, today: date) -> str:
def titled(clock: Clock) -> str:
    """What is to be done; of several ways to count one duty, which it is."""
    return f"{clock.title}, counted from {clock.rule.reading_of}" if clock.rule.reading_of else clock.title


    """By when, in words."""
    if clock.latest is None or clock.deadline is None:
        return "no date yet"
    if clock.deadline < today:
    if clock.deadline < today and not clock.binding:
        return f"{STRICTER_PASSED} on {spoken(clock.deadline)}"
        return f"late since {spoken(clock.deadline)}"
    if clock.deadline == today:
        return "today"
    if clock.aim_for is not None and clock.aim_for != clock.latest and clock.deadline == clock.latest:
        return f"aim for {spoken(clock.aim_for)}, latest {spoken(clock.latest)}"
    return f"latest {spoken(clock.deadline)}"


def one_line(stored: Stored, clocks: Iterable[Clock], today: date) -> str:
    """A case in one line: its reference, and the most urgent thing to be done."""
    first = next(iter(urgent(clocks)), None)
    if stored.status != "open":
        return f"{stored.ref}: {'closed' if stored.status == 'closed' else 'on record, no clock runs'}"
    return f"{stored.ref}: {f'{first.title}, {until(first, today)}' if first else wording_cases.NOTHING_RUNS.lower()}"


def card(
    case: Case,
    stored: Stored,
    clocks: Iterable[Clock],
    names: Mapping[str, str],
    today: date,
    told: Sequence[Noted] = (),
) -> list[Block]:
    """The whole case, for those it concerns; `told` are its reminders, one of which told its owner of it."""
    owner = names.get(case.owner, "") or "nobody yet"
    status = {"open": "open", "closed": "closed", "recorded": "on record, no clock runs"}[stored.status]
    facts = [("Status", status), ("Owner", owner), ("Opened", spoken(london_date(case.opened_at)))]
    news = next((one.status for one in reversed(told) if one.kind == "new case"), "")
    if stored.status == "open" and news in wording_cases.NEWS:
        facts.append(("Message to the owner", wording_cases.NEWS[news]))
    aware = spoken(case.aware_on) if case.aware_on else "not known yet"
    facts.append(("Council became aware", aware))
    if case.notified_on:
        facts.append(("Panel notified", spoken(case.notified_on)))
    if case.is_held:
        facts.append(("Legal hold", "in force: nothing is purged, and reminders go on"))
    blocks: list[Block] = [Card(f"Case {case.ref}", tuple(facts))]
    if running := urgent(clocks):
        lines = tuple(f"{titled(one)[:1].upper()}{titled(one)[1:]}: {until(one, today)}" for one in running)
        blocks.append(Text.of("To be done:", Bullets(lines)))
    newest = [event_line(one, names) for one in case.standing[-NEWEST:]]
    blocks.append(Text.of("What has happened, the newest last:", Bullets(tuple(newest))))
    return blocks


def event_line(event: Event, names: Mapping[str, str]) -> str:
    """An event in one line, without its words."""
    by = f" ({names[event.by]})" if names.get(event.by) else ""
    return f"{spoken(london_date(event.at))}: {event_words(event, names)}{by}"


def event_words(event: Event, names: Mapping[str, str], titles: Mapping[str, str] | None = None) -> str:
    """What happened and on which day; `titles` are those of the clocks, by their ids."""
    day = wording_cases.DAYS.get(event.kind, " on {day}").format(day=spoken(event.on)) if event.on else ""
    about = ""
    if event.kind == "partner decision":
        about = f": {wording_cases.DECISIONS[event.value('decision')].lower()}"
    elif event.kind == "review decided":
        about = f": {wording_cases.YES_NO[event.value('decision')].lower()}"
    elif event.kind == "reassigned":
        about = f": {names.get(event.value('owner'), 'someone else')}"
    elif event.kind == "action changed":
        about = f": {_changes(event, names)}"
    elif event.clock:
        about = f": {(titles or {}).get(event.clock, event.clock.replace('_', ' ').replace(':', ' '))}"
    return f"{wording_cases.EVENTS[event.kind]}{about}{day}"


def _changes(event: Event, names: Mapping[str, str]) -> str:
    """What of an action is other than it was."""
    parts = [f"action {event.value('action')}"]
    if due := event.value("due"):
        parts.append(f"due by {spoken(date.fromisoformat(due))}")
    if owner := event.value("owner"):
        parts.append(f"owner {names.get(owner, 'someone else')}")
    return ", ".join(parts)


def moved_lines(found: Iterable[Moved]) -> list[str]:
    """What an event moved, before and now, a line for each clock that is reminded of."""
    return [moved_words(one) for one in found if one.clock.nudged or (one.before is not None and one.before.nudged)]
