"""A dialog left open: mentioned once on the next working morning, kept for two weeks more, then let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import wording_left_open
from bot.cases.working_time import WorkingTime, london
from bot.clock import london_date
from bot.definitions import Definitions
from bot.messages import Reply, Text
from bot.state import Dialog, State
from dialogs.date_words import spoken

KEPT = timedelta(days=14)
LEFT_OPEN = "left open"
"""The key of what is said then."""


def open_dialogs(state: State) -> tuple[Dialog, ...]:
    """The dialogs that were begun in earnest and have never come to a decision."""
    every = (*state.aside, *([state.dialog] if state.dialog else []))
    return tuple(one for one in every if not one.practice and one.said and one.confirmed is None)


def mention_at(state: State, hours: WorkingTime, at: datetime) -> datetime | None:
    """When to come back to what a turn leaves open; None where it leaves nothing open."""
    return hours.morning_after(at) if open_dialogs(state) else None


def mentioned(
    state: State, definitions: Definitions, hours: WorkingTime, at: datetime
) -> tuple[State, Reply | None, datetime | None]:
    """The state once its moment has come, what to say, and when to come back again.

    Once it is said what is open; the second time, what is open is let go.
    """
    left = [one for one in open_dialogs(state) if one.flow in definitions.flows]
    if not left:
        return replace(state, mentioned=""), None, None
    titles = " and ".join(dict.fromkeys(f"“{definitions.flows[one.flow].title}”" for one in left))
    if not state.mentioned:
        until = london_date(at) + KEPT
        text = wording_left_open.left_open(titles, spoken(date.fromisoformat(left[0].started)), spoken(until))
        return replace(state, mentioned=until.isoformat()), _reply(text), london(until, hours.opens)
    return _let_go(state), _reply(wording_left_open.let_go(titles)), None


def _let_go(state: State) -> State:
    gone = open_dialogs(state)
    in_hand = None if state.dialog in gone else state.dialog
    awaited = None if state.dialog in gone else state.awaited
    aside = tuple(one for one in state.aside if one not in gone)
    return replace(state, dialog=in_hand, awaited=awaited, aside=aside, mentioned="")


def _reply(text: str) -> Reply:
    return Reply((Text.of(text),), key=LEFT_OPEN)
