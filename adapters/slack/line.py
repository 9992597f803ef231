"""One socket that Slack opens for the bot, from its one-use address to its end; what is answered goes the same way."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.channel import Unreachable

_OPEN_WITHIN_SECONDS = 15.0
_PING_EVERY_SECONDS = 10.0
_CLOSE_WITHIN_SECONDS = 1.0
_LOGGER = logging.getLogger("slack_sdk.socket_mode")
# Slack says why it closes a socket: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
_ANOTHER_IS_DUE = frozenset({"warning", "refresh_requested"})
_SWITCHED_OFF = "link_disabled"


class Line(AsyncBaseSocketModeClient):
    """What the vendor's library sends answers by, over one socket.

    The vendor's own client keeps to an address that can be used once, tries it for ever, and tells nobody.
    """

    def __init__(self, web: AsyncWebClient, app_token: str) -> None:
        self.logger = _LOGGER
        self.web_client = web
        self._app_token = app_token
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def open(
        self,
        opened: Callable[[], None],
        brought: Callable[[dict[str, Any]], None],
        left: Callable[[AsyncExitStack], None],
    ) -> None:
        """Be connected by a new address until Slack says that another is due.

        `opened` is called once Slack says hello, `brought` with each message. `left` is given what closes a socket that
        Slack ends soon: until then answers still go over it. Raises what goes wrong, or Unreachable where Slack closed
        the socket otherwise.
        """
        async with asyncio.timeout(_OPEN_WITHIN_SECONDS) as within, AsyncExitStack() as kept:
            socket = self._socket = await self._connected(kept)
            kept.callback(self._forget)
            async for message in socket:
                said = _said(message)
                if said.get("type") == "hello":
                    within.reschedule(None)
                    opened()
                elif said.get("type") == "disconnect":
                    left(kept.pop_all())
                    _closing(said.get("reason"))
                    return
                elif said:
                    brought(said)
        raise Unreachable("the socket was closed", permanent=False)

    async def _connected(self, kept: AsyncExitStack) -> aiohttp.ClientWebSocketResponse:
        session = await kept.enter_async_context(aiohttp.ClientSession())
        found = await self.web_client.apps_connections_open(app_token=self._app_token)
        address = found.get("url")
        if not isinstance(address, str):
            raise Unreachable("Slack gave no address for a socket", permanent=False)
        return await kept.enter_async_context(
            session.ws_connect(
                address,
                heartbeat=_PING_EVERY_SECONDS,
                proxy=self.web_client.proxy,
                ssl=self.web_client.ssl if self.web_client.ssl is not None else True,
                timeout=aiohttp.ClientWSTimeout(ws_close=_CLOSE_WITHIN_SECONDS),
            )
        )

    def _forget(self) -> None:
        self._socket = None

    async def send_message(self, message: str) -> None:
        """Send something over the socket. Raises ConnectionError where there is none."""
        if self._socket is None:
            raise ConnectionResetError
        await self._socket.send_str(message)


def _said(message: aiohttp.WSMessage) -> dict[str, Any]:
    """A message as an object; empty where it is none."""
    if message.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        found = json.loads(message.data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _closing(reason: object) -> None:
    """Raises Unreachable unless another socket may be opened at once."""
    if reason == _SWITCHED_OFF:
        raise Unreachable("Socket Mode is switched off in the app's settings", permanent=False)
    if reason not in _ANOTHER_IS_DUE:
        raise Unreachable("the socket was closed", permanent=False)
