"""What is on record: who did and looked at what on a day, roles and sign-ins, and questions without an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapters.web.board_office import ADMINISTRATORS, AUDIT, LEADS, QUESTIONS, ROLES, UNANSWERED, Office
from adapters.web.visitor import Visitor
from bot import question_queue
from bot.casework import audit_days
from bot.casework.audit_days import Line
from bot.casework.casework import Desk
from bot.storage import questions
from dialogs.answers import InvalidAnswer
from dialogs.date_words import in_full
from dialogs.days import EARLIEST
from dialogs.typed_dates import Understood, parse_date

# Which day is asked for, in words.
DAY = "day"
AHEAD = "That day has not come yet"
MEANT = "Give the day as day, month and year"


@dataclass(frozen=True)
class BoardRecords:
    """The endpoints of these pages."""

    office: Office

    def routes(self) -> list[BaseRoute]:
        """Every address of these."""
        get = self.office.door.get
        return [
            get(AUDIT, self.cases, roles=LEADS),
            get(ROLES, self.people, roles=ADMINISTRATORS),
            get(UNANSWERED, self.questions, roles=QUESTIONS),
        ]

    async def cases(self, request: Request, visitor: Visitor) -> Response:
        """What happened to the area's cases on a day, and who looked at them."""
        return await self._day(request, visitor, AUDIT, audit_days.of_cases)

    async def people(self, request: Request, visitor: Visitor) -> Response:
        """What became of roles and accounts on a day, and who came in; nothing of any case."""
        return await self._day(request, visitor, ROLES, audit_days.of_people)

    async def questions(self, _request: Request, visitor: Visitor) -> Response:
        """The questions that wait, those most often asked first, and the topics past their review date."""
        exchange = self.office.exchange
        understanding = await exchange.mind.ready()
        waiting = await exchange.database.run(lambda connection: questions.waiting(connection, exchange.keys))
        groups = await asyncio.to_thread(question_queue.grouped, understanding, waiting)
        topics = exchange.definitions.library.topics
        values = {
            "count": len(waiting),
            "groups": groups,
            "titles": {name: topic.title for name, topic in topics.items()},
            "late": exchange.definitions.library.due(self.office.today),
            "in_full": in_full,
        }
        return self.office.page(visitor, "board_questions.html", UNANSWERED, values)

    async def _day(
        self, request: Request, visitor: Visitor, here: str, lines_of: Callable[[Desk, date], tuple[Line, ...]]
    ) -> Response:
        typed = request.query_params.get(DAY, "")
        try:
            day, problem = day_meant(typed, self.office.today), ""
        except InvalidAnswer as slip:
            day, problem = self.office.today, slip.message
        lines = () if problem else await self.office.at_desk(lambda desk: lines_of(desk, day))
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        values = {
            "title": "Who did what" if here == AUDIT else "Roles and sign-ins",
            "is_of_cases": here == AUDIT,
            "day": in_full(day),
            "lines": lines,
            "typed": typed,
            "problems": [(problem, DAY)] if problem else [],
            "before": before if before >= EARLIEST else None,
            "after": after if after <= self.office.today else None,
        }
        return self.office.page(visitor, "board_audit.html", here, values, 422 if problem else 200)


def day_meant(typed: str, today: date) -> date:
    """The day that is asked for; today where none is. Raises InvalidAnswer where it is not clear, or has not come."""
    if not typed:
        return today
    try:
        found: date | None = date.fromisoformat(typed)
    except ValueError:
        read = parse_date(typed, today)
        found = read.on if isinstance(read, Understood) else read.on[0] if len(read.on) == 1 else None
    if found is None:
        raise InvalidAnswer(MEANT)
    if found > today:
        raise InvalidAnswer(AHEAD)
    if found < EARLIEST:
        raise InvalidAnswer(MEANT)
    return found
