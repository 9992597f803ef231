"""A database that breaks off under load, and comes back, loses nothing and doubles nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivering.delivery import LEASE, Watchers
from bot.delivering.dispatch.procrastinate import Workers
from bot.storage import Database, DatabaseTrouble, KeyRing, nudges
from tests.delivering.office import Office
from tests.delivering.stand_in import all_lines
from tests.storage.postgres import private_server, restart, stop

PEOPLE = 60
RESTARTS = 3


@pytest.fixture
def started() -> Iterator[Any]:
    with private_server() as one:
        yield one


@pytest.mark.postgres
async def test_a_database_that_restarts_under_load_loses_nothing_and_doubles_nothing(
    started: Any, tmp_path: Path, keys: KeyRing
) -> None:
    url = started.get_uri(driver="psycopg")
    database = Database.open(url, tmp_path)
    office = Office(database, keys, workers_at=url)
    for number in range(PEOPLE):
        office.case((office.person(f"P{number}", f"chat:{number}"), f"notify_{number}"))
    in_hand = 0

    async def deliver(id_: int, rev: int) -> None:
        nonlocal in_hand
        in_hand += 1
        try:
            await office.delivery.deliver(id_, rev)
        finally:
            in_hand -= 1

    is_up = asyncio.Event()
    is_up.set()

    async def until_up(_: float) -> None:
        await is_up.wait()
        await asyncio.sleep(0)

    office.watch._dispatch = office.dispatch = Workers(
        url, ("chat",), deliver, office._failed, at_once=2, pause=until_up
    )
    office.delivery._to = Watchers(pause=until_up)
    working = asyncio.create_task(office.dispatch.work())
    watching = asyncio.create_task(office.watch.run(lambda: office.at, lambda _: None, every=3600))

    async def settled() -> dict[str, int]:
        office.watch.soon()
        try:
            return await database.run(nudges.counts)
        except DatabaseTrouble:
            return {}

    for number in range(RESTARTS):
        while len(office.chat.arrived) < PEOPLE * (number + 1) // (RESTARTS + 1):
            await settled()
        is_up.clear()
        await asyncio.to_thread(restart, started)
        is_up.set()
    while await settled() != {"sent": PEOPLE}:
        if not in_hand:
            # What was claimed just when the database broke off is in nobody's hands: its lease has to run out.
            office.at += LEASE + timedelta(seconds=1)
    for one in (working, watching):
        one.cancel()
    await asyncio.gather(working, watching, return_exceptions=True)
    assert all_lines(office.chat.arrived) == {f"Case 26-{n + 1:03}: notify_{n}.": 1 for n in range(PEOPLE)}
    assert set(office.chat.keys.values()) == {1}
    database.close()


@pytest.mark.postgres
async def test_where_the_database_is_away_a_worker_stops_soon_all_the_same(
    started: Any, tmp_path: Path, keys: KeyRing
) -> None:
    url = started.get_uri(driver="psycopg")
    database = Database.open(url, tmp_path)
    office = Office(database, keys, workers_at=url)
    office.case((office.person("Pat", "chat:pat"), "notify"))
    working = asyncio.create_task(office.dispatch.work())
    watching = asyncio.create_task(office.watch.run(lambda: office.at, lambda _: None, every=3600))
    while await database.run(nudges.counts) != {"sent": 1}:
        office.watch.soon()
    await asyncio.to_thread(stop, started)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for one in (working, watching):
        one.cancel()
    await asyncio.gather(working, watching, return_exceptions=True)
    # Whatever runs a container waits ten seconds before it kills.
    assert loop.time() - began < 10
    database.close()
    await asyncio.to_thread(restart, started)
