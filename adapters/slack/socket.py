"""Takes what Slack brings over a socket that the bot opens itself, where Slack cannot reach it from outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from itertools import chain, repeat
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.endpoint import Refused, is_writable
from adapters.patience import Pause
from adapters.slack.line import Line
from adapters.slack.payload import is_shaped
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS, UNSENT, unreachable
from bot.channel import Unreachable
from bot.loopback import is_loopback
from bot.storage import DatabaseTrouble

Dispatch = Callable[[dict[str, Any]], Awaitable[BoltResponse]]
_PAUSES = (1.0, 5.0, 10.0)
"""In seconds, before a socket that could not be had or did not last is tried again; the last for ever."""
_LASTED_SECONDS = 60.0
_NOT_YET = "no socket yet"
_IN_HAND_SECONDS = 8.0
"""So long a socket that Slack wants to end is kept for what is in hand: Slack itself keeps it for some ten more."""
STOP_WITHIN_SECONDS = 5.0
"""So long what is in hand may go on at a stop: as long as requests have that come from outside."""


class Socket:
    """The connection; `trouble` is why there is none now, in a few words."""

    def __init__(
        self, settings: SlackSettings, dispatch: Dispatch, warn: Callable[[str], None], pause: Pause = asyncio.sleep
    ) -> None:
        self._settings = settings
        self._dispatch = dispatch
        self._warn = warn
        self._pause = pause
        self._in_hand: set[asyncio.Task[None]] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._opened_at: float | None = None
        self.is_stopping = False
        self.trouble = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected until the end of the block, or trying to be; what is in hand then is acknowledged yet."""
        self.is_stopping, self.trouble = False, _NOT_YET
        url = self._settings.slack_api_url
        web = AsyncWebClient(base_url=url, retry_handlers=[])
        if is_loopback(urlsplit(url).hostname or ""):
            web.proxy = None
        connecting = asyncio.create_task(self._kept_open(web))
        try:
            yield
        finally:
            await self._finished()
            ending = (connecting, *self._leaving)
            for one in ending:
                one.cancel()
            await asyncio.wait(ending)

    async def _finished(self) -> None:
        """Take nothing more, and wait for what is in hand. What takes too long is brought again."""
        self.is_stopping = True
        await self._in_hand_done(STOP_WITHIN_SECONDS)

    async def _in_hand_done(self, within: float = _IN_HAND_SECONDS) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=within)

    def _left(self, closing: AsyncExitStack) -> None:
        """Close a socket that Slack ends soon, once what is in hand is acknowledged over it; another is opened now."""
        leaving = asyncio.create_task(self._leave(closing))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _leave(self, closing: AsyncExitStack) -> None:
        with suppress(*UNSENT):
            async with closing:
                await self._in_hand_done()

    async def _kept_open(self, web: AsyncWebClient) -> None:
        """One socket after another, each by an address of its own, for an address is good once and for a moment.

        The one that Slack asks for is opened at once, but not again and again.
        """
        pauses, at_once = chain(_PAUSES, repeat(_PAUSES[-1])), False
        while True:
            wanted = await self._one(Line(web, self._settings.slack_app_token.get_secret_value()))
            if self._lasted():
                pauses, at_once = chain(_PAUSES, repeat(_PAUSES[-1])), False
                continue
            at_once = wanted is None and not at_once
            if not at_once:
                await self._pause(max(next(pauses), (wanted or timedelta()).total_seconds()))

    async def _one(self, line: Line) -> timedelta | None:
        """One socket, to its end; how long Slack wants to be left alone after it, None where it asks for another."""
        self._opened_at = None
        try:
            await line.open(self._is_open, lambda message: self._brought(line, message), self._left)
        except FAULTS as found:
            fault = unreachable(found)
        except Unreachable as found:
            fault = found
        except Exception as found:  # nothing ends it but the stop; its words may be a person's
            fault = Unreachable(f"a fault of its own, {type(found).__name__}", permanent=False)
        else:
            return None
        self._is(str(fault))
        return fault.retry_after or timedelta()

    def _is_open(self) -> None:
        if self.trouble not in {"", _NOT_YET}:
            self._warn("slack: the socket is there again.")
        self._opened_at, self.trouble = asyncio.get_running_loop().time(), ""

    def _lasted(self) -> bool:
        at = self._opened_at
        return at is not None and asyncio.get_running_loop().time() - at >= _LASTED_SECONDS

    def _is(self, trouble: str) -> None:
        if trouble != self.trouble:
            self._warn(f"slack: no socket ({trouble}); it is tried again.")
        self.trouble = trouble

    def _brought(self, line: Line, message: dict[str, Any]) -> None:
        """One message of the socket. What Slack cannot have sent so is acknowledged, or it would come again."""
        envelope, payload = message.get("envelope_id"), message.get("payload")
        if not isinstance(envelope, str) or self.is_stopping:
            return
        # An empty payload is of no workspace, and so refused.
        whole = payload if isinstance(payload, dict) and is_writable(payload) and is_shaped(payload) else {}
        request = SocketModeRequest(str(message.get("type")), envelope, whole)
        taking = asyncio.create_task(self._take(line, request))
        self._in_hand.add(taking)
        taking.add_done_callback(self._in_hand.discard)

    async def _take(self, client: Line, request: SocketModeRequest) -> None:
        """Handle what came, then say so. What could not be taken for now is not acknowledged: Slack brings it again."""
        try:
            answered = await self._handled(request.payload)
            if answered is None:
                await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            else:
                await send_async_response(client, request, answered, 0.0)
        except (DatabaseTrouble, Unreachable) as fault:
            self._warn(f"slack: not taken for now ({type(fault).__name__}); Slack brings it again.")
        except UNSENT as fault:
            self._warn(f"slack: not acknowledged, for the socket was closed ({type(fault).__name__}).")
        except Exception as fault:  # its words may be a person's: only its kind is told
            self._warn(f"slack: a request could not be handled ({type(fault).__name__}); Slack may bring it again.")

    async def _handled(self, payload: dict[str, Any]) -> BoltResponse | None:
        """What a payload is answered; None where it is refused."""
        try:
            return await self._dispatch(payload)
        except Refused:
            return None
