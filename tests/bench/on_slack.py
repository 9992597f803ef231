"""Slack for the bench: the stand-in of the Web API, and members of a workspace, whose requests are signed."""

from __future__ import annotations

import time
from typing import Any

from starlette.applications import Starlette

from adapters.slack.opening import PATH
from tests.adapters.slack.house import signature
from tests.adapters.slack.member import FORM, Member, controls
from tests.adapters.slack.web_api import Shown, Team, WebApi
from tests.bench.platforms import Arrivals, Brought


class Here(WebApi):
    """Slack's side."""

    path = PATH

    def __init__(self) -> None:
        super().__init__()
        self.arrivals = Arrivals()

    def served(self) -> Starlette:
        return self.app

    def at(self, address: str) -> str:
        return f"{address}/api/"

    def person(self, number: int) -> OnSlack:
        return OnSlack(self, f"U0PAT{number:05}")

    def _chat_postMessage(self, given: dict[str, Any], team: Team) -> dict[str, Any]:  # noqa: N802
        found = super()._chat_postMessage(given, team)
        self.arrivals.come(given["channel"], self.messages[-1])
        return found


class OnSlack:
    """A member."""

    def __init__(self, api: Here, id_: str) -> None:
        self.chat = api.dm(id_)
        self._member = Member(api, _unused, time.time, id_)

    def typed(self, words: str) -> Brought:
        return _signed(self._member.envelope(self._member.message(words)), "application/json")

    def pressed(self, shown: Shown, option: int) -> Brought:
        buttons = [one for one in controls(shown) if one["type"] == "button"]
        return _signed(self._member.using(shown, buttons[min(option, len(buttons) - 1)]), FORM)


async def _unused(*_: Any) -> None:
    raise AssertionError("the bench brings what is said itself")


def _signed(body: bytes, kind: str) -> Brought:
    stamp = f"{time.time():.0f}"
    given = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp), "content-type": kind}
    return Brought(body, given)
