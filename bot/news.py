"""News of conversations within this process: who has one open hears that there is something new to read in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class News:
    """Whoever listens, by conversation."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}

    def announce(self, conversation: str) -> None:
        """Let everyone who has a conversation open here read what is new in it."""
        for news in self._listeners.get(conversation, ()):
            news.set()

    @contextmanager
    def listening(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is news of a conversation."""
        news = asyncio.Event()
        listeners = self._listeners.setdefault(conversation, set())
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                self._listeners.pop(conversation, None)
