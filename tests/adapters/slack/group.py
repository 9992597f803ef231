"""A channel in Slack with the bot in it: what is asked there, and who sees the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.adapters.contract.incoming import Brought
from tests.adapters.slack.incoming import SlackIn, incoming
from tests.adapters.slack.web_api import Refused

_GROUP = "C0GROUP01"


class SlackGroup(SlackIn):
    """A channel in Slack."""

    def asking(self, words: str) -> Brought:
        member = self.house.member()
        return self.signed(member.envelope(member.said(f"<@U0BOT0001> {words}", _GROUP, type="app_mention")))

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.in_channel(_GROUP) if not one.only]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.messages if one.only or one.channel != _GROUP]

    def following(self) -> Brought | None:
        return None

    def fail_once(self, after: int = 0) -> None:
        self.house.api.refuses = [*[None] * after, Refused("internal_error", 500)]

    def close_private(self) -> None:
        self.house.api.members[_GROUP] = {"U0SAM0001"}
        self.house.api.nobody.add("U0PAT0001")

    def open_private(self) -> None:
        self.house.api.nobody.discard("U0PAT0001")


@asynccontextmanager
async def group(folder: Path) -> AsyncIterator[SlackGroup]:
    """The bot there, with its data in a folder."""
    async with incoming(folder) as there:
        yield SlackGroup(there.house)
