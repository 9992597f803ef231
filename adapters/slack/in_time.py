"""How long Slack is waited for while it waits itself: what it brings has to be acknowledged within three seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Of Slack's three seconds; the turn itself takes its part, and so does the way there and back.
SECONDS = 2.0

_answer_by: ContextVar[float | None] = ContextVar("answer_by", default=None)
_is_hurried: ContextVar[bool] = ContextVar("is_hurried", default=False)


@contextmanager
def answering() -> Iterator[None]:
    """Slack waits for an answer until the end of the block; its calls at once have `SECONDS` in all."""
    token = _answer_by.set(_now() + SECONDS)
    try:
        yield
    finally:
        _answer_by.reset(token)


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
    by = _answer_by.get()
    return SECONDS if by is None else max(by - _now(), 0.0)


def _now() -> float:
    return asyncio.get_running_loop().time()
