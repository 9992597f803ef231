"""What every channel offers: a name, its limits, a way to send, and the one error it may raise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.messages import Reply


class Unreachable(Exception):
    """The person was not reached, as far as is known.

    `permanent`: trying this way again cannot help, so another way has to be tried.
    `may_have_arrived`: it was handed over and no answer came, so nobody can say whether it arrived. It may be said
    again only if that is safe, with words that it may be a repeat. What is permanent has certainly not arrived.
    `retry_after`: for how long the channel wants nothing more, where it says so.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        may_have_arrived: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.may_have_arrived = may_have_arrived
        self.retry_after = retry_after


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
