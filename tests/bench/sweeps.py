"""How long a sweep takes with few and with many open clocks, what idling costs, and how many nudges go in a second."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, func, insert, select

from bot.delivering.dispatch.schema import prepare
from bot.storage import Database, KeyRing, cases, create_key_file
from bot.storage.case_tables import cases as case_rows
from bot.storage.case_tables import nudges as nudge_rows
from bot.storage.timeline import START_OF_CHAIN
from tests.bench.figure import percentile, say
from tests.delivering.office import AREA, NOON, Office
from tests.storage.postgres import schema, server

ROOT = Path(__file__).parents[2]
OPEN = (1_000, 10_000, 100_000)
DUE = 40
PEOPLE = 10
SWEEPS = 9
IDLE = 200
NUDGES = 300
JOBS = 600
EVERY_SECONDS = 5.0
# What else the machine is busy with only ever adds: the quick ones tell what the work itself takes.
QUICKEST = 10


def print_figures() -> None:
    with _offices("sqlite") as databases:
        _print_sweeps("SQLite", databases)
    with suppress(pytest.skip.Exception), _offices("postgresql") as databases:
        _print_sweeps("PostgreSQL", databases)
    with suppress(pytest.skip.Exception), server() as url:
        _print_workers(url)


def _print_sweeps(kind: str, fresh: Iterator[Database]) -> None:
    with asyncio.Runner() as runner:
        rate = runner.run(_nudges_a_second(_office(next(fresh))))
    say(f"nudges from due to sent, {kind}, one process", rate, "a second")
    with asyncio.Runner() as runner:
        runner.run(_print_by_size(kind, _office(next(fresh))))


async def _print_by_size(kind: str, office: Office) -> None:
    people = [office.person(f"P{number}", f"chat:{number}") for number in range(PEOPLE)]
    idle, busy = {}, {}
    there = 0
    for count in OPEN:
        office.do(lambda c, more=count - there: _open_cases(c, more))
        there = count
        idle[count], busy[count] = await _idle(office), await _busy(office, people)
        say(f"idle sweep, {kind}, {count} open clocks, p10", idle[count] * 1000, "ms")
        say(f"sweep with {DUE} due, {kind}, {count} open clocks, p10", busy[count] * 1000, "ms")
    few, many = OPEN[0], OPEN[-1]
    say(f"sweep with {DUE} due, {kind}, {many} beside {few}", busy[many] / busy[few], "times", "at most 1.5")
    say(f"idle sweep, {kind}, {many} beside {few}", idle[many] / idle[few], "times", "at most 1.5")
    used, grown = await _cost_of_idling(office)
    say(f"processor while idle, {kind}, {many} open clocks", used / EVERY_SECONDS * 100, "%", "under 0.5")
    say(f"memory grown in {IDLE} idle sweeps, {kind}, {many} open clocks", grown, "MB", "under 5")


async def _idle(office: Office) -> float:
    times = []
    for _ in range(IDLE):
        begun = time.perf_counter()
        await office.watch.sweep(office.at)
        times.append(time.perf_counter() - begun)
    return percentile(times, QUICKEST)


async def _busy(office: Office, people: list[str]) -> float:
    """Seconds of a whole sweep in which the same number of cases is due, each time anew."""
    times = []
    for _ in range(SWEEPS):
        for number in range(DUE):
            office.case((people[number % PEOPLE], f"notify|{number}"))
        begun = time.perf_counter()
        while (await office.sweep()).more:
            pass
        times.append(time.perf_counter() - begun)
    return percentile(times, QUICKEST)


async def _cost_of_idling(office: Office) -> tuple[float, float]:
    """Processor seconds of one idle sweep, and megabytes by which the process has grown after many."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(IDLE):
        await office.watch.sweep(office.at)
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return used / IDLE, (after.ru_maxrss - before.ru_maxrss) / 1024


async def _nudges_a_second(office: Office) -> float:
    for number in range(NUDGES):
        office.case((office.person(f"P{number}", f"chat:{number}"), f"notify|{number}"))
    begun = time.perf_counter()
    while len(office.chat.arrived) < NUDGES:
        await office.sweep()
    return NUDGES / (time.perf_counter() - begun)


def _print_workers(url: str) -> None:
    """The same jobs done by one worker process and by two."""
    rates = {count: _jobs_a_second(url, count) for count in (1, 2)}
    for count, rate in rates.items():
        say(f"nudges sent by {count} worker{'s' if count > 1 else ''}, PostgreSQL", rate, "a second")
    say("two workers beside one", rates[2] / rates[1], "times", "over 1 where there are processors for both")


def _jobs_a_second(server_url: str, workers: int) -> float:
    with schema(server_url) as url, tempfile.TemporaryDirectory(prefix="bot-bench-") as name:
        folder = Path(name)
        create_key_file(folder / "keys")
        database = Database.open(url, folder)
        office = Office(database, KeyRing.from_file(folder / "keys"), workers_at=url)
        database.run_now(prepare)
        asyncio.run(_queue(office))
        command = [sys.executable, "-m", "tests.bench.worker", name, url]
        processes = [
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(workers)
        ]
        for one in processes:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        begun = time.perf_counter()
        for one in processes:
            one.communicate("go\n")
        took = time.perf_counter() - begun
        sent = select(func.count()).select_from(nudge_rows).where(nudge_rows.c.status == "sent")
        assert database.run_now(lambda connection: connection.execute(sent).scalar_one()) == JOBS
        database.close()
        return JOBS / took


async def _queue(office: Office) -> None:
    """Puts a message for each of many people into the queue."""
    for number in range(JOBS):
        office.case((office.person(f"P{number}", f"chat:{number}"), f"notify|{number}"))
    while (await office.watch.sweep(office.at)).more:
        pass


def _office(database: Database) -> Office:
    return Office(database, KeyRing.from_keys([Fernet.generate_key().decode()]))


def _open_cases(connection: Connection, count: int) -> None:
    """Cases that owe something some time from now on, put in by the thousand."""
    plan = cases.keep_plan(connection, "{}")
    first = connection.execute(select(func.count()).select_from(case_rows)).scalar_one()
    for begin in range(first, first + count, 1000):
        rows = [_row(plan, number) for number in range(begin, min(begin + 1000, first + count))]
        connection.execute(insert(case_rows), rows)


def _row(plan: str, number: int) -> dict[str, object]:
    return {
        "id": f"open{number}",
        "area": AREA,
        "ref": f"20-{number:06}",
        "kind": "case",
        "status": "open",
        "plan_id": plan,
        "held": False,
        "wake_at": _later(number),
        "created_at": NOON,
        "touched_at": NOON,
        "head_seq": 0,
        "head_hash": START_OF_CHAIN,
    }


def _later(number: int) -> datetime:
    return NOON + timedelta(days=1, minutes=number % 100_000)


@contextmanager
def _offices(kind: str) -> Iterator[Iterator[Database]]:
    """Empty databases of a kind, one after another."""
    opened: list[Database] = []

    def fresh(url: str) -> Database:
        opened.append(Database.open(url, Path(tempfile.mkdtemp(prefix="bot-bench-", dir=folder))))
        return opened[-1]

    with tempfile.TemporaryDirectory(prefix="bot-bench-") as folder:
        if kind == "sqlite":
            yield (fresh("") for _ in range(2))
        else:
            with server() as url, schema(url) as one, schema(url) as two:
                yield (fresh(each) for each in (one, two))
                for database in opened:
                    database.close()
        for database in opened:
            database.close()
