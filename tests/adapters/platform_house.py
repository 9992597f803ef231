"""A bot with one platform's channel, as `bot serve` puts it together, with a clock that the test turns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar

import httpx

from adapters import channels
from adapters.channels import Around
from adapters.serve import application
from adapters.settings import Settings
from adapters.workplace import warn
from bot.button_tokens import Pressed
from bot.delivering.delivery import Watchers
from bot.exchange import Exchange
from bot.messages import Block, Choices, Form, Reply, Turn
from bot.reply_text import to_text
from bot.storage import Connection, conversations, outbox
from bot.took import Took
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
        self.app = application(exchange, settings, self.now, [here], Watchers(warn=warn, pause=self._pause))
        transport = httpx.ASGITransport(self.app, client=NEAR)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    def now(self) -> datetime:
        """What the clock says."""
        return self.at

    async def _pause(self, seconds: float) -> None:
        """What has to wait goes on at once, by a clock that has gone on."""
        self.at += timedelta(seconds=seconds)

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

    async def ask(self, address: str, block: Choices | Form) -> None:
        """A question that the bot asks somebody it has spoken to; its buttons are good."""
        await self.tell(address, block.prompt if isinstance(block, Choices) else block.id, block)

    async def tell(self, address: str, key: str, *blocks: Block) -> None:
        """A message that the bot sends somebody it has spoken to; its buttons are good."""
        exchange, name, reply = self.exchange, self.here.channel.name, Reply(blocks)

        def put(connection: Connection) -> int:
            stored = conversations.load(connection, exchange.keys, name, address, self.at)
            return outbox.put(
                connection, exchange.keys, stored.id, channel=name, address=address, body=to_text(reply),
                at=self.at, key=key, audience="private", said=True,
            )  # fmt: skip

        row = await exchange.database.run(put)
        await self.here.channel.send(address, replace(reply, key=str(row)))

    def heard(self) -> list[Turn]:
        """The turns that are brought to the exchange from now on."""
        turns: list[Turn] = []
        take_before, press_before = self.exchange.take, self.exchange.press

        async def take(turn: Turn) -> Took:
            turns.append(turn)
            return await take_before(turn)

        async def press(
            channel: str, address: str, token: str, turn_of: Callable[[Pressed], Turn | None], *first: Any
        ) -> tuple[Pressed | None, Took | None]:
            def noted(pressed: Pressed) -> Turn | None:
                turn = turn_of(pressed)
                turns.extend([turn] if turn is not None else ())
                return turn

            return await press_before(channel, address, token, noted, *first)

        self.exchange.take, self.exchange.press = take, press  # type: ignore[method-assign]
        return turns
