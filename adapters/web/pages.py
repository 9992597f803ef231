"""Turns a template and its values into a page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from adapters.web.browser import Browser, browser_of, new_once, remember, say_cleared
from adapters.web.refused import NO_SUCH_CASE, NOT_YOURS, PAGES, Refused, Words
from adapters.web.render import View, pieces_of
from adapters.web.site import Site

Endpoint = Callable[[Request], Awaitable[Response]]


# Letters that say nothing and do something, such as turning the words after them round, or that cannot be written.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@cache
def _environment() -> Environment:
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=ChoiceLoader([PackageLoader("adapters.web", "pages"), macros]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


Values = Mapping[str, object]


def render(name: str, browser: Browser, site: Site, values: Values, csrf: str = "") -> str:
    """A template as HTML, with what every form needs: it carries `csrf`, or else what this browser's forms carry."""
    known = {
        "browser": browser,
        "site": site,
        "csrf": csrf or browser.carried(site),
        "once": values.get("once", new_once),
    }
    return _OBEYED.sub("", _environment().get_template(name).render(values, **known))


def page(name: str, browser: Browser, site: Site, values: Values, status: int = 200) -> HTMLResponse:
    """A page for a browser that is to be known again."""
    response = whole(name, browser, site, values, status)
    remember(response, browser, site)
    return response


def whole(name: str, browser: Browser, site: Site, values: Values, status: int, csrf: str = "") -> HTMLResponse:
    """A page, which says once what a browser's next page has to say."""
    response = HTMLResponse(render(name, browser, site, values, csrf), status)
    if browser.cleared:
        say_cleared(response, site, is_so=False)
    return response


def conversation(view: View, *, after: int, year: int) -> Values:
    """What the templates need to show a conversation from the turn after `after` on."""
    return {"turns": view.after(after), "asked": view.asked, "last": view.last, "mark": view.mark, "year": year}


def refused(request: Request, site: Site, status: int, words: Words | None = None) -> HTMLResponse:
    """The page that turns a request away in plain words."""
    heading, under = words or PAGES[status]
    # What was pressed in vain may have been that a child is in danger.
    danger = pieces_of(site.danger) if request.method == "POST" else ()
    is_signed_in = words in (NOT_YOURS, NO_SUCH_CASE)
    values = {"heading": heading, "words": under, "is_signed_in": is_signed_in, "danger": danger}
    return HTMLResponse(render("refused.html", browser_of(request, site), site, values), status)


def kindly(endpoint: Endpoint, site: Site) -> Endpoint:
    """The endpoint, with a page where it turns a request away."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as reason:
            return refused(request, site, reason.status, reason.words)

    return answered
