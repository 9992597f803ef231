"""A supergroup in Telegram with the bot in it: what is asked there, and who sees the answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.adapters.contract.incoming import Brought
from tests.adapters.telegram.bot_api import Refused
from tests.adapters.telegram.incoming import TelegramIn, incoming
from tests.adapters.telegram.phone import commands

_GROUP = -1001234567890


class TelegramGroup(TelegramIn):
    """A supergroup in Telegram."""

    def asking(self, words: str) -> Brought:
        phone = self.house.phone(group=_GROUP)
        text = f"@safe_test_bot {words}"
        named = {"text": text, "entities": [{"type": "mention", "offset": 0, "length": 14}]}
        return self.signed(json.dumps(phone.update("message", {**phone.message(self.house.at), **named})).encode())

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.in_chat(_GROUP)]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.messages if one.chat != _GROUP]

    def following(self) -> Brought | None:
        url = self.house.api.in_chat(_GROUP)[-1].keyboard[-1][0]["url"]
        phone = self.house.phone()
        text = f"/start {parse_qs(urlsplit(url).query)['start'][0]}"
        update = phone.update("message", {**phone.message(self.house.at), "text": text, **commands(text)})
        return self.signed(json.dumps(update).encode())

    def fail_once(self, after: int = 0) -> None:
        self.house.api.refuses = [*[None] * after, Refused(502, "Bad Gateway")]

    def close_private(self) -> None:
        self.house.api.started = set()

    def open_private(self) -> None:
        self.house.api.started = {self.house.phone().person}


@asynccontextmanager
async def group(folder: Path) -> AsyncIterator[TelegramGroup]:
    """The bot there, with its data in a folder."""
    async with incoming(folder) as there:
        yield TelegramGroup(there.house)
