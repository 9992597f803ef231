"""The terminal as the contract needs it: lines, which go nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.terminal.show import lines
from bot.messages import Reply
from tests.adapters.contract.screen import Screen

ONLY_SHOWS = "what is shown there goes nowhere, so nothing can refuse it"
NO_WAY_IN = "one person's lines are read by the process itself: every transcript is played by them"


class Terminal(Screen):
    """Lines."""

    name = "terminal"

    def shown(self, reply: Reply) -> str:
        return "\n".join(lines(reply))


@contextmanager
def platform() -> Iterator[Terminal]:
    """A terminal."""
    yield Terminal()
