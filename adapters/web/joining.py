"""Joining an account with a code: a page that shows what the code would do, and a button that does it.

A link is opened by more than people: whatever draws previews or looks for harm opens it too. So opening spends nothing.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import fields
from adapters.web.access import ANYONE, route
from adapters.web.browser import Browser, browser_of, checked
from adapters.web.conversations import CHANNEL
from adapters.web.door import Door
from adapters.web.pages import Endpoint, page
from bot.people.join_desk import JoinDesk

JOIN = "/join"
DONE = f"{JOIN}/done"
NO_CODE = "Type the code you were given"
_LONGEST_CODE = 40


class Joining:
    """The endpoints for join codes; the account is this browser's conversation."""

    def __init__(self, desk: JoinDesk, door: Door) -> None:
        self._desk = desk
        self._door = door

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""

        def one(method: str, path: str, endpoint: Endpoint) -> BaseRoute:
            # Where a session has ended, what is joined must not become that person's.
            return route(method, path, ANYONE, self._door.follows(endpoint), self._door.site)

        return [
            one("GET", JOIN, self.ask),
            one("POST", JOIN, self.typed),
            one("GET", DONE, self.done),
            one("GET", f"{JOIN}/{{code}}", self.opened),
            one("POST", f"{JOIN}/{{code}}", self.confirmed),
        ]

    async def ask(self, request: Request) -> Response:
        """The form for a code."""
        return self._form(browser_of(request, self._door.site))

    async def typed(self, request: Request) -> Response:
        """What a typed code would do."""
        browser, sent = await checked(request, self._door.site)
        code = fields.one(sent, fields.CODE)
        return await self._shown(browser, code) if code else self._form(browser, NO_CODE)

    async def opened(self, request: Request) -> Response:
        """What the code of a link would do."""
        return await self._shown(browser_of(request, self._door.site), request.path_params["code"])

    async def confirmed(self, request: Request) -> Response:
        """Do it."""
        browser, _ = await checked(request, self._door.site)
        code = request.path_params["code"][:_LONGEST_CODE]
        problem = await self._desk.confirm((CHANNEL, browser.address), code, self._door.clock())
        if problem:
            return self._form(browser, problem)
        await self._door.bring_back(request)
        return RedirectResponse(DONE, 303)

    async def done(self, request: Request) -> Response:
        """Says that it is done."""
        return page("joined.html", browser_of(request, self._door.site), self._door.site, {})

    async def _shown(self, browser: Browser, code: str) -> Response:
        seen = await self._desk.look((CHANNEL, browser.address), code[:_LONGEST_CODE], self._door.clock())
        if isinstance(seen, str):
            return self._form(browser, seen)
        values = {"text": seen.text, "agree": seen.agree, "code": code[:_LONGEST_CODE]}
        return page("join.html", browser, self._door.site, values)

    def _form(self, browser: Browser, problem: str = "") -> Response:
        return page("join_code.html", browser, self._door.site, {"problem": problem}, 422 if problem else 200)
