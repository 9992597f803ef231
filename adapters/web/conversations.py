"""What the page needs of the bot: to bring it turns, to read a conversation back, and to hear of news."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from bot.decisions.documents import Document
from bot.messages import Turn
from bot.passage import Passage

CHANNEL = "web"
# How many turns are shown at first, each with its reply: what is said in about a quarter of an hour.
TURNS = 20


class Conversations(Protocol):
    """The conversations of all browsers; `address` names a browser."""

    async def take(self, turn: Turn) -> object:
        """Handle a turn for good; what comes of it can be read when this returns."""
        ...

    async def open(self, channel: str, address: str, at: datetime) -> None:
        """Make sure that the opening message is there."""
        ...

    async def passage(self, channel: str, address: str, after: int = 0, newest: int | None = None) -> Passage:
        """What was said after an entry, in order; of that, no more than the `newest` turns, each with its reply."""
        ...

    async def resume_code(self, channel: str, address: str, at: datetime) -> str:
        """A code for another device, good once, for 15 minutes."""
        ...

    async def redeem(self, channel: str, address: str, code: str, at: datetime) -> bool:
        """Lead this browser to the conversation a code stands for; False where the code is not good."""
        ...

    async def document(self, channel: str, address: str, key: str) -> Document | None:
        """A document of this conversation."""
        ...

    def changes(self, channel: str, address: str) -> AsyncIterator[int]:
        """Yields each time there may be something new to read."""
        ...
