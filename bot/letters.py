"""What is sent by e-mail right after a turn: to whom, what, and how, and what to say where it does not go."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channel import Channel, Unreachable
from bot.messages import Reply


@dataclass(frozen=True)
class Letter:
    """One e-mail. It is sent once: what it carries is over in minutes, and whoever misses it asks for another.

    So it is not kept anywhere: at rest, the code in it exists only as a keyed hash.
    """

    address: str
    reply: Reply


@dataclass(frozen=True)
class Post:
    """The way out by e-mail: None where none is set up; `public_url` is where people come to the page, or empty."""

    channel: Channel | None = None
    public_url: str = ""

    async def send(self, letter: Letter) -> bool:
        """Hand a letter over; whether that worked, as far as is known."""
        if self.channel is None:
            return False
        try:
            await self.channel.send(letter.address, letter.reply)
        except Unreachable as fault:
            return fault.may_have_arrived
        return True
