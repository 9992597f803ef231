"""What is sent by e-mail right after a turn: to whom, what, and how, and what to say where it does not go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from bot.channel import Channel, Unreachable
from bot.messages import Reply

NOT_SENT = "letter not sent"
"""The key of a reply that says that a letter did not go."""


@dataclass(frozen=True)
class Letter:
    """One e-mail. It is sent once: what it carries is over in minutes, and whoever misses it asks for another.

    So it is not kept anywhere: at rest, the code in it exists only as a keyed hash.
    """

    address: str
    reply: Reply


class Post:
    """The way out by e-mail, None where none is set up; `public_url` is where people come to the page, or empty."""

    def __init__(self, channel: Channel | None = None, public_url: str = "") -> None:
        self.channel = channel
        self.public_url = public_url
        self._going: set[asyncio.Task[None]] = set()

    def begin(self, letters: Iterable[Letter], failed: Callable[[], Awaitable[None]]) -> None:
        """Send letters while all else goes on: a mail server may take its time. `failed` follows one that fails."""
        for letter in letters:
            going = asyncio.create_task(self._send(letter, failed))
            # Kept, because a task that nobody holds may vanish before it is done.
            self._going.add(going)
            going.add_done_callback(self._going.discard)

    async def settled(self) -> None:
        """Wait until all that was begun has gone or failed."""
        while self._going:
            await asyncio.gather(*self._going)

    async def _send(self, letter: Letter, failed: Callable[[], Awaitable[None]]) -> None:
        try:
            if self.channel is not None:
                await self.channel.send(letter.address, letter.reply)
        except Unreachable as fault:
            if not fault.may_have_arrived:
                await failed()
