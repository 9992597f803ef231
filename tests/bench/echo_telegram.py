"""An echo bot with python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters
from telegram.request import HTTPXRequest

from adapters.telegram.opening import PATH
from tests.adapters.telegram.bot_api import TOKEN
from tests.bench.ledger import Ledger

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="a:0123456789012345678901")]])


def app(url: str, ledger: Ledger) -> Starlette:
    async def echo(update: Update, _: Any) -> None:
        query, chat = update.callback_query, update.effective_chat
        assert chat is not None
        text = (query.data if query else update.effective_message and update.effective_message.text) or "-"
        id_ = await ledger.taken(f"u{update.update_id}", str(chat.id), text)
        if query:
            await query.answer()
        await ledger.sending(id_)
        await chat.send_message(text, reply_markup=BUTTON)
        await ledger.sent(id_)

    request = HTTPXRequest(connection_pool_size=64, httpx_kwargs={"trust_env": False})
    made = Application.builder().token(TOKEN).base_url(url).request(request)
    bot = made.updater(None).concurrent_updates(256).build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    bot.add_handler(CallbackQueryHandler(echo))

    async def brought(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with bot:
            await bot.start()
            yield
            await bot.stop()

    return Starlette(routes=[Route(PATH, brought, methods=["POST"])], lifespan=lifespan)
