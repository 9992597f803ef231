"""The Slack app in every workspace that it is installed in: its connections, and which token is whose."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from weakref import WeakSet

import aiohttp
from pydantic_core import to_json
from slack_sdk.web.async_client import AsyncWebClient

from adapters.patience import Pause
from adapters.slack import in_time
from adapters.slack.parse import Me
from adapters.slack.settings import SlackSettings
from adapters.slack.workspace import Workspace
from bot.channel import Unreachable
from bot.loopback import is_loopback
from bot.storage import DatabaseTrouble

# The vendor's own says nothing of its level, and then puts every message into words that nobody reads.
_LOGGER = logging.getLogger("slack_sdk.web.async_base_client.bot")
_LOGGER.setLevel(logging.WARNING)
_ANSWER_WITHIN_SECONDS = 10
_MOST_CONNECTIONS = 50


@dataclass(frozen=True)
class Installed:
    """What the app speaks by in a workspace, and who it is there."""

    me: Me
    token: str


Look = Callable[[str], Awaitable[Installed | None]]
"""Finds what is installed in a workspace, by the workspace's id."""


class Client:
    """Every workspace: the one whose token is a setting, and those that `look` finds, which go before it.

    Usable between `open` and `close`.
    """

    def __init__(
        self,
        settings: SlackSettings,
        pause: Pause = asyncio.sleep,
        answer_within: float | None = None,
        look: Look | None = None,
    ) -> None:
        self._within = answer_within or _ANSWER_WITHIN_SECONDS
        self._url = settings.slack_api_url
        self._pause = pause
        self._look = look
        self._session: aiohttp.ClientSession | None = None
        self._webs: WeakSet[AsyncWebClient] = WeakSet()
        self._found: dict[str, Workspace] = {}
        token = settings.slack_bot_token.get_secret_value()
        self.own = Workspace(self.web(token), pause) if token else None

    def web(self, token: str = "") -> AsyncWebClient:
        """The vendor's client with a token, over the connections that are kept."""
        web = AsyncWebClient(
            token,
            base_url=self._url,
            timeout=self._within,  # type: ignore[arg-type]  # aiohttp, which gets it, takes fractions
            session=self._session,
            retry_handlers=[],
            logger=_LOGGER,
        )
        if is_loopback(urlsplit(self._url).hostname or ""):
            web.proxy = None
        self._webs.add(web)
        return web

    async def open(self) -> None:
        """Keep connections from now on."""
        timeout = aiohttp.ClientTimeout(total=self._within)
        connector = aiohttp.TCPConnector(limit=_MOST_CONNECTIONS)
        # The standard library takes 140 us for each message, this 20.
        self._keep(aiohttp.ClientSession(timeout=timeout, connector=connector, json_serialize_bytes=to_json))

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._keep(None)

    def _keep(self, session: aiohttp.ClientSession | None) -> None:
        self._session = session
        for web in self._webs:
            web.session = session

    async def find(self, team: str) -> Workspace | None:
        """A workspace by its id; None where the app is not installed. Raises Unreachable or DatabaseTrouble."""
        if team in self._found:
            return self._found[team]
        installed = await self._look(team) if self._look is not None and team else None
        if installed is not None:
            return self._found.setdefault(team, self._workspace(installed))
        if self.own is None:
            return None
        # Whoever asks can ask again: neither an answer nor what is to be sent to others waits for it.
        with in_time.at_once():
            me = await self.own.me()
        return self.own if me.team == team else None

    async def of(self, team: str) -> Workspace:
        """A workspace by its id. Raises Unreachable, also where the app is not installed there."""
        try:
            found = await self.find(team)
        except DatabaseTrouble:
            raise Unreachable("the token could not be looked up", permanent=False) from None
        if found is None:
            raise Unreachable("the app is not installed in this workspace", permanent=True)
        return found

    def forget(self, team: str) -> None:
        """Look a workspace up anew the next time: something was installed or taken out."""
        self._found.pop(team, None)

    def _workspace(self, installed: Installed) -> Workspace:
        async def token_now() -> str:
            found = await self._look(installed.me.team) if self._look is not None else None
            return found.token if found is not None else ""

        return Workspace(self.web(installed.token), self._pause, installed.me, token_now)
