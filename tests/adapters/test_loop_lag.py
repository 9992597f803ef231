"""What holds a loop up is seen by the tests that look for it."""

from __future__ import annotations

import asyncio
import threading
import time

from tests.adapters.loop_lag import LONGEST_SECONDS, watched


def works(seconds: float) -> None:
    """Works for so long, whatever else this machine does."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


async def test_a_step_that_works_for_long_is_seen_and_what_a_thread_does_is_not():
    with watched() as lag:
        await asyncio.to_thread(works, 1.5 * LONGEST_SECONDS)
        await asyncio.sleep(0)
    assert lag.here() < LONGEST_SECONDS
    with watched() as lag:
        await asyncio.sleep(0)
        works(1.5 * LONGEST_SECONDS)
        await asyncio.sleep(0)
    assert lag.here() > LONGEST_SECONDS
    assert list(lag.steps) == [threading.get_ident()]
