"""Several who wait for the SQLite file are committed at once, and each is still kept or undone by itself."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage import Database, events, tables
from bot.storage.group_commit import MOST_TOGETHER

from .conftest import AT


@pytest.fixture
def database(data_dir: Path) -> Iterator[Database]:
    opened = Database.open("", data_dir)
    yield opened
    opened.close()


@asynccontextmanager
async def held_up(database: Database) -> AsyncIterator[None]:
    """What is asked for in the block waits for its end, and so is there all at once."""
    begun, go = threading.Event(), threading.Event()

    def wait(_: Connection) -> None:
        begun.set()
        assert go.wait(20)
        raise LookupError("so that it is no part of what follows")

    waiting = asyncio.create_task(database.run(wait))
    await asyncio.to_thread(begun.wait, 20)
    try:
        yield
        await asyncio.sleep(0)
    finally:
        go.set()
        with pytest.raises(LookupError):
            await waiting


@pytest.fixture
def commits(database: Database) -> list[str]:
    """What is committed and rolled back as a whole, in order."""
    seen: list[str] = []
    engine = database._engine
    event.listen(engine, "commit", lambda _: seen.append("commit"))
    event.listen(engine, "rollback", lambda _: seen.append("rollback"))
    return seen


def note(name: str) -> Callable[[Connection], bool]:
    return lambda connection: events.first_time(connection, name, "", AT)


def noted(connection: Connection) -> int:
    return len(connection.execute(select(tables.events.c.event)).all())


async def outcomes(database: Database, works: list[Callable[[Connection], Any]]) -> list[Any]:
    async with held_up(database):
        asked = [asyncio.create_task(database.run(work)) for work in works]
        await asyncio.sleep(0)
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_those_who_wait_are_committed_at_once(database: Database, commits: list[str]) -> None:
    assert await outcomes(database, [note(str(number)) for number in range(10)]) == [True] * 10
    assert commits == ["rollback", "commit"]
    assert database.run_now(noted) == 10


async def test_a_commit_holds_only_so_many(database: Database, commits: list[str]) -> None:
    await outcomes(database, [lambda _: None] * (MOST_TOGETHER + 1))
    assert commits.count("commit") >= 2


@pytest.mark.parametrize("which", [0, 1, 2])
async def test_one_that_raises_is_undone_alone(database: Database, commits: list[str], which: int) -> None:
    def fail(connection: Connection) -> None:
        assert note("half done")(connection)
        connection.execute(tables.events.insert().values(conversation_id="", event=None, at=AT))

    works: list[Callable[[Connection], Any]] = [note("a"), note("b")]
    works.insert(which, fail)
    found = await outcomes(database, works)
    assert isinstance(found.pop(which), IntegrityError)
    assert found == [True, True]
    assert database.run_now(noted) == 2


async def test_they_are_done_in_the_order_in_which_they_were_asked_for(database: Database) -> None:
    seen: list[int] = []
    await outcomes(database, [lambda _, number=number: seen.append(number) for number in range(20)])  # type: ignore[misc]
    assert seen == list(range(20))


async def test_nobody_hears_of_it_before_it_is_committed(database: Database, data_dir: Path) -> None:
    with sqlite3.connect(data_dir / "bot.db") as other:
        found: list[int] = []

        async def ask(name: str) -> None:
            await database.run(note(name))
            found.append(other.execute("SELECT count(*) FROM events").fetchone()[0])

        async with held_up(database):
            asking = [asyncio.create_task(ask(name)) for name in "abc"]
            await asyncio.sleep(0)
        await asyncio.gather(*asking)
    other.close()
    assert found == [3, 3, 3]


async def test_where_the_whole_transaction_is_lost_each_is_done_again_alone(database: Database) -> None:
    """As SQLite itself rolls everything back where the disk is full."""
    tries: list[str] = []

    def spoil(connection: Connection) -> None:
        tries.append("spoil")
        note("spoilt")(connection)
        connection.execute(text("ROLLBACK"))
        raise LookupError("on purpose")

    def good(connection: Connection) -> bool:
        tries.append("good")
        return note("good")(connection)

    found = await outcomes(database, [good, spoil, note("other")])
    assert (found[0], found[2]) == (True, True)
    assert isinstance(found[1], LookupError | OperationalError)
    assert tries == ["good", "spoil", "good", "spoil"]
    assert database.run_now(noted) == 2


async def test_where_the_commit_fails_each_is_done_again_alone(database: Database) -> None:
    """A reference to what is not there is found out at the end, where that is put off until then."""

    def dangle(connection: Connection) -> None:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(
            tables.addresses.insert().values(channel="web", address="a", conversation_id="not there", reference=None)
        )

    found = await outcomes(database, [note("before"), dangle, note("after")])
    assert (found[0], found[2]) == (True, True)
    assert isinstance(found[1], IntegrityError)
    assert database.run_now(noted) == 2


async def test_what_nobody_waits_for_any_more_is_not_begun(database: Database) -> None:
    async with held_up(database):
        gone, stays = (asyncio.create_task(database.run(note(name))) for name in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
    assert await stays
    assert database.run_now(noted) == 1


async def test_whatever_it_raises_whoever_waits_hears_of_it(database: Database) -> None:
    def stop(_: Connection) -> None:
        raise StopIteration

    found = await outcomes(database, [note("a"), stop, note("b")])
    assert (found[0], found[2]) == (True, True)
    assert isinstance(found[1], RuntimeError)
    with pytest.raises(RuntimeError):
        database.run_now(stop)


def test_of_two_threads_that_ask_at_one_moment_both_are_answered(database: Database) -> None:
    together = threading.Barrier(2)

    class Meeting(deque[Any]):
        """Where two come at one moment, neither goes on before the other has come too."""

        def append(self, one: Any) -> None:
            super().append(one)
            with suppress(threading.BrokenBarrierError):
                together.wait(0.3)

    assert database._group is not None
    database._group._waiting = Meeting()
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(database.run_now, note(name)) for name in "ab"]
        try:
            assert [one.result(10) for one in asked] == [True, True]
        finally:
            database._group._look()


async def test_where_the_log_cannot_be_moved_after_a_commit_whoever_waits_is_still_answered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = 2 * MOST_TOGETHER + 1
    monkeypatch.setattr(database._group, "committed", lambda _: sqlite3.connect("/nowhere/at all"))
    found = await asyncio.wait_for(outcomes(database, [note(str(number)) for number in range(many)]), 20)
    assert found == [True] * many


async def test_closing_finishes_what_was_asked_for(database: Database, data_dir: Path) -> None:
    many = 2 * MOST_TOGETHER + 1
    async with held_up(database):
        asked = [asyncio.create_task(database.run(note(str(number)))) for number in range(many)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(asyncio.to_thread(database.close))
        while not database._executor._shutdown:
            await asyncio.sleep(0)
    await closing
    assert await asyncio.gather(*asked) == [True] * many
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await database.run(noted)
    again = Database.open("", data_dir)
    try:
        assert again.run_now(noted) == many
    finally:
        again.close()
