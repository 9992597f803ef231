"""Links into the conversation: to a dialog, a topic or a question. Opening one shows what it is; a button follows it.

A link is opened by more than people: whatever draws previews or looks for harm opens it too. So that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web import fields
from adapters.web.browser import Browser, browser_of, checked_or_again, come_back, remember
from adapters.web.chat import NEWEST
from adapters.web.conversations import CHANNEL
from adapters.web.fields import START, TOPIC, Sent
from adapters.web.pages import Endpoint, page
from adapters.web.refused import Refused
from adapters.web.site import Site
from bot import link_desk
from bot.casework.wording_board import UNSENT
from bot.clock import Clock
from bot.exchange import Exchange
from bot.link_desk import LinkDesk, Named, Standing
from bot.messages import Said, Turn

FOLLOW = "/chat/link"
ASK = "ask"
_KINDS = (START, TOPIC, ASK)
_LONGEST = 500
NO_QUESTION = "Type your question"


@dataclass(frozen=True)
class _Link:
    """What a link says: its kind, what came with it, and the dialog or topic that this names, if there is one."""

    kind: str
    value: str
    named: Named | None


class Links:
    """The endpoints of links."""

    def __init__(self, exchange: Exchange, site: Site, clock: Clock) -> None:
        self._exchange = exchange
        self._desk = LinkDesk(exchange)
        self._site = site
        self._clock = clock

    def before(self, endpoint: Endpoint, followed: Callable[[Endpoint], Endpoint]) -> Endpoint:
        """The conversation's page, or what a link to it leads to, which is `followed`."""

        async def shown(request: Request) -> Response:
            link = self._link(_given(request))
            return await endpoint(request) if link is None else await self._shown(request, link)

        linked = followed(shown)

        async def led(request: Request) -> Response:
            is_link = _given(request) and not self._site.off
            return await (linked if is_link else endpoint)(request)

        return led

    async def follow(self, request: Request) -> Response:
        """Do what the link said."""
        browser, sent, is_again = await checked_or_again(request, self._site)
        if self._site.off:
            return RedirectResponse(NEWEST, 303)
        link, now = self._link(sent), await self._standing(browser)
        if link is None:
            raise Refused(400)
        if is_again:
            return await self._shown(request, link, UNSENT)
        if link.named is None and (link.kind != ASK or not link.value):
            return await self._shown(request, link, NO_QUESTION)
        await self._exchange.open(CHANNEL, browser.address, self._clock())
        for said in _said(link, now):
            event = browser.event(self._site, fields.once(sent), said)
            turn = Turn(CHANNEL, browser.address, browser.address, said, event, self._clock())
            await self._exchange.take(turn)
        response = RedirectResponse(NEWEST, 303)
        remember(response, browser, self._site)
        come_back(response, self._site)
        return response

    def _link(self, given: Sent) -> _Link | None:
        kind = next((one for one in _KINDS if one in given), "")
        if not kind:
            return None
        value = fields.one(given, kind)
        if len(value) > _LONGEST:
            raise Refused(413)
        find = {START: self._desk.dialog, TOPIC: self._desk.topic}.get(kind)
        return _Link(kind, value, find(value) if find else None)

    async def _standing(self, browser: Browser) -> Standing:
        if browser.fresh:
            return Standing()
        return await self._desk.standing(CHANNEL, browser.address, self._clock())

    async def _shown(self, request: Request, link: _Link, problem: str = "") -> Response:
        browser = browser_of(request, self._site)
        now = await self._standing(browser)
        values: dict[str, object] = {"link": link, "follow": FOLLOW, "ask": ASK}
        if link.kind != ASK and link.named is None:
            like = self._desk.like(link.value) if link.kind == TOPIC else ()
            known = {"dialogs": self._desk.dialogs(), "topics": self._desk.topics(), "like": like}
            return page("link_unknown.html", browser, self._site, {**values, **known}, 404)
        # After "Exit this page" nothing of the conversation is shown until it is asked for.
        values |= {"under_way": Standing() if browser.left else now, "problem": problem}
        return page("link.html", browser, self._site, values, 422 if problem else 200)


def _given(request: Request) -> Sent:
    return {name: request.query_params.getlist(name) for name in _KINDS if name in request.query_params}


def _said(link: _Link, now: Standing) -> Iterable[Said]:
    if link.named is None:
        return link_desk.asks(link.value, now)
    return link_desk.begins(link.named, now) if link.kind == START else link_desk.asks_for(link.named)
