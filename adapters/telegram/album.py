"""Answers photos that were sent together once: Telegram brings each as a message of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.exchange import Exchange
from bot.messages import Turn, words_in
from bot.took import Took


class Albums:
    """Takes what belongs to an album. The first of it is answered, and each of the others only if words are with it.

    https://core.telegram.org/bots/api#message (media_group_id)
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._in_order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, turn: Turn, album: str) -> None:
        """Take one of an album; the same again changes nothing."""
        together = f"album:{album}"
        async with self._in_order.setdefault(turn.conversation, asyncio.Lock()):
            if not await self._exchange.is_taken(turn.channel, turn.conversation, together):
                took = await self._exchange.take(replace(turn, event=together, delivery=turn.event))
                if took is not Took.USED:
                    return
                # Another process was first; the key of this one is used up with it.
                turn = replace(turn, event=f"{turn.event}:words")
            if words_in(turn.said):
                await self._exchange.take(turn)
