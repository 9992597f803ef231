"""An office whose cases are real: opened, acted on, and reminded of by their own clocks, with stand-in channels."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from adapters.delivering import saying_with, wake_with
from bot.cases.case import EventKind
from bot.casework import casework, retention
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.casework.kept_decisions import keep_decision
from bot.casework.row_check import differences
from bot.decisions.sample_record import sample_records
from bot.exchange import Exchange
from bot.storage import Connection, Database, KeyRing, audit, cases, people
from bot.storage.cases import Stored
from bot.storage.people import Person
from tests.bot.talk import definitions
from tests.delivering.office import AREA, Office

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = MONDAY.date()
REF = "26-001"


class RealOffice(Office):
    """Ann leads, Dee stands in, Ada administers; case 26-001 is Ann's. `turn` lets time pass, sweeping as it goes."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        super().__init__(database, keys)
        self.exchange = Exchange(database, keys, definitions())
        self.watch._wake = wake_with(self.exchange)
        self.nudging._said = saying_with(self.exchange)
        self.at = MONDAY
        self.ann = self.person("Ann", "chat:ann", "mail:ann@b.uk", roles=["lead"])
        self.dee = self.person("Dee", "chat:dee", roles=["deputy"])
        self.ada = self.person("Ada", "chat:ada", roles=["administrator"])

    def desk(self, connection: Connection) -> Desk:
        return Desk(connection, self.keys, self.exchange.definitions, self.at)

    def open(self, outcome: str = "B", aware: date | None = TODAY, by: str = "") -> Stored:
        def work(connection: Connection) -> Stored:
            desk = self.desk(connection)
            casework.keep_area(desk)
            stored = opened_by_hand(desk, self._reading(connection, by or self.ann), outcome, "", aware, None).stored
            keep_decision(desk, stored, sample_records(desk.definitions.flows["referral"])[0])
            return stored

        return self.do(work)

    def act(
        self,
        kind: EventKind,
        who: str = "",
        *,
        on: date | None = None,
        clock: str = "",
        words: str = "",
        values: tuple[tuple[str, str], ...] = (),
    ) -> casework.Changed:
        def work(connection: Connection) -> casework.Changed:
            desk = self.desk(connection)
            stored = cases.find(connection, AREA, REF, lock=True)
            assert stored is not None
            person = self._reading(connection, who or self.ann)
            return casework.add(desk, stored, kind, person, on=on, clock=clock, words=words, values=values)

        return self.do(work)

    def kinds(self) -> list[str]:
        """The kinds of every entry on the case's chain."""

        def work(connection: Connection) -> list[str]:
            stored = cases.find(connection, AREA, REF)
            assert stored is not None
            return [one.kind for one in cases.events(connection, self.keys, stored.id, with_reads=True)]

        return self.do(work)

    def differences(self) -> list[str]:
        """What differs from the chains, having seen that they are whole."""
        assert self.do(audit.verify).broken == ()
        return [f"{one.of}: {one.what}" for one in self.do(lambda c: differences(self.desk(c)))]

    def tidy(self) -> retention.Kept:
        return self.do(lambda c: retention.tidy(self.desk(c)))

    async def turn(self, to: datetime, step: timedelta = timedelta(minutes=30)) -> None:
        """Lets time pass, sweeping every half an hour."""
        while self.at < to:
            await self.run()
            self.at = min(self.at + step, to)
        await self.run()

    def _reading(self, connection: Connection, who: str) -> Person:
        person = people.read(connection, self.keys, who)
        assert person is not None
        return person
