"""Whether anybody waits for an answer: while a turn is in hand, what is not urgent can wait."""

from __future__ import annotations

import asyncio


class AtWork:
    """Counts what is in hand; each is a `with` block. `taken` is how much was taken in hand in all."""

    def __init__(self) -> None:
        self.taken = 0
        self._many = 0
        self._rest = asyncio.Event()
        self._rest.set()

    def __enter__(self) -> None:
        self.taken += 1
        self._many += 1
        self._rest.clear()

    def __exit__(self, *_: object) -> None:
        self._many -= 1
        if not self._many:
            self._rest.set()

    @property
    def going_on(self) -> bool:
        """Whether anything is in hand now."""
        return self._many > 0

    async def over(self) -> None:
        """Wait until nothing is in hand."""
        await self._rest.wait()
