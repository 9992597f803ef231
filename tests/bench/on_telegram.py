"""Telegram for the bench: the stand-in of the Bot API, and people with phones."""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette

from adapters.telegram.opening import HEADER, PATH
from bot.clock import now
from tests.adapters.telegram.bot_api import BotApi, Shown
from tests.adapters.telegram.house import SECRET
from tests.adapters.telegram.phone import Phone
from tests.bench.platforms import Arrivals, Brought

FIRST_CHAT = 10_000


class Here(BotApi):
    """Telegram's side."""

    path = PATH

    def __init__(self) -> None:
        super().__init__()
        self.arrivals = Arrivals()

    def served(self) -> Starlette:
        return self.app

    def at(self, address: str) -> str:
        return f"{address}/bot"

    def person(self, number: int) -> OnPhone:
        return OnPhone(self, FIRST_CHAT + number)

    async def _send_message(self, given: dict[str, Any], form: Any) -> Any:
        found = await super()._send_message(given, form)
        self.arrivals.come(given["chat_id"], self.messages[-1])
        return found


class OnPhone:
    """Somebody with a phone."""

    def __init__(self, api: Here, chat: int) -> None:
        self.chat = chat
        self._phone = Phone(api, lambda update: update, chat)  # type: ignore[arg-type, return-value]

    def typed(self, words: str) -> Brought:
        return self._brought(self._phone.update("message", {**self._phone.message(now()), "text": words}))

    def pressed(self, shown: Shown, option: int) -> Brought:
        buttons = [one["callback_data"] for row in shown.keyboard for one in row]
        return self._brought(self._phone.pressing(shown, buttons[min(option, len(buttons) - 1)]))

    def _brought(self, update: dict[str, Any]) -> Brought:
        return Brought(json.dumps(update).encode(), {HEADER: SECRET, "content-type": "application/json"})
