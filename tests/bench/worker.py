"""A worker for the bench: says that it is ready, waits for its sign, and sends what is queued to nowhere."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.delivering.dispatch.procrastinate import Workers
from bot.storage import Database, KeyRing
from tests.delivering.office import Office, jobs


async def work(office: Office, workers: Workers) -> None:
    while office.do(jobs):
        await workers.work(until_idle=True)


def main(folder: Path, url: str) -> None:
    database = Database.open(url, folder)
    office = Office(database, KeyRing.from_file(folder / "keys"), workers_at=url)
    assert isinstance(office.dispatch, Workers)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    asyncio.run(work(office, office.dispatch))
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
