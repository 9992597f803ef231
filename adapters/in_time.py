"""How long a platform is waited for while it waits itself: what it brings has to be acknowledged in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from adapters.patience import Pause, patiently
from bot.channel import Unreachable

T = TypeVar("T")


@dataclass
class _Answer:
    """One that a platform waits for. Work begun beside it knows of it, and may go on long after it was given."""

    by: float
    is_given: bool = False


class InTime:
    """The time of one platform, called `title` where it ran out: its calls at once have `seconds` in all.

    Of these, pauses that it asks for are waited out for no more than `pauses` seconds.
    """

    def __init__(self, title: str, seconds: float, pauses: float) -> None:
        self._title = title
        self.seconds = seconds
        self._pauses = pauses
        self._answer: ContextVar[_Answer | None] = ContextVar(f"answer to {title}", default=None)
        self._is_hurried: ContextVar[bool] = ContextVar(f"hurried by {title}", default=False)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """The platform waits for an answer until the end of the block."""
        answer = _Answer(_now() + self.seconds)
        token = self._answer.set(answer)
        try:
            yield
        finally:
            answer.is_given = True
            self._answer.reset(token)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """The calls in the block are made before the answer. What is begun beside the answer stands outside it."""
        token = self._is_hurried.set(True)
        try:
            yield
        finally:
            self._is_hurried.reset(token)

    def left(self) -> float | None:
        """How many seconds a call has; None where nobody waits for it."""
        if not self._is_hurried.get():
            return None
        answer = self._answer.get()
        return self.seconds if answer is None or answer.is_given else max(answer.by - _now(), 0.0)

    async def asked(self, call: Callable[[], Awaitable[T]], pause: Pause) -> T:
        """What a call gives, in time where the platform waits meanwhile; a short pause that it asks for is waited out.

        Raises the call's own Unreachable, and one where the time has run out.
        """
        seconds = self.left()
        if seconds is None:
            return await patiently(call, pause)
        by = _now() + seconds

        async def within() -> T:
            left = by - _now()
            if left <= 0:
                raise Unreachable(f"{self._title} was waited for as long as can be", permanent=False)
            try:
                async with asyncio.timeout(left):
                    return await call()
            except TimeoutError:
                raise Unreachable(
                    f"{self._title} did not answer in time", permanent=False, may_have_arrived=True
                ) from None

        return await patiently(within, pause, timedelta(seconds=min(self._pauses, seconds)))


def _now() -> float:
    return asyncio.get_running_loop().time()
