"""How long at a time one step keeps an event loop from everybody else, in the loop's thread's own processor time.

Processor time and not the clock on the wall, so that a busy machine does not count against the bot.
"""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from adapters.loading import stays

LONGEST_SECONDS = 0.1
"""Who waits longer than this notices."""


@dataclass
class LoopLag:
    """The longest step of each thread's loop, in seconds, and how many there were."""

    longest: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    steps: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def here(self) -> float:
        """The longest step of the loop of the thread that asks."""
        thread = threading.get_ident()
        assert self.steps[thread]
        return self.longest[thread]


@contextmanager
def watched() -> Iterator[LoopLag]:
    """Every loop of this process is watched until the end of the block, by the one place where its steps are run.

    What is loaded stays, and what is made is looked through for garbage as seldom as in `bot serve`.
    """
    lag, thresholds = LoopLag(), gc.get_threshold()
    stays()
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        before = time.thread_time()
        run(handle)
        spent = time.thread_time() - before
        here = threading.get_ident()
        lag.longest[here] = max(lag.longest[here], spent)
        lag.steps[here] += 1

    asyncio.Handle._run = timed  # type: ignore[method-assign]
    try:
        yield lag
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
        gc.unfreeze()
        gc.set_threshold(*thresholds)
