"""Signing out: ends the session of whoever pressed the button, and leaves nobody signed in who thinks they are out."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from adapters.web import fields
from adapters.web.access import Access, route
from adapters.web.browser import browser_of, check_origin, is_csrf, new_browser, remember
from adapters.web.door import SAID, SIGN_IN, SIGN_OUT, Door
from adapters.web.fields import Sent
from adapters.web.render import pieces_of
from adapters.web.security import sent_by
from adapters.web.visitor import Visitor

OUT = f"{SIGN_IN}?{urlencode({SAID: 'out'})}"


class SignOut:
    """The endpoint of the button. A page that has been open since an earlier session has it too."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def route(self) -> Route:
        """Its one address."""
        return route("POST", SIGN_OUT, Access(signed_in=True), self.press, self._door.site)

    async def press(self, request: Request) -> Response:
        """Sign out whoever pressed it; where somebody else is signed in by now, say so and let them do it."""
        check_origin(request, self._door.site)
        visitor = await self._door.visitor(request)
        if visitor is None:
            return await self._is_out(request)
        if _is_theirs(visitor, await sent_by(request)):
            return await self._door.let_out(visitor, OUT)
        values = {"sign_out": SIGN_OUT, "danger": pieces_of(self._door.site.danger)}
        return visitor.page("still_in.html", values, 409)

    async def _is_out(self, request: Request) -> Response:
        """Nobody is signed in. What was theirs is shown to nobody from here on."""
        response, browser = RedirectResponse(OUT, 303), browser_of(request, self._door.site)
        if browser.joined:
            await self._door.keeper.let_go(browser.address, self._door.clock())
            remember(response, new_browser(), self._door.site)
        self._door.take_key(response)
        return response


def _is_theirs(visitor: Visitor, sent: Sent) -> bool:
    """Whether whoever is signed in was shown the button, in this session or an earlier one of theirs.

    No other site can know either sign of it, nor be taken for ours: so none can press it for them.
    """
    return is_csrf(visitor.csrf, fields.token(sent)) or is_csrf(visitor.mark, fields.typed_by(sent))
