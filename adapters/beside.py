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
LULL_SECONDS = 0.1
"""For how long nobody may have spoken up before it is done."""
STOP_WITHIN_SECONDS = 3.0
"""For how long a channel that stops waits for what goes on beside; a platform that wants less may want that longer."""


class Beside:
    """Begins such work; where it does not succeed, nothing is lost but a nicety."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._going: set[asyncio.Task[None]] = set()
        self._looking: asyncio.Task[None] | None = None

    def begin(self, work: Work) -> None:
        """Do it now."""
        going = asyncio.create_task(_done(work))
        self._going.add(going)
        going.add_done_callback(self._going.discard)

    def begin_after_replies(self, work: Work) -> None:
        """Do it once nobody waits for a reply, or soon: who waits for words goes before what only looks better.

        It is a request of its own, and a fifth of a turn.
        """

        async def later() -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(MOST_SECONDS):
                    await self._lull()
            await work()

        self.begin(later)

    async def _lull(self) -> None:
        """Wait until nobody has waited for a reply for a moment: between two answers of many people there is none."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._looked())
        # It is the same for all who wait, and goes on where one of them waits no longer.
        await asyncio.shield(self._looking)

    async def _looked(self) -> None:
        while True:
            await self._exchange.at_rest()
            seen = self._exchange.at_work.taken
            await asyncio.sleep(LULL_SECONDS)
            if seen == self._exchange.at_work.taken:
                return

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
