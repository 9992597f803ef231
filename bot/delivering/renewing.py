"""Does something again and again beside what takes long, at no cost where it does not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Renewing:
    """Does `work` every so many seconds, from the first such time on, until it is ended.

    A task for each thing that is sent would be a fiftieth of a turn, and hardly one of them takes so long.
    """

    def __init__(self, every: float, work: Callable[[], Awaitable[None]]) -> None:
        self._every = every
        self._work = work
        self._task: asyncio.Task[None] | None = None
        self._first = asyncio.get_running_loop().call_later(every, self._begin)

    def end(self) -> None:
        """Do it no more, and break off what is being done."""
        self._first.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._again())

    async def _again(self) -> None:
        while True:
            await self._work()
            await asyncio.sleep(self._every)
