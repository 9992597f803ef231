"""People of each platform who open their chat with the bot for the first time, beside the platform's stand-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from adapters.slack import opening as slack_opening
from adapters.teams import opening as teams_opening
from adapters.telegram import opening as telegram_opening
from bot.clock import now
from tests.adapters.slack import house as slack_house
from tests.adapters.slack.member import Member
from tests.adapters.slack.web_api import WebApi
from tests.adapters.teams.microsoft import Microsoft, microsoft
from tests.adapters.teams.person import Person
from tests.adapters.telegram import house as telegram_house
from tests.adapters.telegram.bot_api import BotApi
from tests.adapters.telegram.phone import Phone, commands

from .incoming import Brought


class Beginners(Protocol):
    """The platform as it brings beginnings, and what has come of them. The bot is in a process of its own."""

    url: str
    path: str

    def begin(self, count: int) -> dict[str, Brought]:
        """So many people begin: what is brought of it, by the chat that each is to be greeted in."""
        ...

    def said(self) -> list[tuple[str, str]]:
        """Every message of the bot's: the chat that it came to, and its words."""
        ...


async def _nowhere(*_: Any) -> Any:
    raise AssertionError("it is brought by the test itself")


class SlackBeginners:
    """Members of a workspace."""

    path = slack_opening.PATH

    def __init__(self, api: WebApi, url: str) -> None:
        self.url = url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        people = [Member(self._api, _nowhere, lambda: now().timestamp(), f"U0PAT{one:04}") for one in range(count)]
        return {self._api.dm(one.id): _signed(one.envelope(one.opened())) for one in people}

    def said(self) -> list[tuple[str, str]]:
        return [(one.channel, one.read()) for one in self._api.messages]


def _signed(body: bytes) -> Brought:
    stamp = f"{now().timestamp():.0f}"
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": slack_house.signature(body, stamp)}
    return Brought(body, {**headers, "content-type": "application/json"})


class TeamsBeginners:
    """People of a tenant."""

    path = teams_opening.PATH

    def __init__(self, api: Microsoft) -> None:
        self.url = api.url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        people = [Person(self._api, _nowhere, now, f"29:{one}", f"a:1chat-{one}") for one in range(count)]
        return {one.chat: self._signed(one.activity("installationUpdate", action="add")) for one in people}

    def said(self) -> list[tuple[str, str]]:
        return [(one.conversation, one.read()) for one in self._api.sent]

    def _signed(self, activity: dict[str, Any]) -> Brought:
        headers = {"authorization": self._api.signed(activity), "content-type": "application/json"}
        return Brought(json.dumps(activity).encode(), headers)


class TelegramBeginners:
    """People with a phone."""

    path = telegram_opening.PATH

    def __init__(self, api: BotApi, url: str) -> None:
        self.url = url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        phones = [Phone(self._api, _nowhere, 10_000 + one) for one in range(count)]
        start = {"text": "/start", **commands("/start")}
        updates = {str(one.chat): one.update("message", {**one.message(now()), **start}) for one in phones}
        headers = {telegram_opening.HEADER: telegram_house.SECRET, "content-type": "application/json"}
        return {chat: Brought(json.dumps(update).encode(), headers) for chat, update in updates.items()}

    def said(self) -> list[tuple[str, str]]:
        return [(str(one.chat), one.read()) for one in self._api.messages]


@contextmanager
def _slack() -> Iterator[SlackBeginners]:
    with slack_house.served_api() as (api, url):
        yield SlackBeginners(api, url)


@contextmanager
def _teams() -> Iterator[TeamsBeginners]:
    with microsoft() as api:
        yield TeamsBeginners(api)


@contextmanager
def _telegram() -> Iterator[TelegramBeginners]:
    with telegram_house.served_api() as (api, url):
        yield TelegramBeginners(api, url)


BEGINNERS: dict[str, Callable[[], AbstractContextManager[Beginners]]] = {
    "slack": _slack,
    "teams": _teams,
    "telegram": _telegram,
}
