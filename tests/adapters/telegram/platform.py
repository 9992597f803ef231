"""Telegram, beside a strict stand-in of its Bot API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from adapters.telegram.channel import Telegram
from adapters.telegram.client import Client
from bot.decisions.documents import Document
from bot.storage import KeyRing
from tests.adapters.contract.platform import Refusal
from tests.adapters.telegram.bot_api import BotApi, Refused
from tests.adapters.telegram.house import served_api, settings_for

ANSWER_WITHIN = 0.4


class TelegramPlatform:
    """The channel and a chat with one person."""

    address = "5001"
    elsewhere = "6002"
    says_how_long = True

    def __init__(self, api: BotApi, channel: Telegram) -> None:
        self.channel = channel
        self._api = api

    def read(self) -> list[str]:
        return [one.read() for one in self._api.in_chat(int(self.address))]

    def refuse(self, how: Refusal | None) -> None:
        answers = {
            "for good": Refused(403, "Forbidden: bot was blocked by the user"),
            "for now": Refused(429, "Too Many Requests: retry after 300", retry_after=300),
        }
        self._api.always = answers.get(how or "")
        self._api.hangs = how == "no answer"


@contextmanager
def platform() -> Iterator[TelegramPlatform]:
    """The stand-in is there for as long as needed."""

    async def fetch(channel: str, address: str, key: str) -> Document | None:
        return Document("decision.docx", "application/msword", b"a document")

    with served_api() as (api, url):
        client = Client(settings_for(url, Path("unused")), within=ANSWER_WITHIN, keep_open=False)
        yield TelegramPlatform(api, Telegram(client, KeyRing.from_keys([Fernet.generate_key().decode()]), fetch))
