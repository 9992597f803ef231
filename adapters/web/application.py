"""The web application as a whole: the page's routes and others', with a plain page for whatever goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import Lifespan

from adapters.web.routes import error_pages, routes
from adapters.web.security import SecurityHeaders
from adapters.web.site import Site
from bot.clock import Clock
from bot.exchange import Exchange
from bot.settings import Settings


def web_application(
    exchange: Exchange, settings: Settings, clock: Clock, others: Sequence[BaseRoute], lifespan: Lifespan[Starlette]
) -> Starlette:
    """The application that serves the page, and beside it `others`, such as health checks."""
    secret = exchange.keys.mac("web page", "what forms carry is signed with this")
    site = Site(secret, settings.public_url, settings.keep_days)
    return Starlette(
        routes=[*others, *routes(exchange, site, clock)],
        middleware=[Middleware(SecurityHeaders, secure=site.secure)],
        exception_handlers=error_pages(site),
        lifespan=lifespan,
    )
