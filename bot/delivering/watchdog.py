"""The watchdog: sees that the watch runs and that nothing is stuck, and tells administrators in a way of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import london_date
from bot.delivering import wording_delivery
from bot.delivering.delivery import NOBODY, Delivery, Watchers
from bot.delivering.nudge_message import ALARM
from bot.delivering.nudging import ADMINISTRATOR, Nudging
from bot.delivering.watch import SWEEP
from bot.storage import Connection, Database, KeyRing, nudges, outbox, people
from bot.storage.outbox import Due
from bot.storage.standing import Standing, standing

EVERY_SECONDS = 60.0
SILENT = timedelta(minutes=5)
"""For how long the watch may not have run before it is said to have stopped."""
WAS_AWAY = "reminders were not sent for a while"
PATIENCE = timedelta(hours=2)
"""For how long a nudge may be on its way before it is said to be stuck."""


@dataclass(frozen=True)
class Trouble:
    """Something to mend. `name` is short and the same every time, `words` are for an administrator.

    `ended` is when it had mended itself: then it is said once, in working time, and is only to be known.
    """

    name: str
    words: str
    ended: datetime | None = None


def look(connection: Connection, at: datetime) -> Standing | None:
    """How delivery stands; None where nothing is kept yet that could be reminded of."""
    return standing(connection, SWEEP, at, PATIENCE)


def troubles(found: Standing | None, at: datetime) -> tuple[Trouble, ...]:
    """What is to be mended; of a watch that never ran, only where there is something to remind of."""
    if found is None:
        return ()
    silent = None if found.last_sweep is None else at - found.last_sweep
    given_up = found.unreached - found.only_on_a_page
    known = (
        (
            silent is None or silent >= SILENT,
            found.something_to_do,
            "watch stopped",
            wording_delivery.not_swept(silent or SILENT),
        ),
        (found.cases_failing, True, "case not woken", wording_delivery.NOT_WOKEN),
        (found.people_failing, True, "person not told", wording_delivery.NOT_TOLD),
        (found.stuck, True, "reminder stuck", wording_delivery.STUCK),
        (given_up, True, "reminder unreached", wording_delivery.UNREACHED),
        (found.only_on_a_page, True, "reminder only on a page", wording_delivery.ONLY_ON_A_PAGE),
    )
    away = (Trouble(WAS_AWAY, wording_delivery.was_away(*one), one[1]) for one in found.outages)
    return (*(Trouble(name, words) for is_one, matters, name, words in known if is_one and matters), *away)


class Watchdog:
    """Looks every minute. `area_case` gives the id of the area's own case, to which alarms belong, None for none.

    `begun` is when this process started.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        nudging: Nudging,
        delivery: Delivery,
        area: str,
        area_case: Callable[[Connection], str | None],
        watchers: Watchers = NOBODY,
        news: Callable[[str], None] = lambda _: None,
        begun: datetime | None = None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._nudging = nudging
        self._delivery = delivery
        self._area = area
        self._area_case = area_case
        self._to = watchers
        self._news = news
        self.seen: tuple[Trouble, ...] = ()
        self._said: dict[str, object] = {}
        self._begun = begun

    async def look(self, at: datetime) -> tuple[Trouble, ...]:
        """What is to be mended; administrators hear of each kind once a day, through their own accounts.

        They are told from here, without the watch: it may be what has stopped.
        """
        found = await self._database.run(lambda connection: look(connection, at))
        # Whoever has only just started has to be given the time to sweep.
        is_new = self._begun is not None and at - self._begun < SILENT
        self.seen = tuple(one for one in troubles(found, at) if not (is_new and one.name == "watch stopped"))
        today = london_date(at)
        for one in self.seen:
            if self._said.get(one.name) != today:
                self._said[one.name] = today
                self._to.warn(one.words)
        if self.seen:
            told, news = await self._database.run(lambda connection: self._tell(connection, at))
            for whose in news:
                self._news(whose)
            for each in told:
                await self._delivery.deliver(each.id, each.rev)
        return self.seen

    def _tell(self, connection: Connection, at: datetime) -> tuple[list[Due], list[str]]:
        """Notes today's alarms and puts them into each administrator's message; what is to be sent, and what is new."""
        case_id = self._area_case(connection)
        messages: list[int] = []
        news: list[str] = []
        for person in people.holders(connection, self._keys, self._area, ADMINISTRATOR) if case_id else ():
            assert case_id is not None
            noted = [self._note(connection, case_id, one, person.id, at) for one in self.seen]
            if any(noted):
                news += self._nudging.tell(connection, person.id, at).news
                carried = nudges.of_case(connection, case_id, ("handed",))
                messages += [one.outgoing_id for one in carried if one.id in noted and one.outgoing_id is not None]
        return outbox.waiting_among(connection, messages), news

    def _note(self, connection: Connection, case_id: str, one: Trouble, person_id: str, at: datetime) -> int | None:
        return nudges.note(
            connection,
            case_id,
            f"watchdog|{one.name}|{one.ended.isoformat() if one.ended else london_date(at)}|{person_id}",
            at,
            clock="",
            kind=ALARM,
            post=ADMINISTRATOR,
            person_id=person_id,
            line=one.words,
            due_at=self._nudging.next_open(at) if one.ended else at,
        )
