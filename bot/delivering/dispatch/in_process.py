"""The embedded home: this process sends, a few at once on each channel, and in order within a conversation."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from weakref import WeakValueDictionary

from bot.storage import Connection
from bot.storage.outbox import Due

AT_ONCE = 4
"""How many are sent at one time on one channel."""

Deliver = Callable[[int, int, object], Awaitable[None]]
"""Sends the row with this id, if it still has this rev; with what it says, where that is at hand."""


class InProcess:
    """Runs deliveries as tasks. `failed` is told of what went wrong with one; its row comes back by itself."""

    most = 32

    def __init__(self, deliver: Deliver, failed: Callable[[int, Exception], None], at_once: int = AT_ONCE) -> None:
        self._deliver = deliver
        self._failed = failed
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(at_once))
        self._conversations: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._begun: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._done: Callable[[], None] = lambda: None

    def defer(self, connection: Connection, due: Sequence[Due]) -> None:
        """Nothing to keep: whatever is lost with this process, the next sweep finds again."""

    def begin(self, due: Sequence[Due]) -> None:
        """Begin with those rows that are not in hand already."""
        for one in due:
            if (one.id, one.rev) not in self._begun:
                task = asyncio.create_task(self._one(one))
                self._begun[one.id, one.rev] = task
                self._idle.clear()
                task.add_done_callback(partial(self._end, (one.id, one.rev)))

    def when_done(self, do: Callable[[], None]) -> None:
        """Call this whenever nothing is in hand any more."""
        self._done = do

    async def idle(self) -> None:
        """Wait until nothing is in hand."""
        await self._idle.wait()

    async def finish(self) -> None:
        """Wait for what is in hand."""
        while self._begun:
            await asyncio.wait(list(self._begun.values()))

    async def _one(self, one: Due) -> None:
        # The conversation first: what waits for its turn there must not keep a place from other conversations.
        lock = self._conversations.setdefault(one.conversation_id, asyncio.Lock())
        async with lock, self._turns[one.channel]:
            try:
                await self._deliver(one.id, one.rev, one.said)
            except Exception as fault:  # whatever it is, the others are still to be sent
                self._failed(one.id, fault)

    def _end(self, key: tuple[int, int], _: asyncio.Task[None]) -> None:
        del self._begun[key]
        if not self._begun:
            self._idle.set()
            self._done()
