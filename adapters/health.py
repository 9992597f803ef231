"""The health checks and counters of a running service, and the same in one line for a command."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from adapters.delivering import Running
from adapters.in_trouble import seen_lately
from adapters.metrics import MEDIA_TYPE
from adapters.passed_on import was_passed_on
from adapters.settings import Settings
from adapters.web.access import ANYONE, route
from adapters.web.site import Site
from adapters.workplace import CannotOpen, glanced, nothing_kept
from bot.clock import now
from bot.delivering.watchdog import WAS_AWAY, look, troubles
from bot.delivering.wording_delivery import how_long
from bot.exchange import Exchange
from bot.published import Published
from bot.storage import DatabaseTrouble

# Sooner than the check of a container gives up.
_WITHIN_SECONDS = 3.0


class Health:
    """How this process is. `running` is its delivery, None before it has begun.

    `published` keeps its content up with what is published. The database is waited for `within` seconds: whoever asks
    seldom waits for longer.
    """

    def __init__(
        self,
        exchange: Exchange,
        published: Published | None = None,
        within: float = _WITHIN_SECONDS,
    ) -> None:
        self._within = within
        self._exchange = exchange
        self._published = published
        self.running: Running | None = None

    async def live(self, _: Request) -> Response:
        """That the process answers."""
        return PlainTextResponse("live\n")

    async def ready(self, _: Request) -> Response:
        """That people are answered and reminders looked after here; kinds of trouble, with no count and no name."""
        try:
            async with asyncio.timeout(self._within):
                await self._exchange.database.run(lambda connection: connection.exec_driver_sql("SELECT 1"))
        except (DatabaseTrouble, TimeoutError):
            return PlainTextResponse("not ready: the database does not answer\n", 503)
        silent = self.running.silent_for() if self.running else None
        if silent is not None:
            return PlainTextResponse(f"not ready: the watch has not run here for {how_long(silent)}\n", 503)
        degraded = f", degraded: {why}" if (why := self._exchange.mind.degraded) else ""
        seen = [one.name for one in self.running.watchdog.seen] if self.running else []
        platforms = self.running.platforms.now() if self.running else {}
        seen += [f"{name} ({trouble})" for name, trouble in platforms.items()]
        seen += [self._published.trouble] if self._published is not None and self._published.trouble else []
        mend = f", to mend: {', '.join(seen)}" if seen else ""
        return PlainTextResponse(f"ready{degraded}{mend}\n")

    async def metrics(self, request: Request) -> Response:
        """The counters, for whoever reaches this process itself; not for the public that a proxy lets through."""
        if self.running is None or was_passed_on(request.headers.keys()):
            return PlainTextResponse("not here\n", 404)
        return Response(self.running.meters.text(), media_type=MEDIA_TYPE)

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The routes, open to anyone."""
        known = (("/health/live", self.live), ("/health/ready", self.ready), ("/metrics", self.metrics))
        return tuple(route("GET", path, ANYONE, answer, site) for path, answer in known)


def check(settings: Settings, *, running_only: bool = False) -> tuple[bool, str]:
    """Whether all is well with whichever processes share the database, and a line that says so.

    With `running_only` what people have to mend is said and passes: starting the process again would not mend it.
    """
    at = now()
    try:
        found = glanced(
            settings,
            lambda connection: (look(connection, at), seen_lately(connection, at)),
        )
    except CannotOpen as fault:
        return False, str(fault)
    if found is None and not settings.data_dir.exists():
        return False, nothing_kept(settings)
    standing, platforms = found or (None, [])
    seen = troubles(standing, at)
    if any(one.name == "watch stopped" for one in seen):
        return False, next(one.words for one in seen if one.name == "watch stopped")
    lately = " ".join(one.words for one in seen if one.ended)
    if mend := [*(one.name for one in seen if not one.ended), *platforms]:
        return running_only, f"to mend: {', '.join([*mend, *([WAS_AWAY] if lately else [])])}"
    return True, f"well now. {lately}" if lately else "well"
