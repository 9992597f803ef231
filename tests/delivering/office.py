"""An office for the tests: people with accounts and roles, cases that owe what they are told to, a clock to turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.cases.working_time import WorkingTime
from bot.delivering.delivery import Delivery, Watchers
from bot.delivering.dispatch.in_process import InProcess
from bot.delivering.dispatch.procrastinate import Workers
from bot.delivering.dispatch.schema import prepare
from bot.delivering.nudging import Nudging
from bot.delivering.watch import Swept, Watch
from bot.messages import Reply
from bot.passage import passage
from bot.storage import Connection, Database, KeyRing, cases, nudges, people, sessions
from bot.storage.case_tables import nudges as nudge_rows
from bot.storage.cases import Stored
from bot.storage.nudges import Noted, noted_from
from bot.storage.people import Role
from bot.storage.tables import outgoing
from dialogs.days import Calendar
from tests.delivering.stand_in import StandIn

T = TypeVar("T")


def jobs(connection: Connection) -> int:
    """How many jobs are in the queue."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar_one())


AREA = "exampleshire"
# A Monday morning.
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Office:
    """`owes` says what a case owes and from when: (moment, whom, key, kind). A case in `spoilt` cannot be woken."""

    def __init__(self, database: Database, keys: KeyRing, *channels: StandIn, workers_at: str = "") -> None:
        self.database = database
        self.keys = keys
        self.at = NOON
        self.chat, self.mail = StandIn("chat"), StandIn("mail")
        self.channels = {one.name: one for one in channels or (self.chat, self.mail)}
        self.warned: list[str] = []
        self.counted: list[tuple[str, str]] = []
        self.news: list[str] = []
        self.owes: dict[str, list[tuple[datetime, str | None, str, str]]] = defaultdict(list)
        self.spoilt: set[str] = set()
        self.paused: list[float] = []
        self.again: list[timedelta] = []
        self.watchers = Watchers(
            self.warned.append,
            lambda channel, outcome: self.counted.append((channel, outcome)),
            lambda _: None,
            self._pause,
            again=self.again.append,
        )
        self.nudging = Nudging(keys, tuple(self.channels), WorkingTime(Calendar()), timedelta(minutes=30))
        self._workers_at = workers_at
        if workers_at:
            self.do(prepare)
        self._begin("one")

    def _begin(self, worker: str) -> None:
        """A process begins, which knows nothing but what is kept."""
        self.delivery, names = self.deliverer(worker), tuple(self.channels)
        self.dispatch: InProcess | Workers = InProcess(self.delivery.deliver, self._failed)
        if self._workers_at:
            self.dispatch = Workers(self._workers_at, names, self.delivery.deliver, self._failed)
        self.watch = Watch(
            self.database, self.wake, self.nudging, self.dispatch, names, self.watchers, self.news.append
        )

    async def restart(self, *, but_not: str = "") -> None:
        """Another process takes the place of the one that was here; on one channel no case is spoken of any more."""
        reminding = tuple(name for name in self.channels if name != but_not)
        self.nudging = Nudging(self.keys, reminding, WorkingTime(Calendar()), timedelta(minutes=30))
        self._begin("another")
        await self.delivery.take_up()

    def _failed(self, id_: int, fault: Exception) -> None:
        self.warned.append(f"{id_}: {fault!r}")

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)

    def deliverer(self, worker: str) -> Delivery:
        return Delivery(self.database, self.keys, self.channels, self.nudging, lambda: self.at, worker, self.watchers)

    def do(self, work: Callable[[Connection], T]) -> T:
        return self.database.run_now(work)

    def person(
        self, name: str, *accounts: str, roles: Sequence[str] = (), away: tuple[date, date] | None = None
    ) -> str:
        """Someone with accounts such as `chat:ann`; their id."""

        def work(connection: Connection) -> str:
            made = people.make(connection, self.keys, name, self.at)
            for one in accounts:
                people.add_account(connection, self.keys, made, *one.split(":"), self.at)
            for role in roles:
                people.grant(connection, self.keys, made, Role(AREA, role), self.at, "")
            people.set_away(connection, self.keys, made, [away] if away else [], self.at)
            return made

        return self.do(work)

    def signed_in(self, person: str, address: str) -> None:
        """Somebody signs in on the page, in the browser of an address."""
        for_good = timedelta(hours=8)
        self.do(lambda c: sessions.begin(c, self.keys, person, "local", self.at, for_good, address=address))

    def case(self, *owed: tuple[str | None, str], due_in: timedelta = timedelta(0), kind: str = "nudge") -> Stored:
        """A case that owes each person something under a key, `due_in` from now."""

        def work(connection: Connection) -> Stored:
            stored, _ = cases.make(connection, self.keys, area=AREA, plan="{}", at=self.at, year=2026)
            self.owe(connection, stored, *owed, due_in=due_in, kind=kind)
            return stored

        return self.do(work)

    def owe(
        self,
        connection: Connection,
        stored: Stored,
        *owed: tuple[str | None, str],
        due_in: timedelta = timedelta(0),
        kind: str = "nudge",
    ) -> None:
        self.owes[stored.id] += [(self.at + due_in, person, key, kind) for person, key in owed]
        cases.change(connection, stored.id, wake_at=self.at + due_in)

    def wake(self, connection: Connection, stored: Stored, at: datetime) -> None:
        if stored.id in self.spoilt:
            raise LookupError("spoilt on purpose")
        for moment, person, key, kind in self.owes[stored.id]:
            if moment <= at:
                nudges.note(
                    connection,
                    stored.id,
                    key,
                    at,
                    clock=key.partition("|")[0],
                    kind=kind,
                    post="owner",
                    person_id=person,
                    line=f"Case {stored.ref}: {key}.",
                    due_at=moment,
                )
        coming = [moment for moment, *_ in self.owes[stored.id] if moment > at]
        cases.change(connection, stored.id, wake_at=min(coming, default=None))

    async def sweep(self) -> Swept:
        """One sweep, and everything it began."""
        swept = await self.watch.sweep(self.at)
        await self.finish()
        return swept

    async def finish(self) -> None:
        """Wait for, or do, everything that was begun."""
        await self.dispatch.finish()
        while isinstance(self.dispatch, Workers) and self.do(jobs):
            await self.dispatch.work(until_idle=True)

    async def run(self, minutes: int = 0) -> None:
        """Sweep now and every minute from now on."""
        for minute in range(minutes + 1):
            if minute:
                self.at += timedelta(minutes=1)
            while (await self.sweep()).more or self._is_waiting():
                pass

    def _is_waiting(self) -> bool:
        return bool(self.do(lambda c: nudges.people_waiting(c, self.at, 1)))

    def nudges(self) -> list[Noted]:
        return self.do(lambda c: [noted_from(row) for row in c.execute(select(nudge_rows).order_by(nudge_rows.c.id))])

    def statuses(self) -> dict[str, str]:
        """What became of each key; of an alarm, of its words."""
        return {one.line if one.kind == "alarm" else one.key: one.status for one in self.nudges()}

    def outgoing(self) -> list[str]:
        return self.do(lambda c: list(c.execute(select(outgoing.c.status).order_by(outgoing.c.id)).scalars()))

    def page(self, channel: str, address: str) -> list[Reply]:
        """What stands on a page."""
        found = self.do(lambda c: passage(c, self.keys, channel, address, 0, None))
        return [entry.reply for entry in found.entries if entry.reply is not None]
