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

from adapters.endpoint import Refused
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS, unreachable
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]
_AGAIN_AFTER_SECONDS = 10.0


class Socket:
    """The connection; `trouble` is why there is none now, in a few words."""

    def __init__(self, settings: SlackSettings, dispatch: Dispatch, warn: Callable[[str], None]) -> None:
        self._settings = settings
        self._dispatch = dispatch
        self._warn = warn
        self.trouble = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected until the end of the block, or trying to be."""
        client = SocketModeClient(
            app_token=self._settings.slack_app_token.get_secret_value(),
            web_client=AsyncWebClient(base_url=self._settings.slack_api_url, retry_handlers=[]),
        )
        client.socket_mode_request_listeners.append(self._take)
        connecting = asyncio.create_task(self._connect(client))
        try:
            yield
        finally:
            connecting.cancel()
            with suppress(asyncio.CancelledError):
                await connecting
            await client.close()  # type: ignore[no-untyped-call]

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

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Handle what came, then say so. What could not be taken for now is not acknowledged: Slack brings it again."""
        try:
            answered = await self._dispatch(request.payload)
        except Refused:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        except (DatabaseTrouble, Unreachable) as fault:
            self._warn(f"slack: not taken for now ({type(fault).__name__}); Slack brings it again.")
        except Exception as fault:  # its words may be a person's: only its kind is told
            self._warn(f"slack: a request could not be handled ({type(fault).__name__}); Slack may bring it again.")
        else:
            await send_async_response(client, request, answered, 0.0)
