"""Opening a case by hand, from a notification that was made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import fields
from adapters.web.board_case import CASE
from adapters.web.board_office import BOARD, LEADS, OPEN, Office
from adapters.web.board_view import problems_of
from adapters.web.fields import Sent
from adapters.web.visitor import Visitor
from bot.cases.case import NotPossible
from bot.casework import hand_opening
from bot.casework.form_reading import Filled
from bot.casework.hand_opening import SentAlready
from bot.casework.wording_board import UNSENT


@dataclass(frozen=True)
class BoardOpen:
    """The endpoints of the form."""

    office: Office

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door = self.office.door
        return [door.get(OPEN, self.ask, roles=LEADS), door.post(OPEN, self.do, roles=LEADS, again=self.again)]

    async def ask(self, _request: Request, visitor: Visitor) -> Response:
        """The form, still empty."""
        return self._form(visitor, Filled())

    async def again(self, _request: Request, visitor: Visitor, sent: Sent) -> Response:
        """The form as it was filled in by somebody who had been signed out."""
        filled = self._read(sent)
        filled.problems[""] = UNSENT
        # The same showing still: given back twice and sent twice, it opens one case.
        return self._form(visitor, filled, fields.once(sent) if fields.ONCE in sent else "")

    async def do(self, _request: Request, visitor: Visitor, sent: Sent) -> Response:
        """Open the case, and on to it; or the form again with what is wrong."""
        once = fields.once(sent)
        filled = self._read(sent)
        if filled.problems:
            return self._form(visitor, filled)
        try:
            ref = await self.office.at_desk(lambda desk: hand_opening.open_case(desk, visitor.person, filled, once))
        except SentAlready:
            return RedirectResponse(f"{BOARD}?said=already", 303)
        except NotPossible as why:
            filled.problems[why.field] = str(why)
            return self._form(visitor, filled)
        return RedirectResponse(f"{CASE}/{ref}", 303)

    def _read(self, sent: Sent) -> Filled:
        given = {name: fields.one(sent, name) for name in sent}
        return hand_opening.read(self.office.exchange.definitions, given, self.office.today)

    def _form(self, visitor: Visitor, filled: Filled, once: str = "") -> Response:
        blanks = hand_opening.blanks(self.office.exchange.definitions)
        problems = problems_of(filled, blanks, filled.problems.get("", ""))
        values = {"blanks": blanks, "filled": filled, "problems": problems, "year": self.office.today.year}
        if once:
            values["once"] = lambda: once
        return self.office.page(visitor, "board_open.html", OPEN, values, 422 if problems else 200)
