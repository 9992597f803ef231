"""The pages that are there whether or not one can chat on them, and what stands where there is no chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.access import ANYONE, route
from adapters.web.browser import browser_of, leave
from adapters.web.conversations import Conversations
from adapters.web.document import document
from adapters.web.door import Door
from adapters.web.pages import Endpoint, page, refused
from adapters.web.refused import PAGES, Refused, no_chat
from adapters.web.security import SecurityHeaders, protecting
from adapters.web.site import Site

_STATIC = Path(__file__).parent / "static"
EXIT = "/chat/exit"
_OF_THE_CHAT = ("/", "/chat", "/chat/{rest:path}", "/resume", "/resume/code")


def routes(conversations: Conversations, site: Site, door: Door | None = None) -> list[BaseRoute]:
    """The routes of every page that anyone may use, to be mounted at an application's root with `error_pages`.

    With a `door`, a conversation and its documents are a person's while they are signed in.
    """
    papers = document(conversations, site)
    headers = Middleware(SecurityHeaders, secure=site.secure)

    def get(path: str, endpoint: Endpoint) -> Route:
        return route("GET", path, ANYONE, endpoint, site)

    return [
        get("/documents/{key}", door.theirs(papers) if door else papers),
        get("/accessibility", _fixed("accessibility.html", site)),
        get("/privacy", _fixed("privacy.html", site)),
        # Served whatever is: a page that is still open must be left as quickly as ever.
        get(EXIT, _exit(site)),
        route("POST", EXIT, ANYONE, _exit(site), site),
        Mount("/static", StaticFiles(directory=_STATIC), middleware=[headers, Middleware(GZipMiddleware)]),
    ]


def without_chat(site: Site, elsewhere: Sequence[str]) -> list[BaseRoute]:
    """What stands at the chat's addresses where it is not served: where to talk to the bot; after `routes`."""

    async def not_here(_: Request) -> Response:
        raise Refused(404, no_chat(elsewhere))

    return [route(method, path, ANYONE, not_here, site) for path in _OF_THE_CHAT for method in ("GET", "POST")]


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


def _exit(site: Site) -> Endpoint:
    """To a harmless page, at once; the conversation is not shown until it is asked for."""

    async def exit_(request: Request) -> Response:
        response = RedirectResponse(site.exit_url, 303)
        if not browser_of(request, site).fresh:
            leave(response, site)
        return response

    return exit_


def _fixed(name: str, site: Site) -> Endpoint:
    async def show(request: Request) -> Response:
        values = {"keep_days": site.keep_days, "idle_minutes": site.idle_minutes}
        return page(name, browser_of(request, site), site, values)

    return show
