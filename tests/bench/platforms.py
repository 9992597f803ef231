"""What the bench wants of a platform: a stand-in that tells when a reply has come, and people who bring turns."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from starlette.applications import Starlette


@dataclass(frozen=True)
class Brought:
    """A request to the bot's endpoint."""

    body: bytes
    headers: dict[str, str]


class Person(Protocol):
    """Somebody alone with the bot in `chat`."""

    chat: Hashable

    def typed(self, words: str) -> Brought:
        """What the platform brings when they write."""
        ...

    def pressed(self, shown: Any, option: int) -> Brought:
        """What it brings when they choose one of the options of a message, or the last where it has fewer."""
        ...


class Platform(Protocol):
    """A stand-in of a platform, for one bot."""

    path: str
    arrivals: Arrivals

    def served(self) -> Starlette:
        """The stand-in itself."""
        ...

    def at(self, address: str) -> str:
        """It is served here; what a bot has to be told of that."""
        ...

    def person(self, number: int) -> Person:
        """Somebody whom the bot does not know yet."""
        ...


class Arrivals:
    """Who waits for the next message of a chat."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, asyncio.Future[Any]] = {}

    def next_in(self, chat: Hashable) -> asyncio.Future[Any]:
        """The next message of the bot in a chat."""
        found = self._waiting[chat] = asyncio.get_running_loop().create_future()
        return found

    def come(self, chat: Hashable, shown: Any) -> None:
        """A message has come; whoever waits for it hears now."""
        waiting = self._waiting.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(shown)
