"""Who sends what is due: this process itself, or any number of workers. The rows stay the truth; only ids go round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.storage import Connection
from bot.storage.outbox import Due


class Dispatch(Protocol):
    """Takes what a sweep found due and has it delivered; what it does not take, a later sweep finds again."""

    most: int
    """How many rows of one channel it takes from one sweep."""

    def defer(self, connection: Connection, due: Sequence[Due]) -> None:
        """Take rows within the sweep's own transaction; if that is undone, so is this."""
        ...

    def begin(self, due: Sequence[Due]) -> None:
        """Begin with rows, now that the sweep's transaction has been committed."""
        ...

    def when_done(self, do: Callable[[], None]) -> None:
        """Call this whenever everything begun here has been done."""
        ...

    async def finish(self) -> None:
        """Wait until everything begun here has been done."""
        ...
