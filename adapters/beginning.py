"""What a channel has to do before it is well: tried with pauses until it goes, beside everything else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import chain, repeat

from bot.channel import Unreachable

Step = Callable[[], Awaitable[object]]
Pause = Callable[[float], Awaitable[None]]
_PAUSES = (1, 5, 15, 60)
_NOT_YET = "not begun yet"


class Beginning:
    """The beginning of one channel. `title` is what it is called to the administrator."""

    def __init__(self, title: str, warn: Callable[[str], None], pause: Pause = asyncio.sleep) -> None:
        self._title = title
        self._warn = warn
        self._pause = pause
        self.trouble = ""
        """Why it has not begun; empty where it has, or has nothing to begin."""

    @asynccontextmanager
    async def going(self, step: Step, then: Step | None = None) -> AsyncIterator[None]:
        """The step is tried until it goes, and then the other goes on, until the end of the block."""
        self.trouble = _NOT_YET
        task = asyncio.create_task(self._run(step, then))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, step: Step, then: Step | None) -> None:
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            try:
                await step()
                break
            except Unreachable as fault:
                self._is(str(fault))
            except Exception as fault:  # its words may be a person's: only its kind is told
                self._is(f"a fault of its own ({type(fault).__name__})")
            await self._pause(pause)
        self.trouble = ""
        if then is not None:
            await self._going_on(then)

    async def _going_on(self, then: Step) -> None:
        try:
            await then()
        except Exception as fault:  # nobody waits for it, so it is said here
            self.trouble = f"ended by a fault of its own ({type(fault).__name__})"
            self._warn(f"{self._title}: {self.trouble}. Start the bot anew.")

    def _is(self, trouble: str) -> None:
        """The same trouble is told once."""
        if trouble != self.trouble:
            self._warn(f"{self._title}: {trouble}. This is tried again.")
        self.trouble = trouble
