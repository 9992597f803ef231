"""Puts choices and dates back in their form after a slip, without JavaScript; never words typed freely."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.fields import CHOICE, DATE_PARTS, FORM, PROMPT, Sent
from adapters.web.site import Site

_COOKIE = "slip"
_SECONDS = 60
_KEPT = (PROMPT, FORM, CHOICE, *DATE_PARTS)
_LONGEST = 40
_MOST_CHOICES = 20


def keep(response: Response, sent: Sent, site: Site) -> None:
    """Let the browser bring its choices along when it loads the page again."""
    kept = [(name, value[:_LONGEST]) for name in _KEPT for value in sent.get(name, ())[:_MOST_CHOICES]]
    response.set_cookie(
        _COOKIE, urlencode(kept), _SECONDS, path="/chat", secure=site.secure, httponly=True, samesite="lax"
    )


def kept(request: Request) -> Sent:
    """What was kept of the last form; nothing where there was no slip."""
    return {name: values for name, values in parse_qs(request.cookies.get(_COOKIE, "")).items() if name in _KEPT}


def drop(response: Response, site: Site) -> None:
    """Forget it."""
    response.delete_cookie(_COOKIE, path="/chat", secure=site.secure, httponly=True, samesite="lax")
