"""The least that keeps a turn once and durably, without a bot: bare statements of the standard library's sqlite3."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


class Ledger:
    """Its event, what was said, the state, the reply and its sending; in a file, or nowhere where there is none."""

    def __init__(self, file: Path | None) -> None:
        self._connection: sqlite3.Connection | None = None
        if file is None:
            return
        self._thread = ThreadPoolExecutor(1)
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(
            "CREATE TABLE events (id TEXT PRIMARY KEY);"
            "CREATE TABLE states (chat TEXT PRIMARY KEY, state TEXT, rev INTEGER);"
            "CREATE TABLE said (id INTEGER PRIMARY KEY, chat TEXT, body TEXT);"
            "CREATE TABLE outgoing (id INTEGER PRIMARY KEY, chat TEXT, body TEXT, status TEXT);"
        )

    async def taken(self, event: str, chat: str, text: str) -> int:
        """The turn, in one transaction; the number of its reply."""
        return await self._run(lambda run: self._taken(run, event, chat, text))

    async def sending(self, id_: int) -> None:
        """The reply is about to be sent."""
        await self._run(lambda run: self._now(run, id_, "sending"))

    async def sent(self, id_: int) -> None:
        """The reply was sent."""
        await self._run(lambda run: self._now(run, id_, "sent"))

    async def _run(self, work: Callable[[Callable[..., sqlite3.Cursor]], int]) -> int:
        if self._connection is None:
            return 0
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_one, self._connection, work)

    def _in_one(self, connection: sqlite3.Connection, work: Callable[[Callable[..., sqlite3.Cursor]], int]) -> int:
        connection.execute("BEGIN IMMEDIATE")
        found = work(connection.execute)
        connection.execute("COMMIT")
        return found

    def _taken(self, run: Callable[..., sqlite3.Cursor], event: str, chat: str, text: str) -> int:
        run("INSERT INTO events VALUES (?)", (event,))
        run("SELECT state FROM states WHERE chat = ?", (chat,)).fetchall()
        run("INSERT INTO said (chat, body) VALUES (?, ?)", (chat, text))
        run(
            "INSERT INTO states VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET state = ?, rev = rev + 1", (chat, text, text)
        )
        return run("INSERT INTO outgoing (chat, body, status) VALUES (?, ?, 'waiting')", (chat, text)).lastrowid or 0

    def _now(self, run: Callable[..., sqlite3.Cursor], id_: int, status: str) -> int:
        return run("UPDATE outgoing SET status = ? WHERE id = ?", (status, id_)).rowcount
