"""A group on each platform that has them, with the bot in it: what is asked there, and who sees the answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.adapters.platform_house import PlatformHouse
from tests.adapters.slack.web_api import Refused as SlackRefused
from tests.adapters.teams.person import GROUP as TEAMS_GROUP
from tests.adapters.telegram.bot_api import Refused as TelegramRefused

from . import slack_in, teams_in, telegram_in
from .incoming import Brought
from .slack_in import SlackIn
from .teams_in import TeamsIn
from .telegram_in import TelegramIn

_SLACK_GROUP, _TELEGRAM_GROUP = "C0GROUP01", -1001234567890


class Group(Protocol):
    """Somebody in a group."""

    house: PlatformHouse[Any]

    def asking(self, words: str) -> Brought:
        """They ask the bot in the group."""
        ...

    def seen_by_all(self) -> list[str]:
        """What the bot has said that everybody in the group sees."""
        ...

    def seen_by_one(self) -> list[str]:
        """What it has said that they alone see."""
        ...

    def fail_once(self) -> None:
        """The next message is answered as a platform answers that has a fault of its own."""
        ...

    def close_private(self) -> None:
        """There is no way to them alone."""
        ...


class SlackGroup(SlackIn):
    """A channel in Slack."""

    def asking(self, words: str) -> Brought:
        member = self.house.member()
        return self.signed(member.envelope(member.said(f"<@U0BOT0001> {words}", _SLACK_GROUP, type="app_mention")))

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.in_channel(_SLACK_GROUP) if not one.only]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.messages if one.only or one.channel != _SLACK_GROUP]

    def fail_once(self) -> None:
        self.house.api.refuses = [SlackRefused("internal_error", 500)]

    def close_private(self) -> None:
        self.house.api.members[_SLACK_GROUP] = {"U0SAM0001"}


class TeamsGroup(TeamsIn):
    """A group chat in Teams."""

    def asking(self, words: str) -> Brought:
        activity = self.house.person().mentioning(words)
        signed = {"content-type": "application/json", "authorization": self.house.api.signed(activity)}
        return Brought(json.dumps(activity).encode(), signed)

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.said_in(TEAMS_GROUP)]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.sent if one.conversation != TEAMS_GROUP]

    def fail_once(self) -> None:
        self.house.api.once = [(500, {})]

    def close_private(self) -> None:
        self.house.api.opens_personal = False


class TelegramGroup(TelegramIn):
    """A supergroup in Telegram."""

    def asking(self, words: str) -> Brought:
        phone = self.house.phone(group=_TELEGRAM_GROUP)
        text = f"@safe_test_bot {words}"
        named = {"text": text, "entities": [{"type": "mention", "offset": 0, "length": 14}]}
        return self.signed(json.dumps(phone.update("message", {**phone.message(self.house.at), **named})).encode())

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.in_chat(_TELEGRAM_GROUP)]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.messages if one.chat != _TELEGRAM_GROUP]

    def fail_once(self) -> None:
        self.house.api.refuses = [TelegramRefused(502, "Bad Gateway")]

    def close_private(self) -> None:
        self.house.api.started = set()


@asynccontextmanager
async def _slack(folder: Path) -> AsyncIterator[Group]:
    async with slack_in.incoming(folder) as there:
        yield SlackGroup(there.house)


@asynccontextmanager
async def _teams(folder: Path) -> AsyncIterator[Group]:
    async with teams_in.incoming(folder) as there:
        yield TeamsGroup(there.house)


@asynccontextmanager
async def _telegram(folder: Path) -> AsyncIterator[Group]:
    async with telegram_in.incoming(folder) as there:
        yield TelegramGroup(there.house)


GROUPS: dict[str, Callable[[Path], AbstractAsyncContextManager[Group]]] = {
    "slack": _slack,
    "teams": _teams,
    "telegram": _telegram,
}
