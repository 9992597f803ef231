"""Asks Telegram for updates, for a machine without a public address; a chat's are handled in order, beside others'."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from typing import Any
from weakref import WeakValueDictionary

from adapters.patience import Pause
from adapters.telegram.channel import Desk
from adapters.telegram.client import Client
from adapters.telegram.parse import Malformed, Unread, chat_of, is_id
from adapters.telegram.why import UNREAD
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

_WAIT_SECONDS = 25
_LOOK_AGAIN_SECONDS = 0.5
_AFTER_TROUBLE_SECONDS = 5
_WAITS = (1, 3, 10, 30, 60)
"""In seconds, before an update that could not be taken for now is tried again; the last for ever."""
_MOST_ATTEMPTS = 5
PASSED_OVER = "Telegram: an update could not be read and is passed over."
MOST_IN_HAND = 100
"""Telegram gives so many from the oldest unconfirmed one on: https://core.telegram.org/bots/api#getupdates"""


class Polling:
    """Polls until cancelled. Only one process of a bot may.

    What Telegram is told to forget goes no further than the oldest update in hand: what a crash interrupts is brought
    again, and what was done after it is known by its keys.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        warn: Callable[[str], None],
        updates: Sequence[str],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._client = client
        self._desk = desk
        self._warn = warn
        self._updates = list(updates)
        self._pause = pause
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._waiting: dict[int, str] = {}
        self._newest: int | None = None
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._one_ended = asyncio.Event()
        self.trouble = ""

    async def run(self) -> None:
        """Ask, begin with what is new, and ask for what comes after."""
        try:
            while True:
                try:
                    if await self._belongs_elsewhere():
                        await self._pause(_AFTER_TROUBLE_SECONDS)
                        continue
                    await self._look()
                    self._is(next(filter(None, self._waiting.values()), ""))
                except Unreachable as fault:
                    self._is(str(fault))
                    await self._pause(_AFTER_TROUBLE_SECONDS)
                except Exception as fault:  # nothing ends it but the stop; its words may be a person's
                    self._is(f"updates cannot be asked for ({type(fault).__name__})")
                    await self._pause(_AFTER_TROUBLE_SECONDS)
        finally:
            left = list(self._in_hand.values())
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _look(self) -> None:
        self._one_ended.clear()
        after = min(self._in_hand, default=None if self._newest is None else self._newest + 1)
        self._done = {one for one in self._done if after is not None and one >= after}
        updates = await self._asked(after)
        begun = [self._begun(one) for one in updates]
        if not updates or any(begun):
            return
        # All of these are known: the oldest is not done yet.
        if len(updates) >= MOST_IN_HAND:
            self._let_go()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                await self._one_ended.wait()

    async def _asked(self, after: int | None) -> list[dict[str, Any]]:
        """The updates as Telegram wrote them: what the library cannot read of one must not keep back the others."""
        found = await self._client.updates(after, _WAIT_SECONDS, self._updates)
        numbered = [one for one in found if isinstance(one, dict) and is_id(one.get("update_id"))]
        if found and not numbered:
            raise Unreachable(UNREAD, permanent=False)
        return numbered

    def _begun(self, update: dict[str, Any]) -> bool:
        """Begin with an update; False where it is in hand, or done."""
        number = update["update_id"]
        if number in self._in_hand or number in self._done:
            return False
        self._newest = number
        task = self._in_hand[number] = asyncio.create_task(self._handled(update))
        task.add_done_callback(partial(self._ended, number))
        return True

    def _ended(self, number: int, _: asyncio.Task[None]) -> None:
        del self._in_hand[number]
        self._done.add(number)
        self._one_ended.set()

    def _let_go(self) -> None:
        """Leave the oldest, if it only waits: nothing newer is to be seen before it is confirmed."""
        oldest = min(self._in_hand, default=0)
        if oldest in self._waiting:
            self._warn("Telegram: an update that could not be taken is left, since it keeps back all others.")
            self._in_hand[oldest].cancel()

    async def _handled(self, update: dict[str, Any]) -> None:
        """Handles one update after those of its chat before it.

        One that cannot be read, or fails again and again, is left; what Telegram or the database does not take for now
        is tried again.
        """
        failed, waits = 0, chain(_WAITS, repeat(_WAITS[-1]))
        lock = self._chats.setdefault(chat_of(update), asyncio.Lock())
        async with lock:
            while failed < _MOST_ATTEMPTS:
                try:
                    told = await self._desk.take(update)
                except (Unreachable, DatabaseTrouble) as fault:
                    await self._waited(update["update_id"], fault, next(waits))
                except (Malformed, Unread):
                    self._warn(PASSED_OVER)
                    return
                except Exception as fault:  # its words may be a person's: only its kind is told
                    self._warn(f"Telegram: an update could not be handled ({type(fault).__name__}).")
                    await self._pause(failed)
                    failed += 1
                else:
                    if told is not None:
                        self._desk.answer(told)
                    return

    async def _waited(self, number: int, fault: Unreachable | DatabaseTrouble, seconds: float) -> None:
        if isinstance(fault, DatabaseTrouble):
            seconds, self._waiting[number] = min(seconds, _AFTER_TROUBLE_SECONDS), type(fault).__name__
        else:
            # That a group wants less is no trouble of the whole channel's.
            seconds, self._waiting[number] = max(seconds, (fault.retry_after or timedelta()).total_seconds()), ""
        try:
            await self._pause(seconds)
        finally:
            del self._waiting[number]

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
