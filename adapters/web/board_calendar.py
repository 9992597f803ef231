"""Deadlines in a calendar: as a file to keep, and at a secret address that a calendar follows."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web.access import ANYONE, route
from adapters.web.board import asked_by
from adapters.web.board_office import BOARD, CALENDAR, CASES, Office
from adapters.web.fields import Sent
from adapters.web.visitor import Visitor
from bot.cases.calendar import MEDIA_TYPE, deadlines
from bot.casework import board_reading, following
from bot.casework.casework import Desk

FOLLOWED = "/calendar"
_SUFFIX = ".ics"


@dataclass(frozen=True)
class BoardCalendar:
    """The endpoints for calendars."""

    office: Office

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door = self.office.door
        return [
            door.get(f"{BOARD}/deadlines.ics", self.file, roles=CASES),
            door.get(CALENDAR, self.show, roles=CASES),
            door.post(CALENDAR, self.begin, roles=CASES),
            door.post(f"{CALENDAR}/end", self.end, roles=CASES),
            # Whoever knows the address: calendars sign in nowhere.
            route("GET", f"{FOLLOWED}/{{secret}}", ANYONE, self.follow, door.site),
        ]

    async def file(self, request: Request, visitor: Visitor) -> Response:
        """The deadlines of the cases that are asked for, as a file."""
        asked = asked_by(request)

        def work(desk: Desk) -> bytes:
            found = board_reading.listing(desk, visitor.person, asked, "the list of cases as a calendar")
            return deadlines([row.shown for row in found.rows], following.title(desk), desk.at)

        content = await self.office.at_desk(work)
        headers = {"Content-Disposition": 'attachment; filename="deadlines.ics"'}
        return Response(content, media_type=MEDIA_TYPE, headers=headers)

    async def show(self, _request: Request, visitor: Visitor) -> Response:
        """Whether there is an address to follow, and how to have one or end it."""
        return await self._page(visitor)

    async def begin(self, request: Request, visitor: Visitor, _sent: Sent) -> Response:
        """Make an address, which is shown this once: only a keyed hash of it is kept."""
        secret = await self.office.at_desk(lambda desk: following.begin(desk, visitor.person))
        origin = self.office.door.site.origin or f"http://{request.headers.get('host', '')}"
        return await self._page(visitor, f"{origin}{FOLLOWED}/{secret}{_SUFFIX}")

    async def end(self, _request: Request, visitor: Visitor, _sent: Sent) -> Response:
        """End the address for good."""
        await self.office.at_desk(lambda desk: following.end(desk, visitor.person))
        return RedirectResponse(CALENDAR, 303)

    async def follow(self, request: Request) -> Response:
        """The deadlines behind a secret address."""
        secret = str(request.path_params["secret"]).removesuffix(_SUFFIX)
        found = await self.office.at_desk(lambda desk: following.followed(desk, secret))
        if found is None:
            return PlainTextResponse("There is nothing here.\n", 404)
        return Response(found, media_type=MEDIA_TYPE)

    async def _page(self, visitor: Visitor, address: str = "") -> Response:
        feed = await self.office.at_desk(lambda desk: following.has(desk, visitor.person))
        return self.office.page(visitor, "board_calendar.html", CALENDAR, {"feed": feed, "address": address})
