"""The running bot with nothing but its page, as `bot serve` puts it together."""

from __future__ import annotations

from types import SimpleNamespace

import httpx

from adapters.serve import application
from adapters.settings import Settings
from bot.exchange import Exchange
from tests.adapters.platform_house import NEAR, PlatformHouse
from tests.bot.talk import AT


class PageHouse(PlatformHouse[None]):
    """One installation without any platform."""

    path = "/chat"

    def __init__(self, exchange: Exchange, settings: Settings) -> None:
        self.exchange = exchange
        self.settings = settings
        self.at = AT
        self.answers = []
        self.warned = []
        exchange.mind.loaded()
        self.here = SimpleNamespace(channel=SimpleNamespace(name="web"))
        self.app = application(exchange, settings, self.now, [])
        self.client = self.browser()

    def browser(self) -> httpx.AsyncClient:
        """What asks for pages, with cookies of its own."""
        transport = httpx.ASGITransport(self.app, client=NEAR, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
