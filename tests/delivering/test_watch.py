"""The watch: it wakes what is due and nothing else, in bounds, and what fails never stops the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update

from bot.channel import Limits
from bot.delivering.watch import SWEEP, TRY_AGAIN, Bounds, Watch
from bot.storage import Connection, Database, KeyRing, delivering, nudges
from bot.storage.people_tables import people as people_rows
from tests.delivering.office import NOON, Office
from tests.delivering.stand_in import all_lines, later

MINUTE = timedelta(minutes=1)
FEW = 5


async def test_nothing_is_said_before_its_moment(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    office.case((ann, "notify_panel"), due_in=timedelta(hours=1))
    office.at += timedelta(minutes=59)
    await office.run()
    assert office.chat.arrived == []
    await office.run(minutes=1)
    assert len(office.chat.arrived) == 1


async def test_one_case_that_cannot_be_woken_stops_no_other_and_is_tried_again(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    bad, _ = office.case((ann, "notify_panel")), office.case((ann, "tell_partners"))
    office.spoilt = {bad.id}
    await office.run()
    assert office.chat.said == [("ann", ["Case 26-002: tell_partners."])]
    assert office.warned == [f"Case {bad.id} could not be woken (LookupError); this is tried again."]
    failing = lambda: office.do(lambda c: delivering.failing(c, office.at - 2 * TRY_AGAIN))  # noqa: E731
    assert failing() == [delivering.NOT_WOKEN + bad.id]
    office.spoilt.clear()
    office.at += TRY_AGAIN
    await office.run()
    assert office.chat.said[1:] == [("ann", ["Case 26-001: notify_panel."])]
    office.at += 2 * TRY_AGAIN
    assert failing() == []


async def test_one_person_who_cannot_be_told_stops_no_other_and_is_tried_again(office: Office) -> None:
    ann, ben = office.person("Ann", "chat:ann"), office.person("Ben", "chat:ben")
    office.case((ann, "notify_panel"))
    office.case((ben, "notify_panel"))
    name = office.do(lambda c: c.execute(people_rows.select().where(people_rows.c.id == ann)).one().state)
    spoil = lambda value: office.do(  # noqa: E731
        lambda c: c.execute(update(people_rows).where(people_rows.c.id == ann).values(state=value)) and None
    )
    spoil(b"spoilt")
    await office.run()
    assert [address for address, _ in office.chat.said] == ["ben"]
    assert office.warned == [f"Person {ann} could not be told (Unreadable); this is tried again."]
    spoil(name)
    office.at += TRY_AGAIN
    await office.run()
    assert [address for address, _ in office.chat.said] == ["ben", "ann"]


async def test_a_sweep_is_bounded_and_says_that_there_is_more(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    for number in range(FEW + 1):
        office.case((ann, f"notify_panel_{number}"))
    office.watch._most = Bounds(cases=FEW)
    first = await office.sweep()
    assert (first.woken, first.told, first.more) == (FEW, 0, True)
    second = await office.sweep()
    assert (second.woken, second.told, second.more) == (1, 1, False)
    assert [len(one.lines) for one in office.chat.arrived] == [FEW + 1]


async def test_people_do_not_wait_for_ever_for_other_cases_to_wake(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    for number in range(FEW * 3):
        office.case((ann, f"notify_panel_{number}"))
    office.watch._most = Bounds(cases=FEW)
    assert (await office.sweep()).told == 0
    office.at += MINUTE
    assert (await office.sweep()).told == 1
    assert len(office.chat.arrived) == 1


async def test_a_channel_that_hangs_holds_up_no_other(embedded: Office) -> None:
    hanging = asyncio.Event()

    class Hangs:
        name, limits = "chat", Limits()

        async def send(self, address: str, reply: object) -> str:
            await hanging.wait()
            return "1"

    embedded.channels["chat"] = Hangs()  # type: ignore[assignment]
    embedded.dispatch.most = 6
    for number in range(9):
        embedded.case((embedded.person(f"Slow {number}", f"chat:{number}"), "notify_panel"))
    embedded.case((embedded.person("Quick", "mail:quick@b.uk"), "notify_panel"))
    await embedded.watch.sweep(embedded.at)
    await embedded.watch.sweep(embedded.at)
    while (found := embedded.outgoing()).count("sending") < 4 or "sent" not in found:
        await asyncio.sleep(0)
    assert (found.count("sending"), len(embedded.mail.arrived)) == (4, 1)
    hanging.set()
    await embedded.dispatch.finish()
    await embedded.run()
    assert set(embedded.outgoing()) == {"sent"}


async def test_messages_in_one_conversation_keep_their_order(office: Office) -> None:
    ann = office.person("Ann", "chat:ann")
    for number in range(6):
        office.case((ann, f"notify_{number}"))
        await office.watch._wake_cases(office.at)
        await office.watch._tell_people(office.at)
    await office.run()
    assert [one.lines for one in office.chat.arrived] == [[f"Case 26-00{n + 1}: notify_{n}."] for n in range(6)]


async def test_when_the_watch_last_ran_is_kept(office: Office) -> None:
    last = lambda: office.do(lambda c: nudges.last_beat(c, SWEEP))  # noqa: E731
    await office.run()
    assert last() == NOON
    office.at -= timedelta(hours=2)
    await office.run()
    assert last() == NOON - timedelta(hours=2)


@pytest.mark.parametrize("jump", [timedelta(days=3), -timedelta(days=3), timedelta(hours=1), -timedelta(hours=1)])
async def test_a_clock_that_jumps_loses_nothing_and_doubles_nothing(office: Office, jump: timedelta) -> None:
    people = [office.person(f"P{number}", f"chat:{number}") for number in range(4)]
    for number, person in enumerate(people):
        office.case((person, "notify_panel"), due_in=timedelta(hours=number))
    office.chat.faults = [later(), later()]
    await office.run(minutes=30)
    office.at += jump
    await office.run(minutes=5)
    office.at = NOON + timedelta(hours=4)
    await office.run(minutes=30)
    assert all_lines(office.chat.arrived) == {f"Case 26-00{number + 1}: notify_panel.": 1 for number in range(4)}
    assert set(office.statuses().values()) == {"sent"}


async def test_a_watch_that_meets_a_fault_goes_on(office: Office) -> None:
    failures = iter([OSError("the database is away")])

    class Away(Watch):
        async def sweep(self, at: Any) -> Any:
            if (fault := next(failures, None)) is not None:
                self.soon()
                raise fault
            return await super().sweep(at)

    watch = Away(office.database, office.wake, office.nudging, office.dispatch, ("chat",), office.watchers)
    done = asyncio.Event()
    running = asyncio.create_task(watch.run(lambda: office.at, lambda _: done.set()))
    await asyncio.wait_for(done.wait(), 60)
    running.cancel()
    assert office.warned == ["A sweep did not finish (OSError); the next one is in 5 s."]


async def test_a_called_watch_sweeps_without_waiting(embedded: Office) -> None:
    ann = embedded.person("Ann", "chat:ann")
    sweeps: list[object] = []
    second = asyncio.Event()

    def swept(one: object) -> None:
        sweeps.append(one)
        if len(sweeps) == 1:
            embedded.case((ann, "new_case"))
            embedded.watch.soon()
        elif embedded.chat.arrived:
            second.set()

    running = asyncio.create_task(embedded.watch.run(lambda: embedded.at, swept, every=3600))
    await asyncio.wait_for(second.wait(), 60)
    running.cancel()
    assert embedded.chat.said == [("ann", ["Case 26-001: new_case."])]


async def test_a_watch_that_is_called_as_it_is_stopped_stops(embedded: Office) -> None:
    for steps in range(6):
        swept = asyncio.Event()
        running = asyncio.create_task(
            embedded.watch.run(lambda: embedded.at, lambda _, swept=swept: swept.set(), every=3600)
        )
        await swept.wait()
        await asyncio.sleep(0)
        embedded.watch.soon()
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=20)
        assert done, f"{steps} steps after it was called, it was not to be stopped"


async def test_watches_at_once_share_the_work_and_double_nothing(
    db: Database, another: Callable[[], Database], keys: KeyRing
) -> None:
    office = Office(db, keys)
    people = [office.person(f"P{number}", f"chat:{number}") for number in range(20)]
    for number in range(60):
        office.case((people[number % 20], f"notify_{number}"))
    watches = []
    for _ in range(3):
        other = Office(another(), keys, office.chat)
        other.watch = Watch(other.database, office.wake, other.nudging, other.dispatch, ("chat",), other.watchers)
        watches.append(other)
    everyone = [office, *watches]
    for _ in range(3):
        await asyncio.gather(*(one.sweep() for one in everyone))
    assert all_lines(office.chat.arrived) == {f"Case 26-{n + 1:03}: notify_{n}.": 1 for n in range(60)}
    assert [one.status for one in office.nudges()] == ["sent"] * 60
    assert [warning for one in everyone for warning in one.warned] == []


def test_an_idle_look_reads_only_what_is_due(db: Database, keys: KeyRing, kind: str) -> None:
    """Every question of a sweep is answered from an index, so many open clocks cost nothing."""
    office = Office(db, keys)
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    def plans(connection: Connection) -> list[str]:
        event.listen(connection, "before_cursor_execute", listen)
        office.watch._look(connection, office.at)
        queries = list(asked)
        if kind == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
        return [str(connection.exec_driver_sql(explain + sql, given).all()) for sql, given in queries]

    for plan in db.run_now(plans):
        assert "Seq Scan" not in plan
        assert "SCAN" not in plan or "USING INDEX" in plan or "USING COVERING INDEX" in plan, plan
