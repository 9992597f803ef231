"""A person with Telegram on their phone: what they type and press reaches the bot in Telegram's own shapes."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from .bot_api import ME, BotApi, Shown, as_message

Bring = Callable[[dict[str, Any]], Awaitable[Any]]
_updates = itertools.count(700_000_001)


class Phone:
    """One person's chat with the bot, or with `group` their place in one."""

    def __init__(self, api: BotApi, bring: Bring, person: int = 5001, group: int | None = None) -> None:
        self.api = api
        self.bring = bring
        self.person = person
        self.chat = group or person

    async def type(self, text: str, at: datetime, **more: Any) -> Any:
        """Send a message; what the bot's server answers."""
        return await self.bring(self.update("message", {**self.message(at), "text": text, **commands(text), **more}))

    async def press(self, shown: Shown, label: str, **more: Any) -> Any:
        """Press a button under a message."""
        buttons = [one for row in shown.keyboard for one in row]
        data = next(one["callback_data"] for one in buttons if one["text"] == label)
        return await self.bring(self.pressing(shown, data, **more))

    def pressing(self, shown: Shown, data: str, **more: Any) -> dict[str, Any]:
        """The update of a button being pressed."""
        query = f"{self.person}{next(_updates)}"
        self.api.queries[query] = None
        return self.update(
            "callback_query",
            {
                "id": query,
                "from": self.user(),
                "message": as_message(shown),
                "chat_instance": "-3141592653589793238",
                "data": data,
                **more,
            },
        )

    def update(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """An update with a number of its own."""
        return {"update_id": next(_updates), kind: body}

    def message(self, at: datetime) -> dict[str, Any]:
        """A message of theirs, without what is in it."""
        private = {"type": "private", "first_name": "Pat"}
        group = {"type": "supergroup", "title": "Team", "username": "team"}
        return {
            "message_id": self.api.next_id(),
            "from": self.user(),
            "chat": {"id": self.chat, **(private if self.chat == self.person else group)},
            "date": int(at.timestamp()),
        }

    def user(self) -> dict[str, Any]:
        """Who they are to Telegram."""
        return {"id": self.person, "is_bot": False, "first_name": "Pat", "language_code": "en"}


def commands(text: str) -> dict[str, Any]:
    """The entities that Telegram itself finds in a message."""
    found = []
    at = 0
    for word in text.split(" "):
        if word.startswith("/") and len(word) > 1 and at == 0:
            found.append({"type": "bot_command", "offset": at, "length": len(word)})
        if word.casefold() == f"@{ME['username']}":
            found.append({"type": "mention", "offset": at, "length": len(word)})
        at += len(word) + 1
    return {"entities": found} if found else {}


def unnamed(speaks_for: int, title: str, kind: str = "supergroup") -> dict[str, Any]:
    """Who has sent a message that is said for a chat: Telegram puts a bot of its own in the person's place."""
    is_group = kind == "supergroup"
    bot, name = (1087968824, "GroupAnonymousBot") if is_group else (136817688, "Channel_Bot")
    return {
        "from": {"id": bot, "is_bot": True, "first_name": name, "username": name},
        "sender_chat": {"id": speaks_for, "type": kind, "title": title},
    }
