"""Slack, beside a strict stand-in of its Web API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from adapters.slack.channel import Slack
from adapters.slack.client import Client
from bot.decisions.documents import Document
from bot.storage import KeyRing
from tests.adapters.contract.platform import Refusal
from tests.adapters.slack.house import served_api, settings_for
from tests.adapters.slack.web_api import TEAM, Refused, WebApi

ANSWER_WITHIN = 0.4


class SlackPlatform:
    """The channel and one person's direct messages."""

    person = "U0PAT0001"
    address = f"{TEAM}/{person}"
    elsewhere = f"T0OTHER01/{person}"
    says_how_long = True

    def __init__(self, api: WebApi, channel: Slack) -> None:
        self.channel = channel
        self._api = api

    def read(self) -> list[str]:
        return [one.read() for one in self._api.said_to(self.person)]

    def refuse(self, how: Refusal | None) -> None:
        answers = {
            "for good": Refused("channel_not_found"),
            "for now": Refused("ratelimited", 429, {"Retry-After": "300"}),
        }
        self._api.always = answers.get(how or "")
        self._api.hangs = how == "no answer"


@contextmanager
def platform() -> Iterator[SlackPlatform]:
    """The stand-in is there for as long as needed."""

    async def fetch(channel: str, address: str, key: str) -> Document | None:
        return Document("decision.docx", "application/msword", b"a document")

    with served_api() as (api, url):
        client = Client(settings_for(url, Path("unused")), answer_within=ANSWER_WITHIN)
        yield SlackPlatform(api, Slack(client, KeyRing.from_keys([Fernet.generate_key().decode()]), fetch))
