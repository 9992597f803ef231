"""A call to a platform that at times wants less: short pauses are waited out, so that replies stay in their order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.channel import Unreachable

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]
_MOST_PAUSES = 3


async def patiently(call: Callable[[], Awaitable[T]], longest: timedelta, pause: Pause) -> T:
    """What a call gives. After a pause that is longer than `longest` it is tried again later, by whoever called.

    Raises the call's own Unreachable.
    """
    for left in range(_MOST_PAUSES, -1, -1):
        try:
            return await call()
        except Unreachable as fault:
            wanted = fault.retry_after
            if not left or wanted is None or wanted > longest:
                raise
        await pause(wanted.total_seconds())
    raise AssertionError("the last call has either answered or raised")
