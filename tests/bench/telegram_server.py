"""A server for the bench: the bot with or without Telegram, or an echo bot of the same SDK, bare or durable.

Run as `python -m tests.bench.telegram_server KIND FOLDER API_URL`; it prints its address once it listens.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette


def main(kind: str, folder: Path, url: str) -> None:
    if kind in {"none", "bot"}:
        _bot(folder, url, with_telegram=kind == "bot")
    else:
        _serve(_echo(url, _Ledger(folder / "echo.db") if kind == "durable" else None))


def _bot(folder: Path, url: str, *, with_telegram: bool) -> None:
    from adapters import channels
    from adapters.channels import Around
    from adapters.serve import application
    from adapters.workplace import opened
    from bot.clock import now
    from tests.adapters.telegram.house import area, settings_for

    settings = settings_for(url, folder, channels=("web", "telegram") if with_telegram else ("web",))
    with opened(settings, area(on=True)) as exchange:
        platforms = channels.opened(Around(exchange, settings, now, sys.stderr.write))
        for one in platforms:
            # What the platform allows in a second is not what is measured.
            one.channel.client._limiter.max_rate = 100_000  # type: ignore[attr-defined]
        _serve(application(exchange, settings, now, platforms))


class _Ledger:
    """The least that keeps a turn once and durably: its event, what was said, the state, the reply and its sending."""

    def __init__(self, file: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(
            "CREATE TABLE events (id TEXT PRIMARY KEY);"
            "CREATE TABLE states (chat INTEGER PRIMARY KEY, state TEXT, rev INTEGER);"
            "CREATE TABLE said (id INTEGER PRIMARY KEY, chat INTEGER, body TEXT);"
            "CREATE TABLE outgoing (id INTEGER PRIMARY KEY, chat INTEGER, body TEXT, status TEXT);"
        )

    async def taken(self, event: str, chat: int, text: str) -> int:
        return await self._run(lambda: self._taken(event, chat, text))

    async def sending(self, id_: int) -> None:
        await self._run(lambda: self._now(id_, "sending"))

    async def sent(self, id_: int) -> None:
        await self._run(lambda: self._now(id_, "sent"))

    async def _run(self, work: Callable[[], int]) -> int:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_one, work)

    def _in_one(self, work: Callable[[], int]) -> int:
        self._connection.execute("BEGIN IMMEDIATE")
        found = work()
        self._connection.execute("COMMIT")
        return found

    def _taken(self, event: str, chat: int, text: str) -> int:
        run = self._connection.execute
        run("INSERT INTO events VALUES (?)", (event,))
        run("SELECT state FROM states WHERE chat = ?", (chat,)).fetchall()
        run("INSERT INTO said (chat, body) VALUES (?, ?)", (chat, text))
        run("INSERT INTO said (chat, body) VALUES (?, ?)", (chat, text))
        run(
            "INSERT INTO states VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET state = ?, rev = rev + 1", (chat, text, text)
        )
        return run("INSERT INTO outgoing (chat, body, status) VALUES (?, ?, 'waiting')", (chat, text)).lastrowid or 0

    def _now(self, id_: int, status: str) -> int:
        return self._connection.execute("UPDATE outgoing SET status = ? WHERE id = ?", (status, id_)).rowcount


def _echo(url: str, ledger: _Ledger | None) -> Starlette:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from telegram import Update
    from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters
    from telegram.request import HTTPXRequest

    from adapters.telegram.opening import PATH
    from tests.adapters.telegram.bot_api import TOKEN

    async def echo(update: Update, _: Any) -> None:
        query, chat = update.callback_query, update.effective_chat
        assert chat is not None
        text = query.data if query else update.effective_message and update.effective_message.text
        id_ = await ledger.taken(f"u{update.update_id}", chat.id, text or "") if ledger else 0
        if query:
            await query.answer()
        if ledger:
            await ledger.sending(id_)
        await chat.send_message(text or "-")
        if ledger:
            await ledger.sent(id_)

    request = HTTPXRequest(connection_pool_size=64, httpx_kwargs={"trust_env": False})
    made = Application.builder().token(TOKEN).base_url(url).request(request)
    bot = made.updater(None).concurrent_updates(256).build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    bot.add_handler(CallbackQueryHandler(echo))

    async def brought(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    async def live(_: Request) -> Response:
        return Response()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with bot:
            await bot.start()
            yield
            await bot.stop()

    routes = [Route(PATH, brought, methods=["POST"]), Route("/health/live", live)]
    return Starlette(routes=routes, lifespan=lifespan)


def _serve(app: Starlette) -> None:
    listening = uvicorn.Config("unused", port=0).bind_socket()
    listening.listen(1024)
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
