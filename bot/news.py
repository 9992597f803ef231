"""News within this process: whoever has a page open hears of what is new in a conversation, or for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class News:
    """Whoever listens, by the id of a conversation or of a person."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}

    def announce(self, whose: str) -> None:
        """Let everyone who listens here for a conversation, or for a person, read what is new."""
        for news in self._listeners.get(whose, ()):
            news.set()

    @contextmanager
    def listening(self, whose: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is news of a conversation, or for a person."""
        news = asyncio.Event()
        listeners = self._listeners.setdefault(whose, set())
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                self._listeners.pop(whose, None)
