"""The conversation in a terminal: a prompt on a screen, a plain filter on a pipe."""

from __future__ import annotations

import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from adapters.terminal.show import lines
from bot.clock import Clock
from bot.exchange import Entry, Exchange
from bot.messages import File, Turn, Typed

NAME = "terminal"
ADDRESS = "this machine"


async def chat(exchange: Exchange, clock: Clock, documents: Path) -> None:
    """Talks until there is nothing more to read. Documents asked for are saved in the folder `documents`."""
    await exchange.sit_down(NAME, ADDRESS, clock())
    await _show_newest(exchange, documents)
    async for text in _typed():
        turn = Turn(NAME, ADDRESS, ADDRESS, Typed(text), uuid.uuid4().hex, clock())
        await exchange.take(turn)
        await _show_newest(exchange, documents)


async def _show_newest(exchange: Exchange, documents: Path) -> None:
    """Shows the newest reply: each turn has one, and a code may have led to a conversation with another past."""
    entry = (await exchange.read(NAME, ADDRESS))[-1]
    if entry.reply is not None:
        print("\n".join(["", *lines(entry.reply), ""]), flush=True)  # noqa: T201 - this is the terminal
        await _save(exchange, entry, documents)


async def _save(exchange: Exchange, entry: Entry, folder: Path) -> None:
    for block in entry.reply.blocks if entry.reply else ():
        if not isinstance(block, File):
            continue
        document = await exchange.document(NAME, ADDRESS, block.key)
        if document is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / document.name
            path.write_bytes(document.content)
            print(f"Saved: {path}", flush=True)  # noqa: T201 - this is the terminal


async def _typed() -> AsyncIterator[str]:
    if sys.stdin.isatty() and sys.stdout.isatty():
        async for text in _prompted():
            yield text
        return
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n")


async def _prompted() -> AsyncIterator[str]:
    # Imported late: a pipe does not need it, and the first prompt should come quickly.
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession()
    while True:
        try:
            yield await session.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
