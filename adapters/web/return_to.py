"""Where to go after signing in: only to a page of ours that there is, never to another site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from starlette.requests import Request
from starlette.routing import BaseRoute, Match

from adapters.web.access import access_of

HOME = "/home"
# What is shown of the conversation, to anyone. A document is looked at where it stands: it is a file and no page, so
# whoever went straight to it would be left looking at the page they signed in at.
_SHOWN = {"/chat": "/chat", "/resume": "/resume", "/documents": "/chat"}
# In the address of the page to sign in at, and in its form.
TO = "to"
_LONGEST = 500
# What may stand in a path and its query, besides %: no backslash, which browsers read as a slash, and nothing unseen.
_LOCAL = re.compile(r"/[A-Za-z0-9/._~%?=&+:@,;-]*")


def asked_for(request: Request) -> str:
    """The address of a page that somebody looked at; empty where it was not only looked at."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}" if request.method in {"GET", "HEAD"} else ""


def local(to: str, routes: Sequence[BaseRoute]) -> str:
    """The same address if it is of the conversation, or a page of ours for those signed in; otherwise the home page.

    What is no page but only does something leads to the page that it stands under.
    """
    if len(to) > _LONGEST or to.startswith("//") or not _LOCAL.fullmatch(to):
        return HOME
    path, asks, query = to.partition("?")
    while path:
        if path in _SHOWN:
            return _SHOWN[path] + asks + query
        if any(_shows(route, unquote(path)) for route in routes):
            return path + asks + query
        path = path.rpartition("/")[0]
    return HOME


def _shows(route: BaseRoute, path: str) -> bool:
    access = access_of(route)
    looked_at = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return access is not None and access.signed_in and route.matches(looked_at)[0] is Match.FULL
