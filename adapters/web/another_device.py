"""Carrying on from another device: gives a code, and spends one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web import fields
from adapters.web.browser import Browser, browser_of, checked, come_back, remember
from adapters.web.chat import NEWEST
from adapters.web.conversations import CHANNEL, Conversations
from adapters.web.pages import page
from adapters.web.render import clock_time
from adapters.web.site import Site
from bot.clock import Clock
from bot.requests import CODE_LASTS

_LONGEST_CODE = 40
NO_CODE = "Type the code from your other device"
WRONG = (
    "That code did not work. Check it, or get a new one: codes work once, for 15 minutes. "
    "After many wrong tries none works for a while"
)


class AnotherDevice:
    """The endpoints for codes."""

    def __init__(self, conversations: Conversations, site: Site, clock: Clock) -> None:
        self._conversations = conversations
        self._site = site
        self._clock = clock

    async def ask(self, request: Request) -> Response:
        """The form for a code; nothing is spent by looking at it."""
        return await self._form(browser_of(request, self._site))

    async def spend(self, request: Request) -> Response:
        """Lead this browser to the conversation of a code."""
        browser, sent = await checked(request, self._site)
        code = fields.one(sent, fields.CODE)
        if not code:
            return await self._form(browser, NO_CODE)
        here = (CHANNEL, browser.address)
        if not await self._conversations.redeem(*here, code[:_LONGEST_CODE], self._clock()):
            return await self._form(browser, WRONG)
        response = RedirectResponse(NEWEST, 303)
        remember(response, browser, self._site)
        come_back(response, self._site)
        return response

    async def give(self, request: Request) -> Response:
        """A new code for this browser's conversation."""
        browser, _ = await checked(request, self._site)
        at = self._clock()
        code = await self._conversations.resume_code(CHANNEL, browser.address, at)
        return page("code.html", browser, self._site, {"code": code, "until": clock_time(at + CODE_LASTS)})

    async def to_form(self, _request: Request) -> Response:
        """Where a code's own page is asked for without a form: to the form."""
        return RedirectResponse("/resume", 303)

    async def _form(self, browser: Browser, problem: str = "") -> Response:
        passage = await self._conversations.passage(CHANNEL, browser.address, newest=1)
        values = {"problem": problem, "begun": bool(passage.entries)}
        return page("resume.html", browser, self._site, values, 422 if problem else 200)
