"""The conversation: shows it, takes what is said, and comes back to it after it was left."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web import fields, slip
from adapters.web.browser import Browser, browser_of, checked, checked_or_again, come_back, remember
from adapters.web.conversations import CHANNEL, TURNS, Conversations
from adapters.web.fields import Sent, number
from adapters.web.pages import conversation, page
from adapters.web.render import View, pieces_of, view
from adapters.web.site import Site
from bot.casework.wording_board import UNSENT
from bot.clock import Clock, london_date
from bot.messages import Turn
from bot.passage import Passage

NEWEST = "/chat#latest"
_MOST_TURNS = 100_000


class Chat:
    """The endpoints of the conversation itself."""

    def __init__(self, conversations: Conversations, site: Site, clock: Clock) -> None:
        self._conversations = conversations
        self._site = site
        self._clock = clock

    async def start(self, request: Request) -> Response:
        """What this is, and the way in."""
        browser = browser_of(request, self._site)
        begun = not browser.fresh and bool((await self._passage(browser, 1)).entries)
        return page("start.html", browser, self._site, {"begun": begun, "off": pieces_of(self._site.off)})

    async def begin(self, request: Request) -> Response:
        """Begin the conversation. Only a form does: whatever merely looks at addresses leaves nothing behind."""
        browser, _ = await checked(request, self._site)
        await self._conversations.open(CHANNEL, browser.address, self._clock())
        response = RedirectResponse(NEWEST, 303)
        remember(response, browser, self._site)
        come_back(response, self._site)
        return response

    async def show(self, request: Request) -> Response:
        """The newest turns of the conversation, or as many as `turns` says, and what is asked now."""
        browser = browser_of(request, self._site)
        if browser.fresh or browser.left:
            return RedirectResponse("/", 303)
        turns = min(max(TURNS, number(request.query_params.get("turns", ""))), _MOST_TURNS)
        passage = await self._passage(browser, turns)
        if not passage.entries:
            return RedirectResponse("/", 303)
        now = view(passage, slip.kept(request))
        response = self._page(browser, now, more=None if now.is_whole else 2 * turns)
        slip.drop(response, self._site)
        return response

    async def say(self, request: Request) -> Response:
        """Take what was said; then the page again, or nothing where the script waits for the stream."""
        browser, sent, is_again = await checked_or_again(request, self._site)
        if is_again:
            return await self._again(browser, sent)
        meant = fields.said(sent)
        event = browser.event(self._site, fields.once(sent), meant)
        turn = Turn(CHANNEL, browser.address, browser.address, meant, event, self._clock())
        await self._conversations.take(turn)
        response = await self._taken(request, browser, sent)
        if browser.left:
            come_back(response, self._site)
        return response

    async def _again(self, browser: Browser, sent: Sent) -> Response:
        """What was typed by somebody who had been signed out, in the page's form again; nothing is said by it."""
        await self._conversations.open(CHANNEL, browser.address, self._clock())
        now = view(await self._passage(browser, TURNS), sent, UNSENT)
        response = self._page(browser, now, 409, more=None, text=fields.one(sent, fields.TEXT))
        remember(response, browser, self._site)
        return response

    async def back(self, request: Request) -> Response:
        """Show the conversation again after it was left."""
        await checked(request, self._site)
        response = RedirectResponse(NEWEST, 303)
        come_back(response, self._site)
        return response

    def _page(self, browser: Browser, now: View, status: int = 200, **others: object) -> Response:
        shown = conversation(now, after=0, year=london_date(self._clock()).year)
        return page("chat.html", browser, self._site, {**shown, "off": pieces_of(self._site.off), **others}, status)

    async def _passage(self, browser: Browser, turns: int) -> Passage:
        return await self._conversations.passage(CHANNEL, browser.address, newest=turns)

    async def _taken(self, request: Request, browser: Browser, sent: Sent) -> Response:
        now = view(await self._passage(browser, 1), sent)
        if fields.BY_STREAM in request.headers:
            # 205, start afresh: this turn led the browser to another conversation, which its stream does not follow,
            # or the page was opened before the chat was switched off.
            is_same = now.mark == fields.one(sent, fields.MARK) and not self._site.off
            return Response(status_code=204 if is_same else 205)
        response = RedirectResponse(NEWEST, 303)
        remember(response, browser, self._site)
        if now.asked.problem:
            slip.keep(response, sent, self._site)
        return response
