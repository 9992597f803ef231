"""How long Slack is waited for while it waits itself: what it brings has to be acknowledged within three seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# Of Slack's three seconds; the turn itself takes its part, and so does the way there and back.
SECONDS = 2.0


@dataclass
class _Answer:
    """One that Slack waits for. Work begun beside it knows of it, and may go on long after it was given."""

    by: float
    is_given: bool = False


_answer: ContextVar[_Answer | None] = ContextVar("answer", default=None)
_is_hurried: ContextVar[bool] = ContextVar("is_hurried", default=False)


@contextmanager
def answering() -> Iterator[None]:
    """Slack waits for an answer until the end of the block; its calls at once have `SECONDS` in all."""
    answer = _Answer(_now() + SECONDS)
    token = _answer.set(answer)
    try:
        yield
    finally:
        answer.is_given = True
        _answer.reset(token)


@contextmanager
def at_once() -> Iterator[None]:
    """The calls in the block are made before Slack is answered. What is begun beside the answer stands outside it."""
    token = _is_hurried.set(True)
    try:
        yield
    finally:
        _is_hurried.reset(token)


def left() -> float | None:
    """How many seconds a call has; None where nobody waits for it."""
    if not _is_hurried.get():
        return None
    answer = _answer.get()
    return SECONDS if answer is None or answer.is_given else max(answer.by - _now(), 0.0)


def _now() -> float:
    return asyncio.get_running_loop().time()
