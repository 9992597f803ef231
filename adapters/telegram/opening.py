"""Opens the Telegram channel: its endpoint, and the webhook or the polling that brings what people say."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from telegram import BotCommand, BotCommandScopeAllPrivateChats

from adapters.beginning import Beginning
from adapters.beside import stopped
from adapters.channels import Around
from adapters.endpoint import Refused, endpoint, json_object
from adapters.telegram.channel import Desk, Telegram
from adapters.telegram.client import Client
from adapters.telegram.in_time import TELEGRAM
from adapters.telegram.own_links import own_links
from adapters.telegram.parse import Malformed, Unread, is_id
from adapters.telegram.polling import PASSED_OVER, Polling
from adapters.telegram.settings import TelegramSettings
from bot.public_only import commands_on

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATES = ["message", "edited_message", "callback_query"]
MOST_AT_ONCE = 40


def missing(settings: TelegramSettings) -> str:
    """What is still to be set before the channel can be served; empty where nothing is."""
    if not settings.telegram_token.get_secret_value():
        return "BOT_TELEGRAM_TOKEN must be set: BotFather gives it"
    if settings.telegram_updates == "polling":
        # Polling takes the bot away from whatever server it has.
        return "BOT_PUBLIC_URL is set, so BOT_TELEGRAM_UPDATES must be webhook" if settings.public_url else ""
    if not settings.public_url:
        return "BOT_PUBLIC_URL must be set, or BOT_TELEGRAM_UPDATES=polling for a machine without one"
    if not settings.telegram_secret_token.get_secret_value():
        return "BOT_TELEGRAM_SECRET_TOKEN must be set: 16 to 256 letters, digits, - and _ that you make up"
    return ""


def opened(around: Around[TelegramSettings]) -> TelegramHere:
    """The channel in this process."""
    return TelegramHere(around)


class TelegramHere:
    """The channel, its endpoint and what brings its updates."""

    def __init__(self, around: Around[TelegramSettings]) -> None:
        self._around = around
        self._settings = around.settings
        self._client = Client(around.settings)
        exchange = around.exchange
        own = own_links(exchange.definitions.area)
        self.channel = Telegram(self._client, exchange.keys, exchange.document, own)
        self.desk = Desk(self.channel, around.exchange, around.clock)
        self._polling = Polling(self._client, self.desk, around.warn, UPDATES)
        self._beginning = Beginning("Telegram", around.warn)
        self._polls = around.settings.telegram_updates == "polling"

    def routes(self) -> Sequence[BaseRoute]:
        """The webhook; where updates are polled there is none."""
        if self._polls:
            return ()
        return (endpoint(PATH, self._answer, self._around.warn, admitting=self._admit),)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """It can send until the end of the block."""
        try:
            yield
        finally:
            await self._client.close()

    @asynccontextmanager
    async def taking(self) -> AsyncIterator[None]:
        """Updates are brought until the end of the block."""
        try:
            async with self._beginning.going(self._begun, self._polling.run if self._polls else None):
                yield
        finally:
            await stopped(self.desk.settled())

    def trouble(self) -> str:
        """What is wrong now; empty where nothing is."""
        return self._beginning.trouble or self._polling.trouble

    def _admit(self, headers: Headers) -> None:
        given = headers.get(HEADER, "").encode()
        if not hmac.compare_digest(given, self._settings.telegram_secret_token.get_secret_value().encode()):
            raise Refused(403)

    async def _answer(self, _: Request, body: bytes) -> Response:
        payload = json_object(body)
        if not is_id(payload.get("update_id")):
            raise Refused(400)
        try:
            with TELEGRAM.answering():
                told = await self.desk.take(payload)
        except Malformed:
            raise Refused(400) from None
        except Unread:
            # To refuse it would keep back all that follows.
            self._around.warn(PASSED_OVER)
            return Response(status_code=200)
        return Response(status_code=200) if told is None else JSONResponse(told.as_call)

    async def _begun(self) -> None:
        """Tell Telegram what the bot can be told, and where to bring updates unless they are asked for."""
        await self._told_commands()
        if not self._polls:
            await self._registered()

    async def _registered(self) -> None:
        secret = self._settings.telegram_secret_token.get_secret_value()
        await self._client.asked(
            lambda: self._client.bot.set_webhook(
                self._settings.public_url + PATH,
                secret_token=secret,
                allowed_updates=UPDATES,
                max_connections=MOST_AT_ONCE,
            )
        )

    async def _told_commands(self) -> None:
        known = commands_on(self._around.exchange.definitions.area, self.channel.name)
        commands = [BotCommand(name, what) for name, what in known]
        scope = BotCommandScopeAllPrivateChats()
        await self._client.asked(lambda: self._client.bot.set_my_commands(commands, scope=scope))
