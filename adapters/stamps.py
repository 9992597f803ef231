"""What a button is stamped with, by what came of the press, and how messages are rewritten, one change at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

from bot import used_buttons, wording_channels, wording_controls
from bot.exchange import Exchange
from bot.messages import Reply
from bot.took import COUNTED, Took
from bot.used_buttons import Part, Use

_MOST_NAMED = 5000

DRAWN = frozenset({Took.UP, Took.BEGUN, Took.STALE, Took.REFUSED, Took.USED, Took.AGAIN})
"""After which a message is drawn by what is on record: where it was used before, it shows a button that should be gone.
"""


def stamp(took: Took, label: str) -> str:
    """The stamp of a button with this label, or of a form where there is none."""
    if took is Took.STALE:
        return wording_channels.STALE
    if took is Took.REFUSED:
        return wording_channels.NOT_DONE
    if not label:
        return wording_controls.SENT
    return wording_channels.begun(label) if took is Took.BEGUN else wording_controls.CHOSEN + label


class Rewriting:
    """One at a time of what rewrites the same message of a channel.

    Each looks in its turn at what was used until then: so one that is late, or tried again, brings no button back.
    """

    def __init__(self, exchange: Exchange, channel: str) -> None:
        self._exchange = exchange
        self._channel = channel
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._names: OrderedDict[str, str] = OrderedDict()

    @asynccontextmanager
    async def in_turn(self, message: str) -> AsyncIterator[None]:
        """Nobody else rewrites the message in the block."""
        async with self._turns.setdefault(message, asyncio.Lock()):
            yield

    def name(self, token: str, took: Took, label: str) -> None:
        """Hold what was ticked, or which day was chosen, by a button that counted: only that it was used is kept."""
        if took in COUNTED and label:
            self._names[token] = label
            while len(self._names) > _MOST_NAMED:
                self._names.popitem(last=False)

    async def uses(self, address: str, reply: Reply) -> list[Use]:
        """What is to be said of a message whose buttons all go at once, each use with its words as far as known."""
        found = await self._exchange.database.run(
            lambda c: used_buttons.of_all(c, self._exchange.keys, self._channel, address, reply)
        )
        return [replace(one, label=one.label or self._names.get(one.token, "")) for one in found]

    async def parts(self, address: str, reply: Reply) -> tuple[Part, ...]:
        """The parts of a message whose buttons are used apart, with what has become of each."""
        return await self._exchange.database.run(
            lambda c: used_buttons.parts(c, self._exchange.keys, self._channel, address, reply)
        )
