"""An area with its people and cases, spoken to as its users do, at a moment that tests turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from adapters.terminal.show import lines
from bot import state
from bot.casework import casework, row_check
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.messages import COMMAND, Choices, Chosen, Reply, Turn, Typed
from bot.storage import Connection, cases, conversations, nudges, people
from bot.storage.cases import Stored
from bot.storage.people import Role
from dialogs.walk import walk

AREA = "exampleshire"
# Monday morning; the council knew on that day.
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FIRST = "Case 26-001: Likely notifiable: it happened in our area; council aware Mon 23 Nov 2026"
REFERRAL = ("refer", "no", "ok", "children's services", "yes")


def area_woken(desk: Desk) -> Stored:
    """The area's year, after everything that is due to be woken was."""
    casework.keep_area(desk)
    for stored in cases.to_wake(desk.connection, desk.at, 100):
        casework.wake(desk, stored)
    area = cases.find(desk.connection, AREA, cases.AREA_REF)
    assert area is not None
    return area


@dataclass
class Office:
    """An area with its people, on a channel where everyone is known by their account."""

    exchange: Exchange
    at: datetime = AT
    ids: dict[str, str] = field(default_factory=dict)
    events: int = 0

    async def join(self, name: str, *roles: str) -> str:
        def work(connection: Connection) -> str:
            made = people.make(connection, self.exchange.keys, name, self.at)
            people.add_account(connection, self.exchange.keys, made, "slack", name, self.at)
            for role in roles:
                people.grant(connection, self.exchange.keys, made, Role(AREA, role), self.at, made)
            return made

        self.ids[name] = await self.exchange.database.run(work)
        return self.ids[name]

    async def says(self, name: str, *texts: str) -> Reply:
        """What the bot answers to the last of these."""
        for text in texts:
            await self._take(name, Typed(text))
        return await self._newest(name)

    async def presses(self, name: str, label: str) -> Reply:
        """Presses a button of the newest reply by its words."""
        reply = await self._newest(name)
        for block in reply.blocks:
            if isinstance(block, Choices):
                for option in block.options:
                    if option.label == label:
                        await self._take(name, Chosen(block.prompt, (option.id,)))
                        return await self._newest(name)
        raise AssertionError(f"no button {label!r} in {words(reply)}")

    async def commands(self, name: str, id_: str) -> Reply:
        """Presses a shortcut by its id."""
        await self._take(name, Chosen(COMMAND, (id_,)))
        return await self._newest(name)

    async def decides(self, name: str, **others: str) -> Reply:
        """Answers a referral as most people do, but for the answers that are named, up to its decision."""
        await self.says(name, "refer")
        return await self.answers_out(name, others)

    async def answers_out(self, name: str, others: dict[str, str]) -> Reply:
        """Answers what is still asked, up to the decision."""
        for _ in range(60):
            reply = await self._newest(name)
            block = next((one for one in reversed(reply.blocks) if isinstance(one, Choices)), None)
            if block is not None and any(one.id == "confirm" for one in block.options):
                await self._take(name, Chosen(block.prompt, ("confirm",)))
                return await self._newest(name)
            await self._answer(name, block, others)
        raise AssertionError(f"it came to no end: {words(reply)}")

    async def desk(self, work: Callable[[Desk], object]) -> object:
        def run(connection: Connection) -> object:
            return work(Desk(connection, self.exchange.keys, self.exchange.definitions, self.at))

        return await self.exchange.database.run(run)

    async def case(self, ref: str = "26-001") -> casework.Case:
        def work(desk: Desk) -> object:
            stored = cases.find(desk.connection, AREA, ref)
            assert stored is not None
            return casework.read(desk, stored)

        found = await self.desk(work)
        assert isinstance(found, casework.Case)
        return found

    async def woken_all(self) -> list[tuple[str, str]]:
        """Everything that waits for anybody, whatever the standing of its case."""

        def work(desk: Desk) -> object:
            names = {id_: name for name, id_ in self.ids.items()}
            every = cases.listed(desk.connection, AREA, statuses=("open", "recorded"))
            noted = [one for stored in every for one in nudges.of_case(desk.connection, stored.id, ("waiting",))]
            return [(names.get(one.person_id or "", "nobody"), one.line) for one in noted]

        found = await self.desk(work)
        assert isinstance(found, list)
        return found

    async def woken(self) -> list[tuple[str, str]]:
        """Wakes what is due, and gives what is owed: to whom, and in which words."""

        def work(desk: Desk) -> object:
            for stored in cases.to_wake(desk.connection, desk.at, 100):
                casework.wake(desk, stored)
            names = {id_: name for name, id_ in self.ids.items()}
            found = []
            for stored in cases.listed(desk.connection, AREA):
                for one in nudges.of_case(desk.connection, stored.id, ("waiting",)):
                    found.append((names.get(one.person_id or "", "nobody"), one.line))
                    nudges.settle(desk.connection, [one.id], "sent", desk.at)
            return found

        found = await self.desk(work)
        assert isinstance(found, list)
        return found

    async def year_woken(self) -> list[tuple[str, str, str]]:
        """Wakes the area's year, and gives what it owes as sent: to whom, its kind, and in which words."""

        def work(desk: Desk) -> object:
            area = area_woken(desk)
            names = {id_: name for name, id_ in self.ids.items()}
            found = nudges.of_case(desk.connection, area.id, ("waiting",))
            nudges.settle(desk.connection, [one.id for one in found], "sent", desk.at)
            return [(names.get(one.person_id or "", "nobody"), one.kind, one.line) for one in found]

        found = await self.desk(work)
        assert isinstance(found, list)
        return found

    async def _answer(self, name: str, block: Choices | None, others: dict[str, str]) -> None:
        def likely(connection: Connection) -> str:
            stored = conversations.peek(connection, self.exchange.keys, "slack", name)
            assert stored is not None
            dialog = state.from_json(stored.state).dialog
            assert dialog is not None
            question = walk(self.exchange.definitions.flows[dialog.flow], dialog.all_said).next
            assert question is not None
            if question.kind == "text":
                return "The partners weighed it together."
            return others.get(question.name, "today" if question.kind == "date" else question.likely)

        answer = await self.exchange.database.run(likely)
        if block is not None and answer in {one.id for one in block.options}:
            await self._take(name, Chosen(block.prompt, (answer,)))
        else:
            await self._take(name, Typed(answer))

    async def _take(self, name: str, said: Typed | Chosen) -> None:
        self.events += 1
        await self.exchange.take(Turn("slack", name, name, said, f"e{self.events}", self.at))

    async def _newest(self, name: str) -> Reply:
        entries = await self.exchange.read("slack", name)
        reply = entries[-1].reply
        assert reply is not None
        return reply


def words(reply: Reply) -> str:
    """A reply in words, its lines joined."""
    return " ".join(" ".join(lines(reply)).split())


async def staffed(exchange: Exchange, *roles: tuple[str, str]) -> Office:
    """An office with an administrator, Asha; whoever holds these roles, by name; and Pat, who holds none."""
    made = Office(exchange)
    for name, role in (("Asha", "administrator"), *roles):
        await made.join(name, role)
    await made.join("Pat")
    return made


LEE, DEE, DORA = ("Lee", "lead"), ("Dee", "deputy"), ("Dora", "director")


async def states(office: Office, ref: str = "26-001") -> dict[str, str]:
    """How each clock of a case stands."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, ref)
        assert stored is not None
        return {one.id: one.state for one in casework.clocks(desk, casework.read(desk, stored))}

    found = await office.desk(work)
    assert isinstance(found, dict)
    return found


async def differences(office: Office) -> object:
    """Which rows do not say what their chains say."""
    return await office.desk(row_check.differences)


async def corrects(office: Office, name: str, day: str, why: str = "") -> None:
    """Puts right the day the council became aware, as a lead does; a later day than on record with the reason."""
    await office.says(name, "record 26-001")
    await office.presses(name, "The day the council knew was put right")
    assert "Noted" in words(await office.says(name, day, *((why,) if why else ())))


async def partners_decide(office: Office, what: str) -> None:
    """Records today, as the lead does, what the partners have decided."""
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The partners decided")
    await office.presses("Lee", what)
    await office.presses("Lee", "Today")


async def tells(office: Office, name: str, **answers: str) -> str:
    """What a case answers to something new."""
    await office.says(name, "new information 26-001")
    return words(await office.answers_out(name, answers))
