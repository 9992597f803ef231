"""A carrier that keeps what the bot says to a group, so that a test can read it."""

from __future__ import annotations

from bot.channel import Limits, Unreachable
from bot.messages import Reply


class Carried:
    """What is said at once; it can refuse."""

    name, limits = "slack", Limits()

    def __init__(self) -> None:
        self.said: list[tuple[str, str, Reply]] = []
        self.refuses: Exception | None = None
        self.refuses_to = ""
        """The one audience that it refuses; empty: all."""
        self.takes_only = ""
        """The one audience to which it may speak; empty: to any."""

    def begin(self, due) -> None:
        raise AssertionError("nothing of a group goes through what is kept")

    async def say(self, channel: str, address: str, reply: Reply) -> None:
        if self.refuses is not None and self.refuses_to in ("", reply.audience):
            raise self.refuses
        if self.takes_only not in ("", reply.audience):
            raise Unreachable("the bot may not speak here", permanent=True)
        self.said.append((channel, address, reply))
