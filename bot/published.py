"""Takes in what is published while people are being answered: loaded beside and put in whole, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.definitions import AUTHORS_FAULTS, Definitions, with_content
from bot.exchange import Exchange
from bot.mind import Mind
from knowledge.library import TOPICS
from knowledge.vectors import SEAL

OLDER_CONTENT = "older content"
"""What is to mend where something was published that could not be taken in."""


class Published:
    """What an exchange answers from, kept up with what is published; `seal` is written last by whoever publishes."""

    def __init__(
        self, exchange: Exchange, tell: Callable[[str], object], topics: Path = TOPICS, seal: Path = SEAL
    ) -> None:
        self._exchange, self._tell = exchange, tell
        self._topics, self._seal = topics, seal
        self._taken = self._written()
        self.trouble = ""

    async def look(self) -> None:
        """Take in what was published since the last look, and tell; what is not right is told of and kept out."""
        written = self._written()
        if written == self._taken:
            return
        self._taken = written
        try:
            renewed, mind = await asyncio.to_thread(self._loaded)
        except (*AUTHORS_FAULTS, OSError, _Degraded) as fault:
            self.trouble = OLDER_CONTENT
            older = self._exchange.definitions.library.version
            self._tell(
                f"OLDER CONTENT: {older} is still served, because what was published since cannot be: {fault}. "
                "Mend it and publish again, or start this server again."
            )
            return
        self.trouble = ""
        if renewed.library.version != self._exchange.definitions.library.version:
            self._exchange.definitions, self._exchange.mind = renewed, mind
            self._tell(f"Content {renewed.library.version} is served from now on.")

    def _written(self) -> int:
        try:
            return self._seal.stat().st_mtime_ns
        except OSError:
            return 0

    def _loaded(self) -> tuple[Definitions, Mind]:
        renewed = with_content(self._exchange.definitions, self._topics)
        mind = Mind(renewed.library)
        if why := mind.loaded().degraded:
            raise _Degraded(why)
        return renewed, mind


class _Degraded(Exception):
    """What was published would be understood by its words alone; the message says why."""
