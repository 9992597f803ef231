"""A group chat in Teams with the bot in it: what is asked there, and who sees the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.adapters.contract.incoming import Brought
from tests.adapters.teams.incoming import TeamsIn, incoming
from tests.adapters.teams.person import GROUP


class TeamsGroup(TeamsIn):
    """A group chat in Teams."""

    def asking(self, words: str) -> Brought:
        return self._activity(self.house.person().mentioning(words))

    def seen_by_all(self) -> list[str]:
        return [one.read() for one in self.house.api.said_in(GROUP)]

    def seen_by_one(self) -> list[str]:
        return [one.read() for one in self.house.api.sent if one.conversation != GROUP]

    def following(self) -> Brought | None:
        actions = [action for one in self.house.api.said_in(GROUP)[-1].elements() for action in one.get("actions", ())]
        url = next(one["url"] for one in actions if one["type"] == "Action.OpenUrl")
        words = parse_qs(urlsplit(url).query)["message"][0]
        return self._activity(self.house.person().activity(text=words))

    def fail_once(self, after: int = 0) -> None:
        self.house.api.once = [*[None] * after, (500, {})]

    def close_private(self) -> None:
        self.house.api.opens_personal = False

    def open_private(self) -> None:
        self.house.api.opens_personal = True


@asynccontextmanager
async def group(folder: Path) -> AsyncIterator[TeamsGroup]:
    """The bot there, with its data in a folder."""
    async with incoming(folder) as there:
        yield TeamsGroup(there.house)
