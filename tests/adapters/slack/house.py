"""The bot with its Slack channel as `bot serve` puts it together, beside a stand-in of Slack's Web API."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from adapters import channels
from adapters.channels import Around
from adapters.serve import application
from adapters.slack.opening import PATH, OpenedSlack
from bot.exchange import Exchange
from bot.settings import Settings
from tests.bot.talk import AT

from .member import Member
from .web_api import TOKEN, WebApi

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """The settings of a bot whose Slack is the stand-in."""
    return Settings(
        **{
            "data_dir": folder / "data",
            "key_file": folder / "keys",
            "channels": ("web", "slack"),
            "public_url": "http://127.0.0.1:8080",
            "slack_api_url": url,
            "slack_bot_token": SecretStr(TOKEN),
            "slack_signing_secret": SecretStr(SECRET),
            **more,
        }
    )


@contextmanager
def served_api() -> Iterator[tuple[WebApi, str]]:
    """A stand-in, and where it is."""
    api = WebApi()
    with api.running() as url:
        yield api, url


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """What Slack puts on a request."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


class House:
    """The running bot. The clock stands still until it is turned; it has a second between requests."""

    def __init__(self, api: WebApi, exchange: Exchange, settings: Settings) -> None:
        self.api = api
        self.exchange = exchange
        self.settings = settings
        self.at: datetime = AT
        self.answers: list[httpx.Response] = []
        self.warned: list[str] = []
        exchange.mind.loaded()
        here = channels.opened(Around(exchange, settings, self.now, self.warned.append))[0]
        assert isinstance(here, OpenedSlack)
        self.here = here
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

    def member(self, id_: str = "U0PAT0001") -> Member:
        """Somebody in the workspace."""
        return Member(self.api, self.bring, lambda: self.at.timestamp(), id_)

    async def bring(self, body: bytes, kind: str) -> httpx.Response:
        """What Slack does; what the bot sends because of it has been sent when this returns."""
        self.at += timedelta(seconds=1)
        answer = await self.post(body, kind)
        await self.settled()
        return answer

    async def post(self, body: bytes, kind: str = "application/json", **headers: str) -> httpx.Response:
        """Post something to the endpoint, signed unless the headers say otherwise."""
        stamp = f"{self.at.timestamp():.0f}"
        given = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp), "content-type": kind}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self._client.post(PATH, content=body, headers={**given, **named})
        self.answers.append(answer)
        return answer

    async def settled(self) -> None:
        """Wait until all that is on its way has arrived."""
        await self.exchange.carrier.finish()
        await self.here.desk.settled()
