"""Boxes that are ticked in a message: what is ticked is held here from the press on, until the message is done with.

Telegram gives with a press the message as it stood when the button was pressed. Of two quick presses the second was
made under boxes that do not show the first yet, so what it brings is not enough to know what is ticked.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from telegram import Message as Sent

from adapters.telegram.parse import Press
from adapters.telegram.render import TICKED, UNTICKED, Button, Rows
from bot.channel import Unreachable

_MOST_HELD = 1000
"""Messages whose boxes are held; of one longer ago, the message itself shows what is ticked."""

Rewrite = Callable[[int, int, Rows], Awaitable[None]]
"""Shows other buttons under a message of a chat. Raises Unreachable."""


@dataclass
class _Boxes:
    """The buttons under a message as they are to be, and as the message has them as far as is known.

    `known` is every way in which they have stood here: a message that stands otherwise was changed by another process.
    """

    rows: Rows
    shown: Rows
    known: set[Rows] = field(default_factory=set)
    presses: set[str] = field(default_factory=set)
    is_closed: bool = False
    showing: asyncio.Lock = field(default_factory=asyncio.Lock)


class Ticks:
    """The boxes of this process's messages; where a change cannot be shown, what the message shows counts again."""

    def __init__(self, rewrite: Rewrite) -> None:
        self._rewrite = rewrite
        self._held: OrderedDict[tuple[int, int], _Boxes] = OrderedDict()
        self._orders: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def in_order(self, press: Press) -> AsyncIterator[None]:
        """One press under a message at a time, in the order in which they were brought."""
        async with self._orders.setdefault(_key(press), asyncio.Lock()):
            yield

    def turn(self, press: Press) -> bool:
        """Tick the box that was pressed, or untick it; the same press again changes nothing.

        False where there is none to turn: the message is given no longer, or was done with.
        """
        boxes = self._boxes(press)
        if boxes is None or boxes.is_closed or press.message is None:
            return False
        if press.query not in boxes.presses:
            boxes.presses.add(press.query)
            boxes.rows = tuple(tuple(_turned(one, press.token) for one in row) for row in boxes.rows)
            boxes.known.add(boxes.rows)
        return True

    def ticked(self, press: Press) -> list[str] | None:
        """The tokens of the boxes that are ticked in the message; None where that is not known."""
        boxes = self._boxes(press)
        if boxes is None:
            return None
        return [token_of(one) for row in boxes.rows for one in row if one.label.startswith(TICKED)]

    async def show(self, press: Press) -> None:
        """Show the boxes as they are now. Raises Unreachable."""
        boxes = self._held.get(_key(press))
        if boxes is None:
            return
        async with boxes.showing:
            if boxes.is_closed or boxes.rows == boxes.shown:
                return
            rows = boxes.rows
            try:
                await self._rewrite(*_key(press), rows)
            except Unreachable:
                self._held.pop(_key(press), None)
                raise
            boxes.shown = rows

    def close(self, press: Press) -> None:
        """Be done with the message: nothing is ticked under it from now on."""
        boxes = self._boxes(press)
        if boxes is not None:
            boxes.is_closed = True

    @asynccontextmanager
    async def at_rest(self, press: Press) -> AsyncIterator[None]:
        """No change to the boxes is on its way that could arrive after what is done in the block."""
        boxes = self._held.get(_key(press))
        async with boxes.showing if boxes is not None else nullcontext():
            yield

    def _boxes(self, press: Press) -> _Boxes | None:
        key = _key(press)
        boxes = self._held.get(key)
        if press.message is not None:
            rows = rows_of(press.message)
            if boxes is None:
                boxes = self._held[key] = _Boxes(rows, rows)
            elif rows not in boxes.known:
                boxes.rows = boxes.shown = rows
            boxes.known.add(rows)
        if boxes is not None:
            self._held.move_to_end(key)
        while len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)
        return boxes


def rows_of(message: Sent) -> Rows:
    """The buttons under a message as it was brought."""
    markup = message.reply_markup
    rows = markup.inline_keyboard if markup is not None else ()
    return tuple(tuple(Button(one.text, str(one.callback_data or ""), one.url or "") for one in row) for row in rows)


def token_of(button: Button) -> str:
    """The token that a button's data carries."""
    return button.data.partition(":")[2]


def _key(press: Press) -> tuple[int, int]:
    return press.place.chat, press.under


def _turned(button: Button, token: str) -> Button:
    if token_of(button) != token:
        return button
    is_ticked = button.label.startswith(TICKED)
    bare = button.label.removeprefix(TICKED).removeprefix(UNTICKED)
    return Button((UNTICKED if is_ticked else TICKED) + bare, button.data)
