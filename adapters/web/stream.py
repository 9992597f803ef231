"""News of a conversation as it comes: new turns as HTML, each batch with the number of its last turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from adapters.web.browser import Browser, browser_of
from adapters.web.conversations import CHANNEL, TURNS, Conversations
from adapters.web.fields import number
from adapters.web.pages import conversation, render
from adapters.web.render import View, view
from adapters.web.render import mark as mark_of
from adapters.web.site import Site
from bot.clock import Clock, london_date
from bot.passage import Passage

_RETRY_MS = 2000
_PING_SECONDS = 20
# How far back, in entries, new turns are compared with earlier ones: a new day is named, a note is not said again.
_LOOK_BACK = 20
# How long a stream may take to end by itself once the server is told to stop.
_STOP_SECONDS = 2


class EndedStream(EventSourceResponse):
    """A stream that ends as a whole answer does, even where it is cut short; otherwise the server complains."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and send the end if that is still to be sent."""
        is_open = False

        async def noted(message: Message) -> None:
            nonlocal is_open
            await send(message)
            is_open = message["type"] == "http.response.start" or message.get("more_body", False)

        await super().__call__(scope, receive, noted)
        if is_open:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class Stream:
    """The endpoint of the stream."""

    def __init__(self, conversations: Conversations, site: Site, clock: Clock) -> None:
        self._conversations = conversations
        self._site = site
        self._clock = clock

    async def open(self, request: Request) -> Response:
        """A stream from the turn after Last-Event-ID, or `after`; none for a browser that has no conversation."""
        browser = browser_of(request, self._site)
        if browser.fresh or browser.left:
            return Response(status_code=204)  # which tells an EventSource not to come again
        after = number(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        mark = request.query_params.get("mark", "")
        stopping = anyio.Event()
        news = self._news(browser, after, mark, stopping)
        return EndedStream(news, ping=_PING_SECONDS, shutdown_event=stopping, shutdown_grace_period=_STOP_SECONDS)

    async def _news(
        self, browser: Browser, after: int, mark: str, stopping: anyio.Event
    ) -> AsyncIterator[ServerSentEvent]:
        if self._site.off:
            yield ServerSentEvent("switched off", event="reload")
            return
        changes = self._conversations.changes(CHANNEL, browser.address)
        # Listening before reading, so that nothing said in between is missed.
        heard = asyncio.ensure_future(anext(changes, None))
        stopped = asyncio.ensure_future(stopping.wait())
        try:
            while not stopped.done():
                new = await self._passage(browser, after)
                if mark and mark_of(new) != mark:
                    yield ServerSentEvent("another conversation", event="reload")
                    return
                if new.entries:
                    now = view(await self._passage(browser, max(0, after - _LOOK_BACK)) if after else new)
                    yield self._turns(browser, now, after)
                    after = now.last
                await asyncio.wait({heard, stopped}, timeout=self._site.recheck, return_when=asyncio.FIRST_COMPLETED)
                if heard.done():
                    if heard.result() is None:
                        return
                    heard = asyncio.ensure_future(anext(changes, None))
        finally:
            heard.cancel()
            stopped.cancel()

    async def _passage(self, browser: Browser, after: int) -> Passage:
        newest = None if after else TURNS
        return await self._conversations.passage(CHANNEL, browser.address, after, newest)

    def _turns(self, browser: Browser, now: View, after: int) -> ServerSentEvent:
        shown = conversation(now, after=after, year=london_date(self._clock()).year)
        html = render("news.html", browser, self._site, shown)
        return ServerSentEvent(html, event="turns", id=str(now.last), retry=_RETRY_MS)
