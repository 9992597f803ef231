"""Who may use a route, said by the route itself: anyone, whoever is signed in, or whoever holds one of some roles."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.web.pages import Endpoint, kindly
from adapters.web.security import SecurityHeaders
from adapters.web.site import Site
from bot.storage.people import Person


@dataclass(frozen=True)
class Access:
    """Who may use a route; no `roles` where any role in the area will do."""

    signed_in: bool
    roles: frozenset[str] = frozenset()

    def admits(self, person: Person, area: str) -> bool:
        """Whether someone who is signed in may use it."""
        return not self.roles or person.has(area, *self.roles)


ANYONE = Access(signed_in=False)


@dataclass(frozen=True)
class Ruled:
    """An endpoint that keeps to the access it states; `answer` is what a route is given."""

    access: Access
    endpoint: Endpoint

    async def answer(self, request: Request) -> Response:
        """Answer as the endpoint does."""
        return await self.endpoint(request)


def route(method: str, path: str, access: Access, endpoint: Endpoint, site: Site) -> Route:
    """A route that says who may use it, its answers protected and kept by nobody."""
    ruled = Ruled(access, kindly(endpoint, site))
    return Route(path, ruled.answer, methods=[method], middleware=[Middleware(SecurityHeaders, secure=site.secure)])


def access_of(route: BaseRoute) -> Access | None:
    """Who may use a route; None where it does not say."""
    ruled = getattr(getattr(route, "endpoint", None), "__self__", None)
    return ruled.access if isinstance(ruled, Ruled) else None
