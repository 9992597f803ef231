"""What became of a turn that was brought, and under which key that is kept of a button's."""

from __future__ import annotations

from enum import Enum

from bot.moment import NOT_HERE, Outcome


class Took(Enum):
    """What became of a turn that was brought."""

    UP = "it was new, and was answered"
    BEGUN = "it was new, and something is asked before what it asks is done"
    STALE = "it was new, and belonged to something that is asked no longer: nothing has changed"
    REFUSED = "it was new, and what it asked was not done: the reply says why"
    NOT_HERE = "it was new, and is not done on this channel: a button may be pressed again once it is"
    OFF = "the channel is switched off: nothing of it was looked at, and a button may be pressed again"
    USED = "another delivery had brought the same event before"
    AGAIN = "this very delivery had been brought before"


KEPT = (Took.BEGUN, Took.STALE, Took.REFUSED)
"""What is kept of a button besides that it was used; one of which nothing more is kept did what it says."""

COUNTED = frozenset({Took.UP, Took.BEGUN})
"""What of a button is true of its message from then on, whichever other button of it is pressed later."""


def came_of(outcome: Outcome) -> Took:
    """What became of a turn with this outcome."""
    if outcome.is_stale:
        return Took.STALE
    if outcome.is_off:
        return Took.OFF
    if outcome.kind == NOT_HERE:
        return Took.NOT_HERE
    if outcome.is_refused:
        return Took.REFUSED
    return Took.BEGUN if outcome.is_begun else Took.UP


def kept_as(took: Took, event: str) -> str:
    """The key under which it is kept what became of a button's event."""
    return f"{took.name}:{event}"
