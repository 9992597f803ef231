"""People of Telegram who open their chat with the bot for the first time, beside its stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from adapters.telegram.opening import HEADER, PATH
from bot.clock import now
from tests.adapters.contract.beginners import nowhere
from tests.adapters.contract.incoming import Brought
from tests.adapters.telegram.bot_api import BotApi
from tests.adapters.telegram.house import SECRET, served_api
from tests.adapters.telegram.phone import Phone, commands


class TelegramBeginners:
    """People with a phone."""

    path = PATH

    def __init__(self, api: BotApi, url: str) -> None:
        self.url = url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        phones = [Phone(self._api, nowhere, 10_000 + one) for one in range(count)]
        start = {"text": "/start", **commands("/start")}
        updates = {str(one.chat): one.update("message", {**one.message(now()), **start}) for one in phones}
        headers = {HEADER: SECRET, "content-type": "application/json"}
        return {chat: Brought(json.dumps(update).encode(), headers) for chat, update in updates.items()}

    def said(self) -> list[tuple[str, str]]:
        return [(str(one.chat), one.read()) for one in self._api.messages]


@contextmanager
def beginners() -> Iterator[TelegramBeginners]:
    """They, and the platform\'s stand-in."""
    with served_api() as (api, url):
        yield TelegramBeginners(api, url)
