"""Somebody with the duty for cases, spoken to on a platform, and a message with two reminders of one case of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.case import Case
from bot.casework import casework
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.delivering.nudge_buttons import buttons
from bot.messages import COMMAND, Block, Choices
from bot.storage import Connection, cases, nudges, people
from bot.storage.people import Role

from .incoming import Incoming, bring

DUTIES = ("First duty, due today.", "Second duty, due tomorrow.")


@dataclass
class Reminded:
    """A lead who has been reminded of two duties of one case, with these clocks; nobody else could have the case."""

    there: Incoming
    ref: str = ""
    clocks: Sequence[str] = ()
    _first: int = 0
    _parts: int = 0

    def shown(self) -> str:
        """The reminders as they stand in the chat now."""
        return "\n".join(self.there.read()[self._first : self._first + self._parts])

    def of_duty(self, number: int) -> str:
        """The same of one duty alone."""
        before, _, after = self.shown().partition(DUTIES[1])
        return (before, after)[number]

    def left(self, label: str) -> int:
        """How many buttons with this label are left to press."""
        return self.shown().splitlines().count(label)

    async def is_said(self, *blocks: Block) -> None:
        """The bot sends them this."""
        self._first = len(self.there.read())
        await self.there.house.tell(self.there.addresses["one"], "reminders", *blocks)
        self._parts = len(self.there.read()) - self._first

    async def events(self) -> list[tuple[str, str]]:
        """What is on record of the case, and of which clock."""

        def work(connection: Connection) -> Case:
            desk = self._desk(connection)
            stored = cases.find(connection, desk.area, self.ref)
            assert stored is not None
            return casework.read(desk, stored)

        case = await self.there.house.exchange.database.run(work)
        return [(one.kind, one.clock) for one in case.events]

    def _desk(self, connection: Connection) -> Desk:
        exchange = self.there.house.exchange
        return Desk(connection, exchange.keys, exchange.definitions, self.there.house.at)

    def opened(self, connection: Connection) -> None:
        """Make the lead and the case; nothing waits to be sent of it."""
        exchange, at, desk = self.there.house.exchange, self.there.house.at, self._desk(connection)
        ids = {}
        for name, role in (("Asha Adams", "administrator"), ("Lee Lead", "lead")):
            ids[role] = people.make(connection, exchange.keys, name, at)
            people.grant(connection, exchange.keys, ids[role], Role(desk.area, role), at, ids[role])
        here = self.there.house.here.channel.name, self.there.addresses["one"]
        lead = people.read(connection, exchange.keys, ids["lead"])
        assert lead is not None
        stored = opened_by_hand(desk, lead, "B", "", london_date(at), None).stored
        for one in cases.to_wake(connection, at, 10):
            casework.wake(desk, one)
        nudges.settle(connection, [one.id for one in nudges.of_case(connection, stored.id)], "sent", at)
        people.add_account(connection, exchange.keys, lead.id, *here, at)
        clocks = casework.clocks(desk, casework.read(desk, stored))
        # The nearest can neither be put off nor wait for a question; a rapid review follows a notification.
        running = [one for one in clocks if one.is_running and one.nudged and one.rule.met_by != "rapid review sent"]
        self.ref, self.clocks = stored.ref, [one.id for one in running][-2:]


async def reminded(there: Incoming) -> Reminded:
    """They said hello, and were reminded."""
    made = Reminded(there)
    await bring(there, there.saying("menu"))
    await there.house.exchange.database.run(made.opened)
    both = zip(DUTIES, made.clocks, strict=True)
    await made.is_said(*(Choices(COMMAND, said, buttons(made.ref, clock)) for said, clock in both))
    return made
