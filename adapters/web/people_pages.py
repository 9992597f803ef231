"""The pages for administrators: who the bot knows, which role each has, and forms to add somebody, give and take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import fields
from adapters.web.access import Access
from adapters.web.door import Door
from adapters.web.fields import Sent
from adapters.web.refused import Refused
from adapters.web.sign_in import Entry
from adapters.web.visitor import Visitor
from bot import wording_people
from bot.casework import wording_board
from bot.clock import london_date
from bot.exchange import Exchange
from bot.people import absences, people, roles
from bot.people.handing_on import HandedOn
from bot.people.roles import NotAllowed
from bot.people.work_mail import kept_address
from bot.role_desk import handed_words
from bot.storage import Connection, events
from bot.storage import people as stored
from bot.storage.people import Person, Role

T = TypeVar("T")
PEOPLE = "/people"
ADMINISTRATORS = frozenset({roles.ADMINISTRATOR})
ENTRY = Entry(
    PEOPLE,
    "People and roles",
    "See who has which role, add somebody, and give or take a role.",
    Access(True, ADMINISTRATORS),
)
_CHOOSE_ROLE = "Choose a role"


class PeoplePages:
    """The endpoints. Each change is one transaction, made in the name of whoever is signed in."""

    def __init__(self, door: Door, exchange: Exchange) -> None:
        self._door = door
        self._exchange = exchange
        self._keys = exchange.keys
        self._area = exchange.definitions.area

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door, who = self._door, ADMINISTRATORS
        return [
            door.get(PEOPLE, self.everyone, roles=who),
            door.post(PEOPLE, self.add, roles=who, again=self.add_again),
            door.get(f"{PEOPLE}/{{person}}", self.person, roles=who),
            door.post(f"{PEOPLE}/{{person}}/give", self.give, roles=who),
            door.post(f"{PEOPLE}/{{person}}/take", self.take, roles=who),
        ]

    async def everyone(self, request: Request, visitor: Visitor) -> Response:
        """Everyone, and the form to add somebody."""
        told = wording_board.SENT_ALREADY if request.query_params.get("said") == "already" else ""
        return await self._everyone(visitor, told=told)

    async def add(self, _: Request, visitor: Visitor, sent: Sent) -> Response:
        """Add somebody, once for each showing of the form, and go to their page."""
        name, mail = fields.one(sent, "name"), fields.one(sent, "email")
        showing, at = f"add-person|{visitor.person.id}|{fields.once(sent)}", self._door.clock()

        def work(connection: Connection) -> Person | None:
            if not events.first_time(connection, showing, "", at):
                return None
            return roles.add(connection, self._keys, name, _address(mail), at)

        try:
            made = await self._exchange.database.run(work)
        except NotAllowed as why:
            return await self._everyone(visitor, str(why), {"name": name, "email": mail})
        return RedirectResponse(f"{PEOPLE}/{made.id}" if made else f"{PEOPLE}?said=already", 303)

    async def add_again(self, _: Request, visitor: Visitor, sent: Sent) -> Response:
        """The form as it was filled in by somebody who had been signed out."""
        given = {"name": fields.one(sent, "name"), "email": fields.one(sent, "email")}
        # The same showing still: given back twice and sent twice, it adds one person.
        showing = {"once": partial(fields.once, sent)} if fields.ONCE in sent else {}
        return await self._everyone(visitor, wording_board.UNSENT, given, **showing)

    async def person(self, request: Request, visitor: Visitor) -> Response:
        """Somebody's roles, with a button to take each, and the form to give one."""
        return await self._person(request, visitor)

    async def give(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        """Give a role."""
        return await self._changed(request, visitor, sent, roles.give)

    async def take(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        """Take a role away."""
        return await self._changed(request, visitor, sent, roles.take)

    async def _changed(
        self, request: Request, visitor: Visitor, sent: Sent, change: Callable[..., bool | HandedOn | None]
    ) -> Response:
        name = fields.one(sent, "role")
        if name not in roles.ALL:
            return await self._person(request, visitor, _CHOOSE_ROLE)
        id_ = request.path_params["person"]

        def work(connection: Connection) -> bool | HandedOn | None:
            # Read again within the transaction: what they may do can have changed since the page was asked for.
            by = stored.read(connection, self._keys, visitor.person.id)
            whose = _known(stored.read(connection, self._keys, id_))
            return change(connection, self._keys, by, whose, Role(self._area.key, name), self._door.clock())

        try:
            came = await self._exchange.database.run(work)
        except NotAllowed as why:
            return await self._person(request, visitor, str(why))
        if isinstance(came, HandedOn) and came.cases:
            return await self._person(request, visitor, told=handed_words(came))
        return RedirectResponse(f"{PEOPLE}/{id_}", 303)

    async def _everyone(
        self, visitor: Visitor, problem: str = "", given: dict[str, str] | None = None, **others: object
    ) -> Response:
        found = await self._exchange.database.run(lambda connection: stored.read_all(connection, self._keys))
        found.sort(key=lambda one: (not one.roles, people.label(one).casefold()))
        shown = [(one.id, people.label(one), self._held(one), self._away(one)) for one in found]
        values = {"area": self._area.name, "people": shown, "problem": problem, "given": given or {}, **others}
        return visitor.page("people.html", values, 422 if problem else 200)

    async def _person(self, request: Request, visitor: Visitor, problem: str = "", told: str = "") -> Response:
        id_ = request.path_params["person"]
        person = _known(await self._exchange.database.run(lambda c: stored.read(c, self._keys, id_)))
        held = [role for role in roles.ALL if person.has(self._area.key, role)]
        values = {
            "area": self._area.name,
            "person": person,
            "label": people.label(person),
            "held": [(role, wording_people.role(role)) for role in held],
            "others": [(role, wording_people.role(role).capitalize()) for role in roles.ALL if role not in held],
            "accounts": [_reached(one.channel, one.address) for one in person.accounts],
            "away": self._away(person),
            "problem": problem,
            "told": told,
        }
        return visitor.page("person.html", values, 422 if problem else 200)

    def _held(self, person: Person) -> str:
        held = [wording_people.role(role) for role in roles.ALL if person.has(self._area.key, role)]
        return ", ".join(held) or wording_people.NO_ROLE

    def _away(self, person: Person) -> str:
        today = london_date(self._door.clock())
        return wording_people.away_days(absences.to_come(person.absences, today), today)


def _known(person: Person | None) -> Person:
    if person is None:
        raise Refused(404)
    return person


def _reached(channel: str, address: str) -> str:
    return address if channel == people.MAIL else wording_people.channel(channel)


def _address(mail: str) -> str:
    try:
        return kept_address(mail) if mail else ""
    except ValueError as why:
        raise NotAllowed(wording_people.mail_wrong(str(why))) from None
