"""What every page of the board shares: the desk it works at, who may go where, and how a page is put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from starlette.responses import HTMLResponse

from adapters.web import people_pages
from adapters.web.access import Access
from adapters.web.board_view import moment
from adapters.web.door import Door
from adapters.web.pages import Values
from adapters.web.sign_in import Entry
from adapters.web.visitor import Visitor
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.exchange import Exchange
from bot.storage import Connection, nudges
from bot.storage.people_tables import POSTS

T = TypeVar("T")

LEADS = ("lead", "deputy")
# Everyone who may have a case of their own to see. An administrator or content owner sees none.
CASES = ("practitioner", *LEADS, *POSTS)
QUESTIONS = (*LEADS, "content_owner")
ADMINISTRATORS = ("administrator",)

BOARD, MONTH, CALENDAR, OPEN = "/board", "/board/month", "/board/calendar", "/board/open"
UNANSWERED, AUDIT, ROLES = "/board/questions", "/board/audit", "/board/roles"


def _entry(path: str, label: str, about: str, roles: Sequence[str]) -> Entry:
    return Entry(path, label, about, Access(signed_in=True, roles=frozenset(roles)))


ENTRIES = (
    _entry(BOARD, "Cases", "What is to be done by when, the most urgent first.", CASES),
    _entry(MONTH, "Month", "The deadlines of a month, as a picture and as a list.", CASES),
    _entry(CALENDAR, "Calendar", "Deadlines as a file, or as a link that your calendar follows.", CASES),
    _entry(OPEN, "Open a case", "From a notification that was made elsewhere.", LEADS),
    _entry(UNANSWERED, "Unanswered questions", "What people asked and the answers do not cover.", QUESTIONS),
    _entry(AUDIT, "Who did what", "Everything recorded and looked at, day by day.", LEADS),
    _entry(ROLES, "Roles and sign-ins", "Who was given what and who came in, day by day.", ADMINISTRATORS),
)
"""The board's pages that the home page and each other lead to."""


class Office:
    """The exchange and the door behind the board's pages."""

    def __init__(self, exchange: Exchange, door: Door) -> None:
        self.exchange = exchange
        self.door = door

    @property
    def area(self) -> str:
        """The area's name."""
        return self.exchange.definitions.area.name

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.door.clock())

    async def at_desk(self, work: Callable[[Desk], T]) -> T:
        """Do some work on cases in one transaction, at the present moment."""
        at = self.door.clock()

        def run(connection: Connection) -> T:
            return work(Desk(connection, self.exchange.keys, self.exchange.definitions, at))

        return await self.exchange.database.run(run)

    async def newest_nudge(self) -> int:
        """After which nudge there is news for a page that is shown now."""
        return await self.exchange.database.run(nudges.newest)

    def page(self, visitor: Visitor, name: str, here: str, values: Values, status: int = 200) -> HTMLResponse:
        """A page of the board at the address `here`."""
        area = self.door.keeper.area
        links = [one for one in (*ENTRIES, people_pages.ENTRY) if one.access.admits(visitor.person, area)]
        return visitor.page(name, {**values, "links": links, "here": here, "area": self.area, "moment": moment}, status)
