"""A watch reduced to its promise: told to sweep at a moment, it says so once it is done; it kills itself where told.

What arrives is written to a file, as a platform would have
it whatever becomes of us. On PostgreSQL the process is one of any number of workers.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import datetime, timedelta
from multiprocessing.connection import Connection as Told
from pathlib import Path
from typing import Any

from bot.cases.working_time import WorkingTime
from bot.channel import Limits
from bot.delivering import delivery, watch
from bot.delivering.delivery import Delivery, Watchers
from bot.delivering.dispatch.in_process import InProcess
from bot.delivering.dispatch.procrastinate import Workers
from bot.delivering.nudging import Nudging
from bot.delivering.watch import Watch
from bot.messages import Reply
from bot.storage import Connection, Database, KeyRing, cases, nudges
from bot.storage.cases import Stored
from dialogs.days import Calendar
from tests.delivering.stand_in import Arrived
from tests.killable import each

STEPS = (*watch.STEPS, *delivery.STEPS)


class Platform:
    """Keeps what arrived in a file, one line each, before it answers."""

    name = "chat"
    limits = Limits()

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def limited_by(self, address: str) -> tuple[str, ...]:
        return (address,)

    async def send(self, address: str, reply: Reply) -> str:
        arrived = Arrived(address, reply)
        line = json.dumps([reply.key, address, arrived.is_said_to_be_a_repeat, arrived.lines])
        os.write(self._file, f"{line}\n".encode())
        os.fsync(self._file)
        return reply.key


class Process:
    """One process: its clock is what it was last told."""

    def __init__(self, folder: Path, url: str) -> None:
        self.at = datetime.min
        self.die_at = ""
        self.database = Database.open(url, folder)
        keys = KeyRing.from_file(folder / "keys")
        watchers = Watchers(warn=self._warn, reached=self._reached)
        platform = Platform(folder / "arrived")
        nudging = Nudging(keys, (platform.name,), WorkingTime(Calendar()), timedelta(minutes=30))
        sender = Delivery(
            self.database, keys, {platform.name: platform}, nudging, lambda: self.at, str(os.getpid()), watchers
        )
        # One at a time, so that it is known which were on their way when the process died.
        self.dispatch: InProcess | Workers = InProcess(sender.deliver, self._failed, at_once=1)
        if url.startswith("postgresql"):
            self.dispatch = Workers(url, (platform.name,), sender.deliver, self._failed, at_once=1)
        self.watch = Watch(self.database, _wake, nudging, self.dispatch, (platform.name,), watchers)

    async def sweep(self, given: dict[str, Any]) -> None:
        """Sweep, and do everything that is begun or queued."""
        self.at = datetime.fromisoformat(given["at"])
        self.die_at = given.get("die_at", "")
        if isinstance(self.dispatch, Workers) and given.get("alone"):
            await self.dispatch.tend(stalled=timedelta(0))
        while (await self.watch.sweep(self.at)).more or await self.database.run(self._waits):
            await self.dispatch.finish()
        await self.dispatch.finish()
        if isinstance(self.dispatch, Workers):
            # To ask again and again for what the dead have in hand only takes time, until that is let go.
            left = _jobs if given.get("patient") else _free_jobs
            while await self.database.run(left):
                await self.dispatch.work(until_idle=True)

    def _waits(self, connection: Connection) -> bool:
        return bool(nudges.people_waiting(connection, self.at, 1))

    def _reached(self, step: str) -> None:
        if step == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _failed(self, id_: int, fault: Exception) -> None:
        self._warn(f"{id_}: {fault!r}")

    def _warn(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")


def _wake(connection: Connection, stored: Stored, at: datetime) -> None:
    """A case owes what its plan says: people's ids and keys."""
    for person, key in json.loads(cases.plan(connection, stored.plan_id)):
        nudges.note(
            connection,
            stored.id,
            key,
            at,
            clock=key,
            kind="nudge",
            post="owner",
            person_id=person,
            line=f"Case {stored.ref}: {key}.",
            due_at=at,
        )
    cases.change(connection, stored.id, wake_at=None)


def _jobs(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' LIMIT 1").first())


def _free_jobs(connection: Connection) -> bool:
    in_hand = "SELECT lock FROM procrastinate_jobs WHERE status = 'doing'"
    free = f"SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND lock NOT IN ({in_hand}) LIMIT 1"
    return bool(connection.exec_driver_sql(free).first())


def main(folder: Path, url: str, told: Told) -> None:
    """Sweep until nobody tells it to any more."""
    process = Process(folder, url)
    with asyncio.Runner() as runner:
        for given in each(told):
            runner.run(process.sweep(given))
            told.send("done")
    process.database.close()
