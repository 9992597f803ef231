"""A call to a platform that at times wants less: a moment is waited out, anything longer is left to whoever called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TypeVar

from bot.channel import Unreachable

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]
BRIEFLY = timedelta(seconds=2)
"""Of what is sent only so many go at one time: whoever waited longer would keep their place from others."""
LONG = timedelta(seconds=20)
_MOST_PAUSES = 3

_longest: ContextVar[timedelta] = ContextVar("longest", default=BRIEFLY)


@contextmanager
def at_leisure() -> Iterator[None]:
    """Nobody waits for the calls in the block, and nothing else would try them again: they wait longer."""
    token = _longest.set(LONG)
    try:
        yield
    finally:
        _longest.reset(token)


async def patiently(call: Callable[[], Awaitable[T]], pause: Pause, longest: timedelta | None = None) -> T:
    """What a call gives, after pauses of no more than `longest` in all; by default that goes by where it is made.

    Raises the call's own Unreachable.
    """
    left = _longest.get() if longest is None else longest
    for _ in range(_MOST_PAUSES):
        try:
            return await call()
        except Unreachable as fault:
            wanted = fault.retry_after
            if wanted is None or wanted > left:
                raise
        left -= wanted
        await pause(wanted.total_seconds())
    return await call()
