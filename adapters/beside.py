"""What a channel does beside its answers to requests: a message is rewritten, somebody is told a word."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

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
        self._one_at_a_time = asyncio.Lock()

    def begin(self, work: Work) -> None:
        """Do it now."""
        going = asyncio.create_task(_done(work))
        self._going.add(going)
        going.add_done_callback(self._going.discard)

    def begin_after_replies(self, work: Work) -> None:
        """Do it once nobody waits for a reply, or soon: who waits for words goes before what only looks better.

        It is a request of its own, and a fifth of a turn. One at a time is done, so that those who speak up meanwhile
        wait for one at the most.
        """

        async def later() -> None:
            async with AsyncExitStack() as held:
                with suppress(TimeoutError):
                    async with asyncio.timeout(MOST_SECONDS):
                        await held.enter_async_context(self._one_at_a_time)
                        await self._exchange.at_rest()
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
