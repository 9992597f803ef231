"""The conversation in a terminal: a prompt on a screen, a plain filter on a pipe."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from itertools import count
from pathlib import Path
from shutil import get_terminal_size

from adapters.terminal.show import WIDTH, lines
from bot.clock import Clock
from bot.decisions.documents import Document
from bot.delivering.nudge_message import NUDGES
from bot.exchange import Exchange
from bot.left_open import LEFT_OPEN
from bot.letters import NOT_SENT
from bot.messages import File, Reply, Turn, Typed
from bot.passage import Entry
from bot.question_log import ANSWERED_LATER
from bot.upkeep import CASE_OPENED

NAME = "terminal"
ADDRESS = "this machine"
NARROWEST = 20
# The keys of replies that come when nobody has said anything, so that they are not missed.
LATER = frozenset({ANSWERED_LATER, NOT_SENT, LEFT_OPEN, CASE_OPENED, NUDGES})


async def chat(exchange: Exchange, clock: Clock, folder: Path) -> None:
    """Talks until there is nothing more to read. Documents asked for are saved in the folder."""
    await exchange.sit_down(NAME, ADDRESS, clock())
    shown = await _show_newest(exchange, folder, "")
    async for text in _typed():
        turn = Turn(NAME, ADDRESS, ADDRESS, Typed(text), uuid.uuid4().hex, clock())
        await exchange.take(turn)
        shown = await _show_newest(exchange, folder, shown)
        if not _is_prompted():
            # Nothing goes on while a pipe is read, so what is on its way goes first.
            shown = await _settled(exchange, folder, shown)
    await _settled(exchange, folder, shown)


async def _settled(exchange: Exchange, folder: Path, shown: str) -> str:
    """Waits until what goes by e-mail has gone, and shows it if that failed; what has been shown by now."""
    await exchange.post.settled()
    newest = (await exchange.passage(NAME, ADDRESS)).entries[-1]
    return shown if shown.endswith(f" {newest.seq}") else await _show_newest(exchange, folder, shown)


async def _show_newest(exchange: Exchange, folder: Path, shown: str) -> str:
    """Shows the newest reply, and before it what was promised and has come since; what has been shown by now.

    A code may have led to a conversation with another past, which is not shown again.
    """
    passage = await exchange.passage(NAME, ADDRESS)
    conversation, _, last = shown.rpartition(" ")
    *earlier, newest = passage.entries
    since = int(last) if conversation == passage.conversation else _last_said(earlier)
    told = [entry for entry in earlier if entry.seq > since and entry.reply and entry.reply.key in LATER]
    for entry in (*told, newest):
        if entry.reply is not None:
            _say("", *lines(entry.reply, _width()), "")
            await _save(exchange, entry.reply, folder)
    return f"{passage.conversation} {newest.seq}"


def _last_said(entries: Sequence[Entry]) -> int:
    """Where the person last spoke."""
    return max((entry.seq for entry in entries if entry.by == "you"), default=0)


async def _save(exchange: Exchange, reply: Reply, folder: Path) -> None:
    files = [block for block in reply.blocks if isinstance(block, File)]
    made = [await exchange.document(NAME, ADDRESS, block.key) for block in files]
    for document in made:
        if document is not None:
            _say(saved(document, folder))
    if any(made):
        _say("These files are yours to file, and to delete when you have. I do not keep or erase them.", "")


def saved(document: Document, folder: Path) -> str:
    """Puts a document in the folder, beside any other of its name, and says where it is."""
    try:
        return f"Saved: {_written(document, folder)}"
    except OSError as fault:
        return f"Not saved: {folder / document.name} ({fault.strerror}). Start me in a folder you can write to."


def _written(document: Document, folder: Path) -> Path:
    name = Path(document.name)
    for number in count(1):
        path = folder / (name.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if path.is_file() and path.read_bytes() == document.content:
                return path
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(document.content)
        return path
    raise AssertionError("the numbers have run out")


def _width() -> int:
    """The screen's, where there is one to read on; a pipe's never changes."""
    return max(NARROWEST, min(WIDTH, get_terminal_size().columns)) if sys.stdout.isatty() else WIDTH


def _say(*told: str) -> None:
    print("\n".join(told), flush=True)  # noqa: T201 - this is the terminal


def _is_prompted() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


async def _typed() -> AsyncIterator[str]:
    if _is_prompted():
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
