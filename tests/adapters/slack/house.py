"""The bot with its Slack channel as `bot serve` puts it together, beside a stand-in of Slack's Web API."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from adapters.settings import Settings
from adapters.slack.opening import PATH
from adapters.slack.settings import SlackSettings
from bot.exchange import Exchange
from tests.adapters.platform_house import PlatformHouse

from .member import Member
from .web_api import TEAM, TOKEN, WebApi

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def settings_for(url: str, folder: Path, **more: Any) -> SlackSettings:
    """The settings of a bot whose Slack is the stand-in."""
    return SlackSettings(
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


class House(PlatformHouse[WebApi]):
    """The bot in a Slack workspace."""

    path = PATH

    def __init__(self, api: WebApi, exchange: Exchange, settings: Settings) -> None:
        super().__init__(api, exchange, settings)
        api.triggers.now = lambda: self.at.timestamp()

    def member(self, id_: str = "U0PAT0001", team: str = TEAM) -> Member:
        """Somebody in a workspace."""
        if team != TEAM:
            self.api.workspaces.people[id_] = team
        return Member(self.api, self.bring, lambda: self.at.timestamp(), id_, team)

    async def bring(self, body: bytes, kind: str) -> httpx.Response:
        """What Slack does; what the bot sends because of it has been sent when this returns."""
        self.turned()
        answer = await self.post(body, kind)
        await self.settled()
        return answer

    async def post(self, body: bytes, kind: str = "application/json", **headers: str) -> httpx.Response:
        """Post something to the endpoint, signed unless the headers say otherwise."""
        stamp = f"{self.at.timestamp():.0f}"
        given = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp), "content-type": kind}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.posted(body, {**given, **named})
