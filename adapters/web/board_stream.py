"""News for an open page of the board: reminders noted for its person since it was shown, as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.web.board_office import BOARD, CASES, Office
from adapters.web.fields import number
from adapters.web.stream import EndedStream
from adapters.web.visitor import Visitor
from bot.storage import nudges
from bot.storage.nudges import Noted

_RETRY_MS = 5000
_PING_SECONDS = 20
_STOP_SECONDS = 2


@dataclass(frozen=True)
class BoardStream:
    """The endpoint of the stream."""

    office: Office

    def routes(self) -> list[BaseRoute]:
        """Its one address."""
        return [self.office.door.get(f"{BOARD}/stream", self.open, roles=CASES, uses=False)]

    async def open(self, request: Request, visitor: Visitor) -> Response:
        """A stream of what comes after a nudge's id; none for whoever names none."""
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")
        if not after:
            return Response(status_code=204)  # which tells an EventSource not to come again
        stopping = anyio.Event()
        news = self._news(visitor, number(after), stopping)
        return EndedStream(news, ping=_PING_SECONDS, shutdown_event=stopping, shutdown_grace_period=_STOP_SECONDS)

    async def _news(self, visitor: Visitor, after: int, stopping: anyio.Event) -> AsyncIterator[ServerSentEvent]:
        # By the person: whoever works on the board alone may have no conversation here.
        changes = self.office.exchange.news_of(visitor.person.id)
        heard = asyncio.ensure_future(anext(changes, None))
        stopped = asyncio.ensure_future(stopping.wait())
        try:
            while not stopped.done():
                found = await self._found(visitor, after)
                if found is None:
                    yield ServerSentEvent("ended", event="ended")
                    return
                if found:
                    after = found[-1].id
                    lines = "\n".join(dict.fromkeys(one.line.replace("\n", " ") for one in found))
                    yield ServerSentEvent(lines, event="news", id=str(after), retry=_RETRY_MS)
                await asyncio.wait(
                    {heard, stopped}, timeout=self.office.door.site.recheck, return_when=asyncio.FIRST_COMPLETED
                )
                if heard.done():
                    heard = asyncio.ensure_future(anext(changes, None))
        finally:
            heard.cancel()
            stopped.cancel()

    async def _found(self, visitor: Visitor, after: int) -> list[Noted] | None:
        """What is new; None once the session has ended. An open page alone does not keep a session going."""
        at = self.office.door.clock()
        if await self.office.door.keeper.visit(visitor.token, at, uses=False) is None:
            return None
        return await self.office.exchange.database.run(lambda c: nudges.news(c, visitor.person.id, after, at))
