"""People of Teams who open their chat with the bot for the first time, beside its stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from adapters.teams.opening import PATH
from bot.clock import now
from tests.adapters.contract.beginners import nowhere
from tests.adapters.contract.incoming import Brought
from tests.adapters.teams.microsoft import Microsoft, microsoft
from tests.adapters.teams.person import Person


class TeamsBeginners:
    """People of a tenant."""

    path = PATH

    def __init__(self, api: Microsoft) -> None:
        self.url = api.url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        people = [Person(self._api, nowhere, now, f"29:{one}", f"a:1chat-{one}") for one in range(count)]
        return {one.chat: self._signed(one.activity("installationUpdate", action="add")) for one in people}

    def said(self) -> list[tuple[str, str]]:
        return [(one.conversation, one.read()) for one in self._api.sent]

    def _signed(self, activity: dict[str, Any]) -> Brought:
        headers = {"authorization": self._api.signed(activity), "content-type": "application/json"}
        return Brought(json.dumps(activity).encode(), headers)


@contextmanager
def beginners() -> Iterator[TeamsBeginners]:
    """They, and the platform\'s stand-in."""
    with microsoft() as api:
        yield TeamsBeginners(api)
