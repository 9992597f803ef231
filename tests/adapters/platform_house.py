"""A bot with one platform's channel, as `bot serve` puts it together, with a clock that the test turns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar

import httpx

from adapters import channels
from adapters.channels import Around
from adapters.serve import application
from bot.exchange import Exchange
from bot.settings import Settings
from tests.bot.talk import AT

StandIn = TypeVar("StandIn")
NEAR = ("127.0.0.1", 5000)


class PlatformHouse(Generic[StandIn]):
    """The running bot beside a stand-in of its platform. The clock stands still; between requests it has a second."""

    path: str
    """Where the platform brings what people say."""

    def __init__(self, api: StandIn, exchange: Exchange, settings: Settings) -> None:
        self.api = api
        self.exchange = exchange
        self.settings = settings
        self.at: datetime = AT
        self.answers: list[httpx.Response] = []
        self.warned: list[str] = []
        exchange.mind.loaded()
        here: Any = channels.opened(Around(exchange, settings, self.now, self.warned.append))[0]
        self.here = here
        self.app = application(exchange, settings, self.now, [here])
        transport = httpx.ASGITransport(self.app, client=NEAR)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    def now(self) -> datetime:
        """What the clock says."""
        return self.at

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """It runs until the end of the block."""
        async with self.app.router.lifespan_context(self.app), self.client:
            yield self

    async def posted(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Post something to the endpoint; what the bot sends because of it may still be on its way."""
        answer = await self.client.post(self.path, content=body, headers=headers)
        self.answers.append(answer)
        return answer

    async def settled(self) -> None:
        """Wait until all that is on its way has arrived."""
        if self.exchange.carrier is not None:
            await self.exchange.carrier.finish()
        await self.here.desk.settled()

    def turned(self) -> None:
        """A second goes by."""
        self.at += timedelta(seconds=1)
