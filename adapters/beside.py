"""What a channel does beside its answers to requests: a message is rewritten, somebody is told a word."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from adapters.patience import at_leisure
from bot.channel import Unreachable
from bot.exchange import Exchange
from bot.storage import DatabaseTrouble

Work = Callable[[], Awaitable[None]]
MOST_SECONDS = 2.0
"""For how long something waits for replies at the most."""
STOP_WITHIN_SECONDS = 3.0
"""For how long a channel that stops waits for what goes on beside; a platform that wants less may want that longer."""


class Beside:
    """Begins such work; where it does not succeed, nothing is lost but a nicety."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._going: set[asyncio.Task[None]] = set()

    def begin(self, work: Work) -> None:
        """Do it now."""
        going = asyncio.create_task(_done(work))
        self._going.add(going)
        going.add_done_callback(self._going.discard)

    def begin_after_replies(self, work: Work) -> None:
        """Do it once no reply is on its way, or soon: who waits for words goes before what only looks better.

        It is a request of its own, and a seventh of a turn.
        """

        async def later() -> None:
            if self._exchange.carrier is not None:
                with suppress(TimeoutError):
                    async with asyncio.timeout(MOST_SECONDS):
                        await self._exchange.carrier.idle()
            await work()

        self.begin(later)

    async def settled(self) -> None:
        """Wait until all that was begun is done."""
        while self._going:
            await asyncio.gather(*self._going)


async def stopped(settled: Awaitable[None], within: float = STOP_WITHIN_SECONDS) -> None:
    """Wait until such work is done, for so many seconds; after that it is broken off."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await settled


async def _done(work: Work) -> None:
    with suppress(Unreachable, DatabaseTrouble), at_leisure():
        await work()
