"""What a button is stamped with, by what came of the press, and how messages are rewritten, one change at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

from bot import wording_channels, wording_controls
from bot.took import COUNTED, Took
from bot.used_buttons import Use

_MOST_NAMED = 5000

STAMPED = frozenset({Took.UP, Took.BEGUN, Took.STALE, Took.REFUSED})
"""What a stamp says something of; of everything else the message stays as it is."""
DRAWN = STAMPED | {Took.USED, Took.AGAIN}
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
    """One at a time of what rewrites the same message.

    Each looks in its turn at what was used until then: so one that is late, or tried again, brings no button back.
    """

    def __init__(self) -> None:
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

    def named(self, uses: Iterable[Use]) -> list[Use]:
        """The uses, each with its words as far as they are known."""
        return [replace(one, label=one.label or self._names.get(one.token, "")) for one in uses]
