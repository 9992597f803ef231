"""Asks Telegram for updates, for a machine without a public address; each is handled before the next is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from telegram import Update

from adapters.telegram.channel import Desk
from adapters.telegram.client import Client
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

_WAIT_SECONDS = 25
_AFTER_TROUBLE_SECONDS = 5
_MOST_ATTEMPTS = 5


class Polling:
    """Polls until cancelled. Only one process of a bot may."""

    def __init__(self, client: Client, desk: Desk, warn: Callable[[str], None], updates: Sequence[str]) -> None:
        self._client = client
        self._desk = desk
        self._warn = warn
        self._updates = list(updates)
        self.trouble = ""

    async def run(self) -> None:
        """Ask, handle, and only then ask for what comes after: what a crash interrupts is brought again."""
        after: int | None = None
        while True:
            try:
                if await self._belongs_elsewhere():
                    await asyncio.sleep(_AFTER_TROUBLE_SECONDS)
                    continue
                for update in await self._asked(after):
                    await self._handled(update)
                    after = update.update_id + 1
                self._is("")
            except (Unreachable, DatabaseTrouble) as fault:
                self._is(str(fault) if isinstance(fault, Unreachable) else type(fault).__name__)
                await asyncio.sleep(_AFTER_TROUBLE_SECONDS)

    async def _asked(self, after: int | None) -> Sequence[Update]:
        return await self._client.asked(
            lambda: self._client.bot.get_updates(offset=after, timeout=_WAIT_SECONDS, allowed_updates=self._updates)
        )

    async def _handled(self, update: Update) -> None:
        """Handles one update. One that fails again and again is left, so that it does not keep back all others."""
        payload = update.to_dict()
        for attempt in range(_MOST_ATTEMPTS):
            try:
                told = await self._desk.take(payload)
            except (Unreachable, DatabaseTrouble):
                raise
            except Exception as fault:  # its words may be a person's: only its kind is told
                self._warn(f"Telegram: an update could not be handled ({type(fault).__name__}).")
                await asyncio.sleep(attempt)
            else:
                if told is not None:
                    self._desk.answer(told)
                return

    async def _belongs_elsewhere(self) -> bool:
        """Whether a server has this bot's webhook: to poll would take the bot away from it."""
        found = await self._client.asked(self._client.bot.get_webhook_info)
        if found.url:
            self._is("this bot's updates go to a server elsewhere; use another token here")
        return bool(found.url)

    def _is(self, trouble: str) -> None:
        if trouble and trouble != self.trouble:
            self._warn(f"Telegram: {trouble}.")
        self.trouble = trouble
