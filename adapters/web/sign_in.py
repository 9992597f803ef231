"""The pages for signing in and out, and the page that those who are signed in begin at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import fields, not_signed_in
from adapters.web.access import ANYONE, Access, route
from adapters.web.browser import browser_of, checked
from adapters.web.door import SAID, SIGN_IN, UNSENT, Door, source_of
from adapters.web.not_signed_in import NotSignedIn
from adapters.web.pages import Endpoint, page
from adapters.web.render import pieces_of
from adapters.web.return_to import HOME, TO, local
from adapters.web.sign_out import SignOut
from adapters.web.visitor import Visitor
from bot.people.people import label
from bot.storage.people import Person
from bot.wording_people import role

# In the form for trying: who to be.
WHO = "who"
NOBODY_CHOSEN = "Choose who to sign in as"
# A join by code ends as well: whoever sits here next must not be them.
_NOBODYS = (
    "Your conversation is kept, and comes back when you sign in. If you had joined this browser to yourself with a "
    "code, join it again."
)
_SAID = {
    "out": f"You are signed out. {_NOBODYS}",
    "ended": "You were signed out. That happens after a while without use, after a day’s work, when a role ends, and "
    f"when you take this browser away from your accounts. {_NOBODYS}",
    UNSENT: "Nothing was recorded: you were signed out before you pressed that. Please sign in and press it again.",
}


@dataclass(frozen=True)
class Entry:
    """A page that the home page leads to, for those whose `access` it is."""

    path: str
    label: str
    about: str
    access: Access


class SignIn:
    """The endpoints. `service` is what the button says people sign in with, empty where no service is set up."""

    def __init__(self, door: Door, area: str, service: str, entries: Sequence[Entry] = ()) -> None:
        self._door = door
        self._area = area
        self._service = service
        self._entries = entries

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door = self._door
        return [
            route("GET", SIGN_IN, ANYONE, plainly(self.ask, door), door.site),
            route("POST", SIGN_IN, ANYONE, plainly(self.try_as, door), door.site),
            SignOut(door).route(),
            door.get(HOME, self.home),
        ]

    async def ask(self, request: Request) -> Response:
        """The ways to sign in; on, for whoever has."""
        to = local(wanted(request), request.app.routes)
        if await self._door.visitor(request):
            return RedirectResponse(to, 303)
        return await self._page(request, to)

    async def try_as(self, request: Request) -> Response:
        """Sign in as anyone who is registered, only for trying."""
        if not self._door.lets_try(request):
            raise NotSignedIn(not_signed_in.NOT_FOR_TRYING if self._door.local else not_signed_in.NOT_SET_UP)
        _, sent = await checked(request, self._door.site)
        to, who = local(fields.one(sent, TO), request.app.routes), fields.one(sent, WHO)
        if not who:
            return await self._page(request, to, NOBODY_CHOSEN)
        source, at = source_of(request), self._door.clock()
        if await self._door.keeper.must_wait(source, at):
            raise NotSignedIn(not_signed_in.MUST_WAIT)
        if who not in {person.id for person in await self._door.keeper.registered()}:
            await self._door.keeper.failed(source, at)
            raise NotSignedIn(not_signed_in.UNFINISHED)
        return await self._door.let_in(request, who, "local", to)

    async def home(self, _request: Request, visitor: Visitor) -> Response:
        """Who somebody is here, and where they can go."""
        area = self._door.keeper.area
        entries = [one for one in self._entries if one.access.admits(visitor.person, area)]
        values = {"area": self._area, "roles": _roles(visitor.person, area), "entries": entries}
        return visitor.page("home.html", values)

    async def _page(self, request: Request, to: str, problem: str = "") -> Response:
        tries = self._door.lets_try(request)
        why = request.query_params.get(SAID, "")
        values = {
            "area": self._area,
            "service": self._service,
            "said": _SAID.get(why, ""),
            # What was pressed in vain may have been that a child is in danger.
            "danger": pieces_of(self._door.site.danger) if why == UNSENT else (),
            "to": to,
            "tries": tries,
            "people": await self._people() if tries else (),
            "problem": problem,
        }
        browser = browser_of(request, self._door.site)
        return page("sign_in.html", browser, self._door.site, values, 422 if problem else 200)

    async def _people(self) -> list[tuple[str, str, str]]:
        """Of each who is registered: id, name and roles."""
        area = self._door.keeper.area
        return [(one.id, label(one), ", ".join(_roles(one, area))) for one in await self._door.keeper.registered()]


def wanted(request: Request) -> str:
    """Where somebody wants to go, as the address says; not checked yet."""
    return request.query_params.get(TO, "")


def plainly(endpoint: Endpoint, door: Door, wanted: Callable[[Request], str] = wanted) -> Endpoint:
    """The endpoint, with a page where somebody is not signed in by it; trying again leads to what they `wanted`."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NotSignedIn as reason:
            browser = browser_of(request, door.site)
            to = local(wanted(request), request.app.routes)
            again = SIGN_IN if to == HOME else f"{SIGN_IN}?{urlencode({TO: to})}"
            values = {"trouble": reason.trouble, "sign_in": again}
            return page("not_signed_in.html", browser, door.site, values, reason.trouble.status)

    return answered


def _roles(person: Person, area: str) -> list[str]:
    return sorted(role(one.role) for one in person.roles if one.area == area)
