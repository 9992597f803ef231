"""An area at work: its people signed in, each in a browser of their own, and cases for the board to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import httpx
from starlette.applications import Starlette

from adapters.web.board_office import ENTRIES
from adapters.web.board_routes import board_routes
from adapters.web.chat_routes import chat_routes
from adapters.web.entrance import door_of, entrance
from adapters.web.routes import error_pages, routes
from adapters.web.site import Site
from bot.cases.case import Case, EventKind
from bot.casework import casework
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.storage import Connection, cases, nudges, timeline
from bot.storage.cases import Stored
from bot.storage.families import CASES, PEOPLE
from bot.storage.nudges import Noted

from .client import Client
from .house import AREA, House, house_in, sign_in_as

T = TypeVar("T")
PEOPLE_HERE = {
    "Asha": ("administrator",),
    "Lee": ("lead",),
    "Dee": ("deputy",),
    "Pat": ("practitioner",),
    "Olly": ("practitioner",),
    "Cora": ("content_owner",),
}
NOBODY = "nobody"
# The day on which the house's clock stands at first, a Monday.
MONDAY = date(2026, 11, 23)


class BoardHouse:
    """The house with its people; a name is enough to mean one of them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.clock = house.clock
        self.ids = {name: house.register(name, *roles) for name, roles in PEOPLE_HERE.items()}
        self._clients: dict[str, Client] = {}

    def __getitem__(self, name: str) -> Client:
        """Somebody's browser, signed in; NOBODY's is not."""
        if name not in self._clients:
            self._clients[name] = self.house.client()
            if name == NOBODY:
                return self._clients[name]
            assert sign_in_as(self._clients[name], self.ids[name]).status_code == 200
        return self._clients[name]

    def sign_in_again(self, name: str) -> None:
        """Let somebody in whose session has ended."""
        assert sign_in_as(self._clients[name], self.ids[name]).status_code == 200

    def close(self) -> None:
        """Close every browser."""
        for client in self._clients.values():
            client.__exit__(None, None, None)

    def desk(self, work: Callable[[Desk], T], at: datetime | None = None) -> T:
        """Do some work on cases."""
        exchange = self.house.exchange

        def run(connection: Connection) -> T:
            return work(Desk(connection, exchange.keys, exchange.definitions, at or self.clock()))

        return exchange.database.run_now(run)

    def opened(
        self,
        aware_on: date | None = MONDAY,
        notified_on: date | None = None,
        *,
        outcome: str = "B",
        add_ons: str = "",
        by: str = "Lee",
        late_reason: str = "",
    ) -> str:
        """A case, opened now; its reference."""
        opener = self.house.person(self.ids[by])
        work = lambda desk: opened_by_hand(desk, opener, outcome, add_ons, aware_on, notified_on, late_reason)  # noqa: E731
        return self.desk(work).stored.ref

    def stored(self, ref: str) -> Stored:
        """A case's row."""
        found = self.desk(lambda desk: cases.find(desk.connection, AREA, ref))
        assert found is not None
        return found

    def case(self, ref: str) -> Case:
        """A case as it stands."""
        return self.desk(lambda desk: casework.read(desk, self.stored_at(desk, ref)))

    @staticmethod
    def stored_at(desk: Desk, ref: str) -> Stored:
        """A case's row, within a transaction."""
        found = cases.find(desk.connection, AREA, ref, lock=True)
        assert found is not None
        return found

    def add(self, ref: str, kind: EventKind, by: str = "Lee", **what: object) -> None:
        """Something that happens to a case while nobody looks."""
        person = self.house.person(self.ids[by])
        self.desk(lambda desk: casework.add(desk, self.stored_at(desk, ref), kind, person, **what))  # type: ignore[arg-type]

    def wake(self) -> None:
        """Note everything that is owed."""

        def work(desk: Desk) -> None:
            for stored in cases.to_wake(desk.connection, desk.at, 100):
                casework.wake(desk, stored)

        self.desk(work)

    def nudges(self, ref: str) -> list[Noted]:
        """The reminders of a case."""
        return self.desk(lambda desk: nudges.of_case(desk.connection, self.stored_at(desk, ref).id))

    def looks(self, ref: str) -> list[str]:
        """By whom a case was looked at, in order."""

        def work(desk: Desk) -> list[str]:
            every = timeline.read(desk.connection, desk.keys, self.stored_at(desk, ref).id, family=CASES)
            return [casework.event_of(one).by for one in every if one.kind == cases.READ]

        names = {id_: name for name, id_ in self.ids.items()}
        return [names[one] for one in self.desk(work)]

    def own_record(self, name: str, kind: str) -> list[str]:
        """What stands on somebody's own record, of one kind."""

        def work(desk: Desk) -> list[str]:
            every = timeline.read(desk.connection, desk.keys, self.ids[name], family=PEOPLE)
            return [one.body for one in every if one.kind == kind]

        return self.desk(work)

    def send(self, name: str, path: str, **fields: str) -> httpx.Response:
        """Fill in a form as somebody who has just opened it, and send it."""
        page = self[name].get(path)
        assert page.status_code == 200, path
        action = path.partition("?")[0]
        return self[name].post(action, data={**hidden(page.text, action), **fields})


def quick(board: BoardHouse, recheck: float = 0.2) -> Starlette:
    """The board in an application of its own, which looks for news five times a second."""
    house = board.house
    site = Site(house.exchange.keys.mac("web", "tests"), recheck=recheck)
    door = door_of(house.exchange, house.settings, site, house.clock)
    pages = [
        *routes(house.exchange, site, door),
        *chat_routes(house.exchange, site, house.clock, door),
        *entrance(door, "Exampleshire", house.settings, print, ENTRIES),
        *board_routes(house.exchange, door),
    ]
    return Starlette(routes=pages, exception_handlers=error_pages(site))


def owe(board: BoardHouse, name: str, line: str) -> int:
    """Note a reminder for somebody; its id."""
    stored = board.stored(board.opened())
    what = {"clock": "notify_panel", "kind": "nudge", "post": "owner", "person_id": board.ids[name], "line": line}
    noted = board.desk(lambda desk: nudges.note(desk.connection, stored.id, line, desk.at, due_at=desk.at, **what))  # type: ignore[arg-type]
    assert noted is not None
    return noted


def day(on: date, name: str = "day") -> dict[str, str]:
    """A day as it is typed into its three fields."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def words(page: str) -> str:
    """The words of a page's main part, in one line."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden(page: str, action: str, number: int = 0) -> dict[str, str]:
    """The hidden fields of a page's form that leads to an address; of several, the one of that number."""
    parser = _Forms()
    parser.feed(page)
    return [fields for to, fields in parser.forms if to == action][number]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "form":
            self.forms.append((names.get("action") or "", {}))
        elif tag == "input" and names.get("type") == "hidden" and self.forms:
            self.forms[-1][1][names["name"] or ""] = names.get("value") or ""


@contextmanager
def board_in(folder: Path) -> Iterator[BoardHouse]:
    """The area at work, in an empty folder."""
    with house_in(folder) as house:
        made = BoardHouse(house)
        try:
            yield made
        finally:
            made.close()
