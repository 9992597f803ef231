"""The bot with its Telegram channel as `bot serve` puts it together, beside a stand-in of the Bot API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from adapters.telegram.opening import HEADER, PATH
from adapters.telegram.settings import TelegramSettings
from bot.definitions import Definitions, load_definitions
from tests.adapters.platform_house import PlatformHouse
from tests.transcripts.platform_play import switched_on

from .bot_api import TOKEN, BotApi
from .phone import Phone

SECRET = "a-secret-that-telegram-knows"


def settings_for(url: str, folder: Path, **more: Any) -> TelegramSettings:
    """The settings of a bot whose Telegram is the stand-in."""
    return TelegramSettings(
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


@contextmanager
def served_api() -> Iterator[tuple[BotApi, str]]:
    """A stand-in, and where it is."""
    api = BotApi()
    with api.running() as url:
        yield api, url


class House(PlatformHouse[BotApi]):
    """The bot on people's phones."""

    path = PATH

    def phone(self, person: int = 5001, group: int | None = None) -> Phone:
        """Somebody with Telegram."""
        return Phone(self.api, self.bring, person, group)

    async def bring(self, update: dict[str, Any]) -> httpx.Response:
        """What Telegram does with an update; what the bot sends because of it has been sent when this returns."""
        self.turned()
        answer = await self.post(json.dumps(update).encode())
        await self.settled()
        return answer

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        """Post something to the webhook."""
        return await self.posted(
            body, {HEADER: SECRET, "content-type": "application/json"} if headers is None else headers
        )

    async def posted(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Post something to the webhook, whose answer may carry a call."""
        answer = await super().posted(body, headers)
        await self.api.answered(answer)
        return answer


def area(*, on: bool) -> Definitions:
    """Exampleshire, with Telegram switched on or not."""
    found = load_definitions("exampleshire")
    return switched_on(found, "telegram") if on else found
