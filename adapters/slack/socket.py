"""Takes what Slack brings over a socket that the bot opens itself, where Slack cannot reach it from outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.endpoint import Refused, is_writable
from adapters.slack.payload import is_shaped
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS, unreachable
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]
_AGAIN_AFTER_SECONDS = 10.0
STOP_WITHIN_SECONDS = 5.0
"""So long what is in hand may go on at a stop: as long as requests have that come from outside."""


class Socket:
    """The connection; `trouble` is why there is none now, in a few words."""

    def __init__(self, settings: SlackSettings, dispatch: Dispatch, warn: Callable[[str], None]) -> None:
        self._settings = settings
        self._dispatch = dispatch
        self._warn = warn
        self._in_hand: set[asyncio.Task[None]] = set()
        self.is_stopping = False
        self.trouble = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected until the end of the block, or trying to be; what is in hand then is acknowledged yet."""
        self.is_stopping = False
        client = SocketModeClient(
            app_token=self._settings.slack_app_token.get_secret_value(),
            web_client=AsyncWebClient(base_url=self._settings.slack_api_url, retry_handlers=[]),
        )
        # Of an envelope that is not whole the vendor's own listeners hear nothing.
        client.message_listeners.append(self._brought)
        connecting = asyncio.create_task(self._connect(client))
        try:
            yield
        finally:
            connecting.cancel()
            with suppress(asyncio.CancelledError):
                await connecting
            await self._finished()
            await client.close()  # type: ignore[no-untyped-call]

    async def _finished(self) -> None:
        """Take nothing more, and wait for what is in hand. What takes too long is brought again."""
        self.is_stopping = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=STOP_WITHIN_SECONDS)

    async def _connect(self, client: SocketModeClient) -> None:
        """Connect; once connected the vendor's client keeps it so."""
        while True:
            try:
                await client.connect()  # type: ignore[no-untyped-call]
            except FAULTS as fault:
                why = str(unreachable(fault))
                if why != self.trouble:
                    self._warn(f"slack: no socket ({why}); it is tried again.")
                self.trouble = why
                await asyncio.sleep(_AGAIN_AFTER_SECONDS)
            else:
                self.trouble = ""
                return

    async def _brought(self, client: AsyncBaseSocketModeClient, message: dict[str, Any], _: str | None = None) -> None:
        """One message of the socket. What Slack cannot have sent so is acknowledged, or it would come again."""
        envelope, payload = message.get("envelope_id"), message.get("payload")
        if not isinstance(envelope, str) or self.is_stopping:
            return
        # An empty payload is of no workspace, and so refused.
        whole = payload if isinstance(payload, dict) and is_writable(payload) and is_shaped(payload) else {}
        request = SocketModeRequest(str(message.get("type")), envelope, whole)
        taking = asyncio.create_task(self._take(client, request))
        self._in_hand.add(taking)
        taking.add_done_callback(self._in_hand.discard)
        await taking

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Handle what came, then say so. What could not be taken for now is not acknowledged: Slack brings it again."""
        try:
            answered = await self._handled(request.payload)
            if answered is None:
                await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            else:
                await send_async_response(client, request, answered, 0.0)
        except (DatabaseTrouble, Unreachable) as fault:
            self._warn(f"slack: not taken for now ({type(fault).__name__}); Slack brings it again.")
        except FAULTS as fault:
            self._warn(f"slack: not acknowledged, for the socket was closed ({type(fault).__name__}).")
        except Exception as fault:  # its words may be a person's: only its kind is told
            self._warn(f"slack: a request could not be handled ({type(fault).__name__}); Slack may bring it again.")

    async def _handled(self, payload: dict[str, Any]) -> BoltResponse | None:
        """What a payload is answered; None where it is refused."""
        try:
            return await self._dispatch(payload)
        except Refused:
            return None
