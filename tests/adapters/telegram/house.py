"""The bot with its Telegram channel as `bot serve` puts it together, beside a stand-in of the Bot API."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from adapters import channels
from adapters.channels import Around
from adapters.serve import application
from adapters.telegram.opening import HEADER, PATH, TelegramHere
from bot.definitions import Definitions, load_definitions
from bot.exchange import Exchange
from bot.settings import Settings
from tests.bot.talk import AT

from .bot_api import TOKEN, BotApi
from .phone import Phone

SECRET = "a-secret-that-telegram-knows"


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """The settings of a bot whose Telegram is the stand-in."""
    return Settings(
        **{
            "data_dir": folder / "data",
            "key_file": folder / "keys",
            "channels": ("web", "telegram"),
            "public_url": "http://127.0.0.1:8080",
            "telegram_api_url": url,
            "telegram_token": SecretStr(TOKEN),
            "telegram_secret_token": SecretStr(SECRET),
            **more,
        }
    )


def switched_on(definitions: Definitions) -> Definitions:
    """The definitions of an area that has switched everything on for Telegram."""
    area = definitions.area
    wider = replace(area, case_dialog_channels=(*area.case_dialog_channels, "telegram"))
    return replace(definitions, area=wider)


@contextmanager
def served_api() -> Iterator[tuple[BotApi, str]]:
    """A stand-in, and where it is."""
    api = BotApi()
    with api.running() as url:
        yield api, url


class House:
    """The running bot. The clock stands still until it is turned; it has a second between turns."""

    def __init__(self, api: BotApi, exchange: Exchange, settings: Settings) -> None:
        self.api = api
        self.exchange = exchange
        self.settings = settings
        self.at: datetime = AT
        self.answers: list[httpx.Response] = []
        self.warned: list[str] = []
        exchange.mind.loaded()
        self.here = channels.opened(Around(exchange, settings, self.now, self.warned.append))[0]
        assert isinstance(self.here, TelegramHere)
        self.app = application(exchange, settings, self.now, [self.here])
        transport = httpx.ASGITransport(self.app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://bot.test")

    def now(self) -> datetime:
        """What the clock says."""
        return self.at

    @asynccontextmanager
    async def open(self) -> AsyncIterator[House]:
        """It runs until the end of the block."""
        async with self.app.router.lifespan_context(self.app), self._client:
            yield self

    def phone(self, person: int = 5001, group: int | None = None) -> Phone:
        """Somebody with Telegram."""
        return Phone(self.api, self.bring, person, group)

    async def bring(self, update: dict[str, Any]) -> httpx.Response:
        """What Telegram does with an update; what the bot sends comes of it has been sent when this returns."""
        self.at += timedelta(seconds=1)
        answer = await self.post(json.dumps(update).encode())
        await self.settled()
        return answer

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        """Post something to the webhook."""
        given = {HEADER: SECRET, "content-type": "application/json"} if headers is None else headers
        answer = await self._client.post(PATH, content=body, headers=given)
        self.answers.append(answer)
        return answer

    async def settled(self) -> None:
        """Wait until all that is on its way has arrived."""
        await self.exchange.carrier.finish()
        await self.here.desk.settled()


Definer = Callable[[Definitions], Definitions]


def area(*, on: bool) -> Definitions:
    """Exampleshire, with Telegram switched on or not."""
    found = load_definitions("exampleshire")
    return switched_on(found) if on else found
