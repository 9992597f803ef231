"""Opens the pigeon channel."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.channels import Around
from adapters.endpoint import Refused, endpoint, json_object
from adapters.pigeon.capabilities import CAPABILITIES
from adapters.pigeon.letter import NAME, parse, render
from adapters.pigeon.settings import PigeonSettings
from bot.channel import Unreachable
from bot.messages import Reply


def missing(settings: PigeonSettings) -> str:
    """What has to be set before letters can be taken."""
    return "" if settings.pigeon_ring.get_secret_value() else "set BOT_PIGEON_RING to what is engraved on the rings"


def opened(around: Around[PigeonSettings]) -> Pigeons:
    """The channel in this process."""
    return Pigeons(around)


class Loft:
    """The channel: one flight for each letter."""

    name, limits = NAME, CAPABILITIES.limits

    def __init__(self, port: int) -> None:
        self._port = port

    async def send(self, _: str, reply: Reply) -> str:
        """Fly a letter to the loft. Raises Unreachable."""
        try:
            _, out = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            raise Unreachable("the loft is closed", permanent=False) from None
        out.write(render(reply))
        out.close()
        await out.wait_closed()
        return ""

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """Each pigeon for itself."""
        return (address,)


class Pigeons:
    """The channel and its window."""

    def __init__(self, around: Around[PigeonSettings]) -> None:
        self._around = around
        self.channel = Loft(around.settings.pigeon_loft)
        self._came = False

    def routes(self) -> Sequence[BaseRoute]:
        """The window that pigeons fly in by."""
        return (endpoint("/pigeon", self._landed, self._around.warn, admitting=self._admit),)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """There is nothing to open."""
        yield

    @asynccontextmanager
    async def taking(self) -> AsyncIterator[None]:
        """There is nothing to open."""
        yield

    def trouble(self) -> str:
        """What is wrong now."""
        return "" if self._came else "no pigeon has come yet"

    def _admit(self, headers: Headers) -> None:
        ring = self._around.settings.pigeon_ring.get_secret_value()
        if not hmac.compare_digest(headers.get("X-Ring", ""), ring):
            raise Refused(403)

    async def _landed(self, _: Request, body: bytes) -> Response:
        turn = parse(json_object(body), self._around.clock())
        if turn is None:
            raise Refused(400)
        await self._around.exchange.take(turn)
        self._came = True
        return Response()
