"""The board: the cases by urgency with what can be asked for, the same as a file, and the month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web.board_csv import TABLE, as_table
from adapters.web.board_office import BOARD, CASES, MONTH, Office
from adapters.web.board_view import due_in_month, group_views, week_view
from adapters.web.refused import Refused
from adapters.web.visitor import Visitor
from bot.cases import chart
from bot.casework import board, board_reading
from bot.casework.board import NOBODY, STATUSES, Asked, Status
from bot.casework.board_reading import Listing
from bot.casework.wording_board import SENT_ALREADY, UNSETTLED
from bot.casework.wording_board import STATUSES as STATUS_WORDS
from dialogs.days import EARLIEST, LATEST_START

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_LONGEST = 80


class Board:
    """The endpoints of the list and the month."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        get = self._office.door.get
        return [
            get(BOARD, self.show, roles=CASES),
            get(f"{BOARD}/cases.csv", self.table, roles=CASES),
            get(MONTH, self.this_month, roles=CASES),
            get(f"{MONTH}/{{month}}", self.month, roles=CASES),
        ]

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """The cases that are asked for, the most urgent first."""
        asked = asked_by(request)
        found = await self._listed(visitor, asked, "the list of cases")
        values = {
            "found": found,
            "groups": group_views(board.grouped(found.rows), self._office.today),
            "asked": asked,
            "is_narrowed": asked != Asked(),
            "statuses": [(one, STATUS_WORDS[one]) for one in STATUSES],
            "unsettled_words": UNSETTLED,
            "week": week_view(found.week),
            "query": query_of(asked),
            "nobody": NOBODY,
            "said": SENT_ALREADY if request.query_params.get("said") == "already" else "",
            "marked": await self._office.newest_nudge(),
        }
        return self._office.page(visitor, "board_list.html", BOARD, values)

    async def table(self, request: Request, visitor: Visitor) -> Response:
        """The same list as a file for a spreadsheet."""
        found = await self._listed(visitor, asked_by(request), "the list of cases as a file")
        name = f"cases-{self._office.today}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(as_table(found.rows), media_type=TABLE, headers=headers)

    async def this_month(self, _request: Request, _visitor: Visitor) -> Response:
        """To the month that today is in."""
        return RedirectResponse(f"{MONTH}/{self._office.today:%Y-%m}", 303)

    async def month(self, request: Request, visitor: Visitor) -> Response:
        """A month's deadlines, as a picture and as a list."""
        first = _first_of(request.path_params["month"])
        found = await self._listed(visitor, Asked(), f"the month {first:%Y-%m}")
        kept = [row.kept for row in found.rows]
        calendar = self._office.exchange.definitions.local.calendar
        values = {
            "title": f"{first:%B %Y}",
            "picture": chart.of_month(kept, first.year, first.month, calendar, self._office.today),
            "days": due_in_month(kept, first),
            "before": _month_from(first, -1),
            "after": _month_from(first, 32),
            "marked": await self._office.newest_nudge(),
        }
        return self._office.page(visitor, "board_month.html", MONTH, values)

    async def _listed(self, visitor: Visitor, asked: Asked, what: str) -> Listing:
        return await self._office.at_desk(lambda desk: board_reading.listing(desk, visitor.person, asked, what))


def asked_by(request: Request) -> Asked:
    """Which cases an address asks for; what it says that means nothing is passed over."""
    said = request.query_params
    status: Status = next((one for one in STATUSES if one == said.get("status")), "open")
    owner, clock = (said.get(name, "")[:_LONGEST] for name in ("owner", "clock"))
    return Asked(status, owner, clock, late_only=said.get("late") == "yes")


def query_of(asked: Asked) -> str:
    """The same as part of an address; empty for what is shown unasked."""
    parts = (("status", asked.status if asked.status != "open" else ""), ("owner", asked.owner))
    more = (("clock", asked.clock), ("late", "yes" if asked.late_only else ""))
    found: Sequence[tuple[str, str]] = [(name, value) for name, value in (*parts, *more) if value]
    return f"?{urlencode(found)}" if found else ""


def _first_of(month: str) -> date:
    """The first day of a month. Raises Refused(404) where it is none, or is one that dates cannot be counted in."""
    read = _MONTH.fullmatch(month)
    if read is None:
        raise Refused(404)
    first = date(int(read[1]), int(read[2]), 1)
    if not EARLIEST <= first <= LATEST_START:
        raise Refused(404)
    return first


def _month_from(first: date, days: int) -> tuple[str, str] | None:
    """The month that a day so many after the first of another lies in, as in an address and in words."""
    day = first + timedelta(days=days)
    return (f"{day:%Y-%m}", f"{day:%B %Y}") if EARLIEST <= day <= LATEST_START else None
