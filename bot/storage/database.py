"""One engine, one transaction at a time for each caller: opening, migrating, running and closing the database."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

from bot.storage.lock import FileLock
from bot.storage.migrations import migrate

T = TypeVar("T")

POSTGRESQL_THREADS = 8
COMMITS_BETWEEN_CHECKPOINTS = 500
ATTEMPTS = 3

# PostgreSQL's two codes for "your transaction lost to another one; do it again".
_LOST_TO_ANOTHER = frozenset({"40001", "40P01"})

_PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last turns at a power cut
    "PRAGMA foreign_keys=ON",
    # Before 3.51.3 two connections checkpointing at once could corrupt the file: https://www.sqlite.org/wal.html
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA secure_delete=ON",  # a deleted data key is overwritten, not only unlinked
)


class Database:
    """The database and the threads that may speak to it: one for SQLite, eight for PostgreSQL."""

    def __init__(self, engine: Engine, lock: FileLock, threads: int) -> None:
        self._engine = engine
        self._lock = lock
        self._here = threading.local()
        self._executor = ThreadPoolExecutor(threads, "storage", self._mark_thread)
        self._commits = 0
        self._closed = False

    @classmethod
    def open(cls, url: str, data_dir: Path) -> Database:
        """Open and migrate the database; an empty `url` means the SQLite file `bot.db` in `data_dir`.

        Creates the directory, and takes its lock if that is free. Raises ValueError for a URL of another kind.
        """
        address = _address(url, data_dir)
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(data_dir / "bot.lock")
        lock.take()
        if address.get_backend_name() == "sqlite":
            database = cls(_sqlite_engine(address), lock, 1)
        else:
            database = cls(_postgresql_engine(address), lock, POSTGRESQL_THREADS)
        try:
            database.run_now(migrate)
        except BaseException:
            database.close()
            raise
        return database

    @property
    def holds_lock(self) -> bool:
        """Whether this is the one process that may checkpoint."""
        return self._lock.held

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction on a storage thread: committed when it returns, undone when it raises.

        On PostgreSQL a transaction that lost to another is done again from the start, so `work` must bear that.
        """
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._transact, work)

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """The same as `run`, waiting for it. Raises RuntimeError inside another transaction: that would never end."""
        if getattr(self._here, "storage", False):
            raise RuntimeError("a transaction was asked for inside another one; pass the connection on instead")
        return self._executor.submit(self._transact, work).result()

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the SQLite file and empty it; False if that was not ours to do or not finished.

        If the process that held the directory's lock is gone, this one takes its place.
        """
        return self._executor.submit(self._checkpoint, "TRUNCATE").result()

    def close(self) -> None:
        """Finish what was asked for, checkpoint if that is ours to do, and let go of everything."""
        if self._closed:
            return
        self._closed = True
        self._executor.submit(self._leave).result()
        self._executor.shutdown()
        self._lock.release()

    def _mark_thread(self) -> None:
        self._here.storage = True

    def _transact(self, work: Callable[[Connection], T]) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._once(work)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in _LOST_TO_ANOTHER:
                    raise
        return self._once(work)

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            result = work(connection)
        self._commits += 1
        if self._commits % COMMITS_BETWEEN_CHECKPOINTS == 0:
            self._checkpoint("PASSIVE")  # never waits for anybody, so no turn waits for it
        return result

    def _checkpoint(self, mode: str) -> bool:
        if self._engine.dialect.name != "sqlite" or not self._lock.take():
            return False
        connection = self._engine.raw_connection()  # a checkpoint is refused inside a transaction
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA wal_checkpoint({mode})")
            row = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
        return row is not None and row[0] == 0

    def _leave(self) -> None:
        if self._lock.held:
            self._checkpoint("TRUNCATE")
        self._engine.dispose()


def _address(url: str, data_dir: Path) -> URL:
    address = make_url(url) if url else URL.create("sqlite", database=str(data_dir / "bot.db"))
    kind = address.get_backend_name()
    if kind == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or address.database in (None, "", ":memory:"):
        raise ValueError("the database must be a SQLite file (sqlite:///...) or PostgreSQL (postgresql+psycopg://...)")
    return address


def _postgresql_engine(address: URL) -> Engine:
    return create_engine(
        address,
        pool_size=POSTGRESQL_THREADS,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
    )


def _sqlite_engine(address: URL) -> Engine:
    # Made here because SQLite would let everyone on the machine read it; its -wal and -shm take the same mode.
    os.close(os.open(str(address.database), os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(address, pool_size=1, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin late, and never for a SELECT
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
