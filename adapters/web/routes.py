"""Every address of the web channel, each answer with its protecting headers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.access import ANYONE, route
from adapters.web.another_device import AnotherDevice
from adapters.web.browser import browser_of
from adapters.web.chat import Chat
from adapters.web.conversations import Conversations
from adapters.web.door import Door
from adapters.web.links import FOLLOW, Links
from adapters.web.pages import Endpoint, page, refused
from adapters.web.refused import PAGES
from adapters.web.security import SecurityHeaders, protecting
from adapters.web.site import Site
from adapters.web.stream import Stream
from bot.clock import Clock, now

_STATIC = Path(__file__).parent / "static"


def routes(
    conversations: Conversations, site: Site, clock: Clock = now, door: Door | None = None, links: Links | None = None
) -> list[BaseRoute]:
    """The routes that anyone may use, to be mounted at the root of an application together with `error_pages`.

    With a `door`, a conversation is a person's while they are signed in. With `links` it can be linked into.
    """
    chat = Chat(conversations, site, clock)
    device = AnotherDevice(conversations, site, clock)
    headers = Middleware(SecurityHeaders, secure=site.secure)
    follows = door.follows if door else _as_it_is
    leaves = door.leaves if door else _as_it_is

    def get(path: str, endpoint: Endpoint) -> Route:
        return route("GET", path, ANYONE, endpoint, site)

    def post(path: str, endpoint: Endpoint) -> Route:
        return route("POST", path, ANYONE, endpoint, site)

    return [
        get("/", chat.start),
        get("/chat", follows(links.before(chat.show) if links else chat.show)),
        post("/chat", follows(chat.say)),
        post("/chat/start", chat.begin),
        *([post(FOLLOW, follows(links.follow))] if links else []),
        get("/chat/stream", leaves(Stream(conversations, site, clock).open)),
        get("/chat/exit", chat.exit),
        post("/chat/exit", chat.exit),
        post("/chat/return", chat.back),
        get("/resume", device.ask),
        post("/resume", device.spend),
        get("/resume/code", device.to_form),
        post("/resume/code", device.give),
        get("/documents/{key}", chat.document),
        get("/accessibility", _fixed("accessibility.html", site)),
        get("/privacy", _fixed("privacy.html", site)),
        Mount("/static", StaticFiles(directory=_STATIC), middleware=[headers, Middleware(GZipMiddleware)]),
    ]


def error_pages(site: Site) -> Mapping[Any, Any]:
    """An application's exception handlers: a plain page for whatever goes wrong, never a traceback."""

    async def turned_away(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        response = refused(request, site, status if status in PAGES else 400)
        response.status_code = status
        # What goes wrong is answered outside the routes and what they put on their answers.
        response.headers.update(protecting(secure=site.secure))
        return response

    return {HTTPException: turned_away, Exception: turned_away}


def _as_it_is(endpoint: Endpoint) -> Endpoint:
    return endpoint


def _fixed(name: str, site: Site) -> Endpoint:
    async def show(request: Request) -> Response:
        values = {"keep_days": site.keep_days, "idle_minutes": site.idle_minutes}
        return page(name, browser_of(request, site), site, values)

    return show
