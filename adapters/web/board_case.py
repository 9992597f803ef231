"""One case: its page, the forms by which something is recorded of it, and the documents of its decisions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from adapters.web import fields
from adapters.web.board_office import BOARD, CASES, Office
from adapters.web.board_view import problems_of
from adapters.web.fields import CLOCK, ENTRY, SEEN, Sent, number
from adapters.web.prose import parts
from adapters.web.refused import NO_SUCH_CASE, NOT_YOURS, Refused
from adapters.web.visitor import Visitor
from bot import mind, wording
from bot.cases import chart
from bot.casework import board_acts, board_reading, case_file, casework, wording_board
from bot.casework.board_acts import About, Asking, NoSuchCase, NotTheirs
from bot.casework.case_forms import kind_of, slug, title_of
from bot.casework.casework import Desk
from bot.casework.kept_decisions import records_for
from bot.decisions import documents
from bot.record import Record

CASE = f"{BOARD}/case"
_NOT_ASKED = frozenset({fields.CSRF, fields.AGAIN, fields.TYPED_BY, fields.ANOTHERS, SEEN, CLOCK, ENTRY})
_REF = re.compile(r"\d\d-\d{3,9}|area")
_LONGEST_ID = 120
_DOCUMENT = re.compile(rf"(\d{{1,6}})\.({'|'.join(documents.KINDS)})")


class BoardCase:
    """The endpoints of one case."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        door = self._office.door
        return [
            door.get(f"{CASE}/{{ref}}", self.show, roles=CASES),
            door.get(f"{CASE}/{{ref}}/decisions/{{name}}", self.document, roles=CASES),
            door.get(f"{CASE}/{{ref}}/{{kind}}", self.ask, roles=CASES),
            door.post(f"{CASE}/{{ref}}/{{kind}}", self.do, roles=CASES, again=self.again),
        ]

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """Everything on record of a case; what came of the event just recorded comes first."""
        ref, after = _ref(request), number(request.query_params.get("after", ""))
        found = await self._office.at_desk(lambda desk: case_file.open_file(desk, visitor.person, ref, after))
        if found is None:
            raise Refused(404, NO_SUCH_CASE)
        today = self._office.today
        heard_danger = "danger" in request.query_params
        values = {
            "file": found,
            "title": wording_board.heading(ref),
            "path": f"{CASE}/{ref}",
            "picture": chart.of_case(ref, found.clocks, today),
            "title_of": lambda kind: title_of(kind, found.case),
            "slug": slug,
            "urgencies": wording_board.URGENCIES,
            "formats": documents.KINDS,
            "danger": parts(wording.emergency(self._office.exchange.definitions.area)) if heard_danger else (),
            "marked": await self._office.newest_nudge(),
        }
        return self._office.page(visitor, "board_case.html", BOARD, values)

    async def document(self, request: Request, visitor: Visitor) -> Response:
        """The document of a decision, to be kept as a file."""
        ref, named = _ref(request), _DOCUMENT.fullmatch(request.path_params["name"])
        if named is None:
            raise Refused(404)
        kept = await self._office.at_desk(lambda desk: _decision(desk, visitor, ref, int(named[1])))
        definitions = self._office.exchange.definitions
        flow = definitions.flows.get(kept.flow) if kept is not None else None
        if kept is None or flow is None:
            raise Refused(404)
        made = await asyncio.to_thread(documents.build, kept, definitions.area, named[2], flow)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"}
        return Response(made.content, media_type=made.media_type, headers=headers)

    async def ask(self, request: Request, visitor: Visitor) -> Response:
        """The form for one kind of event."""
        about = _about(request, request.query_params)
        with _turned_away():
            asking = await self._office.at_desk(lambda desk: board_acts.ask(desk, visitor.person, about))
        return await self._form(visitor, asking, 200)

    async def again(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        """The form as it was filled in by somebody who had been signed out."""
        about, wanted, seen = _meant(request, sent)
        with _turned_away():
            asking = await self._office.at_desk(lambda d: board_acts.again(d, visitor.person, about, wanted, seen))
        return await self._form(visitor, asking, 409)

    async def do(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        """Record it, and on to the case; or the form again with what is wrong."""
        about, wanted, seen = _meant(request, sent)
        with _turned_away():
            came = await self._office.at_desk(lambda d: board_acts.do(d, visitor.person, about, wanted, seen))
        if isinstance(came, Asking):
            return await self._form(visitor, came, 409 if came.since else 422)
        danger = "&danger=heard" if await self._tells_of_danger(wanted.get("words", "")) else ""
        return RedirectResponse(f"{CASE}/{about.ref}?after={came.seq}{danger}#recorded", 303)

    async def _tells_of_danger(self, words: str) -> bool:
        if not words:
            return False
        understanding = await self._office.exchange.mind.ready()
        heard = await asyncio.to_thread(mind.heard, understanding, words)
        return heard.danger is not None and heard.danger.strength == "strong"

    async def _form(self, visitor: Visitor, asking: Asking, status: int) -> Response:
        ref = asking.about.ref
        values = {
            "asking": asking,
            "form": asking.form,
            "filled": asking.filled,
            "case_title": wording_board.heading(ref),
            "path": f"{CASE}/{ref}",
            "action": f"{CASE}/{ref}/{slug(asking.about.kind)}",
            "hidden": [(SEEN, asking.seen), (CLOCK, asking.about.clock), (ENTRY, asking.about.entry)],
            "problems": problems_of(asking.filled, asking.form.blanks, asking.whole),
            "year": self._office.today.year,
            "marked": await self._office.newest_nudge(),
        }
        return self._office.page(visitor, "board_form.html", BOARD, values, status)


def _ref(request: Request) -> str:
    ref = str(request.path_params["ref"])
    if not _REF.fullmatch(ref):
        raise Refused(404)
    return ref


def _about(request: Request, given: Mapping[str, str]) -> About:
    """What a form is about. Raises Refused(404) where it is nothing that a form records."""
    kind = kind_of(str(request.path_params["kind"]))
    if kind is None:
        raise Refused(404)
    return About(_ref(request), kind, given.get(CLOCK, "")[:_LONGEST_ID], given.get(ENTRY, "")[:_LONGEST_ID])


def _meant(request: Request, sent: Sent) -> tuple[About, dict[str, str], str]:
    """What a form that was sent is about, what it says, and the state of the case that it was made for."""
    given = {name: fields.one(sent, name) for name in sent}
    wanted = {name: value for name, value in given.items() if name not in _NOT_ASKED}
    return _about(request, given), wanted, given.get(SEEN, "")


@contextmanager
def _turned_away() -> Iterator[None]:
    try:
        yield
    except NoSuchCase as error:
        raise Refused(404) from error
    except NotTheirs as error:
        raise Refused(403, NOT_YOURS) from error


def _decision(desk: Desk, visitor: Visitor, ref: str, version: int) -> Record | None:
    """A decision of a case that somebody may see, which is put on record as a look at it."""
    stored = board_reading.find(desk, visitor.person, ref)
    if stored is None:
        return None
    kept = records_for(desk, stored, casework.look(desk, stored, visitor.person), visitor.person)
    return kept[version - 1] if 0 < version <= len(kept) else None
