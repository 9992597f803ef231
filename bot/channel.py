"""What every channel offers: a name, its limits, a way to send, and the one error it may raise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.messages import Reply


class Unreachable(Exception):
    """The person could not be reached; `permanent` says whether trying again can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True)
class Limits:
    """The most a channel can show: characters in a message and options in one prompt; None is no limit."""

    text: int | None = None
    options: int | None = None


class Channel(Protocol):
    """A way to reach people."""

    name: str
    limits: Limits

    async def send(self, address: str, reply: Reply) -> str:
        """Deliver a reply and return the platform's id for it. Raises Unreachable."""
        ...
