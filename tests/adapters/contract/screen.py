"""What sends nothing anywhere, and only shows: what a person reads there of a reply."""

from __future__ import annotations

from bot.channel import Limits
from bot.messages import Reply

from .platform import Refusal


class Screen:
    """Shows replies. `channel` is itself, which keeps what was to be read of each."""

    address = elsewhere = "here"
    says_how_long = False
    name: str
    limits = Limits()

    def __init__(self) -> None:
        self.channel = self
        self._read: list[str] = []

    def read(self) -> list[str]:
        return self._read

    def refuse(self, how: Refusal | None) -> None:
        raise AssertionError("nothing is sent that could be refused")

    async def limited_by(self, address: str) -> tuple[str, ...]:
        return (address,)

    async def send(self, address: str, reply: Reply) -> str:
        self._read.append(self.shown(reply))
        return str(len(self._read))

    def shown(self, reply: Reply) -> str:
        """What stands there."""
        raise NotImplementedError
