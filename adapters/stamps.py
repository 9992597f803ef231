"""What a button is stamped with, by what came of the press, and in which order messages are rewritten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot import wording_channels, wording_controls
from bot.took import Took

STAMPED = frozenset({Took.UP, Took.BEGUN, Took.STALE, Took.REFUSED})
"""What a stamp says something of; of everything else the message stays as it is."""


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

    @asynccontextmanager
    async def in_turn(self, message: str) -> AsyncIterator[None]:
        """Nobody else rewrites the message in the block."""
        async with self._turns.setdefault(message, asyncio.Lock()):
            yield
