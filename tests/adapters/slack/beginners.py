"""People of Slack who open their chat with the bot for the first time, beside its stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.slack.opening import PATH
from bot.clock import now
from tests.adapters.contract.beginners import nowhere
from tests.adapters.contract.incoming import Brought
from tests.adapters.slack.house import served_api, signature
from tests.adapters.slack.member import Member
from tests.adapters.slack.web_api import WebApi


class SlackBeginners:
    """Members of a workspace."""

    path = PATH

    def __init__(self, api: WebApi, url: str) -> None:
        self.url = url
        self._api = api

    def begin(self, count: int) -> dict[str, Brought]:
        people = [Member(self._api, nowhere, lambda: now().timestamp(), f"U0PAT{one:04}") for one in range(count)]
        return {self._api.dm(one.id): _signed(one.envelope(one.opened())) for one in people}

    def said(self) -> list[tuple[str, str]]:
        return [(one.channel, one.read()) for one in self._api.messages]


def _signed(body: bytes) -> Brought:
    stamp = f"{now().timestamp():.0f}"
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp)}
    return Brought(body, {**headers, "content-type": "application/json"})


@contextmanager
def beginners() -> Iterator[SlackBeginners]:
    """They, and the platform\'s stand-in."""
    with served_api() as (api, url):
        yield SlackBeginners(api, url)
