"""The door to pages for people who are signed in: lets them in and out, and turns everyone else away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from adapters.web import fields
from adapters.web.access import Access, route
from adapters.web.browser import (
    browser_of,
    check_csrf,
    check_origin,
    cookie,
    is_csrf,
    is_of_another_time,
    new_browser,
    note_shown_to,
    remember,
    say_cleared,
    set_cookie,
)
from adapters.web.fields import Sent
from adapters.web.on_this_machine import came_by_itself
from adapters.web.pages import Endpoint, page
from adapters.web.refused import NOT_YOURS, Refused
from adapters.web.render import pieces_of
from adapters.web.return_to import TO, asked_for
from adapters.web.security import sent_by
from adapters.web.site import Site
from adapters.web.visitor import Visitor, form_mark
from bot.clock import Clock
from bot.people.signing_in import Arrival, Doorkeeper, Gone, How

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# To the sign-in service, and where it sends people back to.
GO = f"{SIGN_IN}/go"
BACK = f"{SIGN_IN}/back"
# Why somebody is at the page to sign in at.
SAID = "said"
# That what they pressed was not done.
UNSENT = "unsent"
_COOKIE = "session"
# What a form carries of the page that showed it, which a later page has of its own.
_OF_THE_PAGE = frozenset({fields.CSRF, fields.AGAIN, fields.TYPED_BY, fields.ANOTHERS})
# What a form's own page is about, as its address says it.
_ABOUT = (fields.CLOCK, fields.ENTRY, fields.START, fields.TOPIC)
# How many bits of an address of the newer kind one household or office has.
_ONES_OWN = 64

Shown = Callable[[Request, Visitor], Awaitable[Response]]
Done = Callable[[Request, Visitor, Sent], Awaitable[Response]]


class Door:
    """What makes routes for people who are signed in. `local` allows signing in as anyone, on this machine alone."""

    def __init__(self, keeper: Doorkeeper, site: Site, clock: Clock, *, local: bool) -> None:
        self.keeper = keeper
        self.site = site
        self.clock = clock
        self.local = local

    def get(self, path: str, endpoint: Shown, *, roles: Collection[str] = (), uses: bool = True) -> Route:
        """A page for whoever holds one of the roles in this area; without `roles`, for whoever holds any.

        It keeps the session going, unless by `uses` an open page asks for it by itself.
        """
        access = Access(signed_in=True, roles=frozenset(roles))

        async def guarded(request: Request) -> Response:
            visitor = await self.visitor(request, uses=uses)
            if visitor is None:
                return self._to_sign_in(request)
            if not access.admits(visitor.person, self.keeper.area):
                raise Refused(403, NOT_YOURS)
            return await endpoint(request, visitor)

        return route("GET", path, access, guarded, self.site)

    def post(self, path: str, endpoint: Done, *, roles: Collection[str] = (), again: Done | None = None) -> Route:
        """What a form of such a page does; the endpoint is given what the form sent, found to be of this session.

        `again` shows a form that was sent after its session had ended once more, as it was filled in, and does nothing.
        So it does with one that is not of this session: whoever sent it may have signed in again in another tab. What
        somebody else typed is kept for them, and shown to nobody.
        """
        access = Access(signed_in=True, roles=frozenset(roles))

        async def guarded(request: Request) -> Response:
            check_origin(request, self.site)
            visitor = await self.visitor(request)
            if visitor is None and not again:
                return self._to_sign_in(request)
            sent = await sent_by(request)
            if again and _is_anothers(sent, visitor.mark if visitor else ""):
                return self._unsent(request, sent, is_anothers=True)
            if visitor is None:
                return self._unsent(request, sent)
            if not access.admits(visitor.person, self.keeper.area):
                if again and fields.typed_by(sent) and _holds_words(sent):
                    # Their role ended while they typed.
                    return self._unsent(request, sent)
                raise Refused(403, NOT_YOURS)
            token = fields.token(sent)
            if again and (fields.AGAIN in sent or not is_csrf(visitor.csrf, token)):
                return await again(request, visitor, sent)
            check_csrf(visitor.csrf, token)
            return await endpoint(request, visitor, sent)

        return route("POST", path, access, guarded, self.site)

    async def visitor(self, request: Request, *, uses: bool = True) -> Visitor | None:
        """Who is signed in, if anyone is; that keeps the session going, unless it is no use of it by `uses`."""
        token = cookie(request, self.site, _COOKIE)
        visit = await self.keeper.visit(token, self.clock(), uses=uses) if token else None
        # What was begun for trying does not outlive it: a proxy may be in front by now.
        if visit is None or (visit.session.how == "local" and not self.lets_try(request)):
            return None
        return Visitor(visit, browser_of(request, self.site), self.site, token)

    def lets_try(self, request: Request) -> bool:
        """Whether somebody may sign in as anyone, to try the bot."""
        return self.local and came_by_itself(request)

    async def let_in(self, request: Request, person_id: str, how: How, to: str) -> Response:
        """Sign somebody in, and on to where they wanted to go."""
        fresh = new_browser(joined=True)
        here = browser_of(request, self.site)
        arrival = Arrival(cookie(request, self.site, _COOKIE), here.address, fresh.address, here.joined)
        entered = await self.keeper.sign_in(person_id, how, arrival, self.clock())
        response = RedirectResponse(to, 303)
        set_cookie(response, self.site, _COOKIE, entered.token, None)
        say_cleared(response, self.site, is_so=entered.cleared)
        remember(response, fresh, self.site)
        return response

    async def let_out(self, visitor: Visitor, to: str) -> Response:
        """Sign somebody out, and on to a page that says so."""
        await self.keeper.sign_out(visitor.token, visitor.browser.address, self.clock())
        response = RedirectResponse(to, 303)
        self.take_key(response)
        remember(response, new_browser(), self.site)
        return response

    async def bring_back(self, request: Request) -> None:
        """Lead whoever is signed in to what they left, where that is known to be theirs only now."""
        if token := cookie(request, self.site, _COOKIE):
            await self.keeper.bring_back(token, browser_of(request, self.site).address, self.clock())

    def take_key(self, response: Response) -> None:
        """Take the session's cookie away from the browser."""
        set_cookie(response, self.site, _COOKIE, "", 0)

    def follows(self, endpoint: Endpoint, page: str = "") -> Endpoint:
        """A page for anyone: once whoever signed in is out again, the browser is new there, and nobody's.

        `page` is where a form's own page is, where that has another address.
        """

        async def followed(request: Request) -> Response:
            if (was := await self._left(request)) is None:
                return await endpoint(request)
            response = RedirectResponse(asked_for(request) or page or request.url.path, 303)
            remember(response, new_browser(), self.site)
            say_cleared(response, self.site, is_so=was.cleared)
            return response

        return followed

    def theirs(self, endpoint: Endpoint) -> Endpoint:
        """A page of the conversation: once whoever signed in is out again, it is shown to nobody who is not them.

        What they typed meanwhile is given back, and they are led to sign in and back to where they were.
        """

        async def kept(request: Request) -> Response:
            was = await self._left(request)
            if was is None:
                sent = await sent_by(request) if request.method == "POST" else {}
                if fields.typed_by(sent) and _is_anothers(sent, browser_of(request, self.site).shown_to):
                    check_origin(request, self.site)
                    return self._unsent(request, sent, is_anothers=True)
                if _holds_words(sent) and is_of_another_time(browser_of(request, self.site), self.site, sent):
                    check_origin(request, self.site)
                    return self._unsent(request, sent, for_anyone=True, was_nobody=not fields.typed_by(sent))
                return await endpoint(request)
            if fields.BY_STREAM in request.headers:
                # The page's script sends it once more as a browser does without one, which shows what is said of it.
                return Response(status_code=403)
            if request.method == "POST":
                check_origin(request, self.site)
                by = form_mark(self.site, was.whose) if was.whose else ""
                response = self._unsent(request, await sent_by(request), by=by, for_anyone=True)
            else:
                response = self._to_sign_in(request)
                say_cleared(response, self.site, is_so=was.cleared)
            remember(response, new_browser(), self.site)
            return response

        return kept

    def ends(self, endpoint: Endpoint) -> Endpoint:
        """What follows the conversation by itself: it ends with the session, and gives the browser no other cookie.

        It keeps no session going: an open page alone does not.
        """

        async def ended(request: Request) -> Response:
            is_over = await self._left(request, uses=False) is not None
            return Response(status_code=204) if is_over else await endpoint(request)

        return ended

    async def _left(self, request: Request, *, uses: bool = True) -> Gone | None:
        """Who this browser was and is not any more; it is nobody from here on.

        None where it goes on as it was.
        """
        browser = browser_of(request, self.site)
        if not browser.joined:
            return None
        if (visitor := await self.visitor(request, uses=uses)) is not None:
            note_shown_to(request, visitor.mark)
            return None
        return await self.keeper.let_go(browser.address, self.clock())

    def _unsent(
        self,
        request: Request,
        sent: Sent,
        *,
        by: str = "",
        is_anothers: bool = False,
        for_anyone: bool = False,
        was_nobody: bool = False,
    ) -> Response:
        """What was typed, given back: it has been recorded nowhere, and can be sent from here after signing in.

        `by` is the mark of who typed it, where the form does not say. `is_anothers`: not theirs who are signed in, so
        they are not shown it. `for_anyone`: it can be sent without. `was_nobody`: nobody was signed in who typed it.
        """
        kept = [(name, value) for name, values in sent.items() if name not in _OF_THE_PAGE for value in values]
        # Words alone are read back: what was chosen is an id here.
        words = [] if is_anothers else [value for _, value in kept if len(value.split()) > 1]
        to_sign_in = _sign_in_at(_own_page(request, sent))
        if not is_anothers and not _holds_words(sent):
            return RedirectResponse(_sign_in_at(_own_page(request, sent), said=UNSENT), 303)
        if by := fields.typed_by(sent) or by:
            kept.append((fields.TYPED_BY, by))
        if is_anothers:
            kept.append((fields.ANOTHERS, "yes"))
        values = {"kept": kept, "words": words, "path": request.url.path, "sign_in": to_sign_in}
        values |= {
            "is_anothers": is_anothers,
            "was_nobody": was_nobody,
            "for_anyone": for_anyone,
            "danger": pieces_of(self.site.danger),
        }
        return page("unsent.html", browser_of(request, self.site), self.site, values, 409 if is_anothers else 403)

    def _to_sign_in(self, request: Request) -> Response:
        # A form's own page, so that it can be filled in again; where it has none, signing in leads to the home page.
        said = UNSENT if request.method == "POST" else "ended" if cookie(request, self.site, _COOKIE) else ""
        return RedirectResponse(_sign_in_at(asked_for(request) or request.url.path, said), 303)


def _holds_words(sent: Sent) -> bool:
    """Whether anything was typed in a form, and not only a button pressed."""
    unsaid = _OF_THE_PAGE | fields.UNTYPED
    return any(value for name, values in sent.items() if name not in unsaid for value in values)


def _is_anothers(sent: Sent, shown_to: str) -> bool:
    """Whether what was sent is not theirs who are signed in; or where nobody is, of whoever was turned away before.

    `shown_to` is the mark of who is signed in, empty for nobody.
    """
    return fields.typed_by(sent) not in ("", shown_to) if shown_to else fields.ANOTHERS in sent


def _own_page(request: Request, sent: Sent) -> str:
    """The page of a form that was sent, about what that was about."""
    about = {name: said for name in _ABOUT if (said := fields.one(sent, name))}
    return f"{request.url.path}?{urlencode(about)}" if about else request.url.path


def _sign_in_at(to: str, said: str = "") -> str:
    return f"{SIGN_IN}?{urlencode({TO: to, **({SAID: said} if said else {})})}"


def source_of(request: Request) -> str:
    """Where a request comes from, as failures to sign in are counted."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, _ONES_OWN), strict=False)) if isinstance(address, IPv6Address) else host
