"""One engine, one transaction at a time for each caller: opening, migrating, running and closing the database."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.storage import kept_for
from bot.storage.group_commit import GroupCommit
from bot.storage.lock import FileLock
from bot.storage.migrations import migrate

T = TypeVar("T")

CONNECT_WITHIN_SECONDS = 10
POSTGRESQL_THREADS = 8
COMMITS_BETWEEN_CHECKPOINTS = 500
ATTEMPTS = 3

# PostgreSQL's two codes for "your transaction lost to another one; do it again".
_LOST_TO_ANOTHER = frozenset({"40001", "40P01"})

# What SQLite says while a connection is still being prepared does not come wrapped.
_UNUSABLE = (DatabaseError, sqlite3.DatabaseError)

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
        # One thread can commit for many at once; several that meet in PostgreSQL have to lose alone.
        self._group = GroupCommit(engine, self._executor, self._committed) if threads == 1 else None
        self._commits = 0
        self._closed = False

    @classmethod
    def open(cls, url: str, data_dir: Path, area: str = "") -> Database:
        """Open and migrate the database; an empty `url` means the SQLite file `bot.db` in `data_dir`.

        From then on it is kept for the `area` it was first opened for; without one it is opened whoever it is for.
        Creates the directory, and takes the database's lock if that is free. Raises ValueError for a URL of another
        kind or another area's database, ConnectionError for a database that cannot be reached or read.
        """

        def prepare(connection: Connection) -> None:
            migrate(connection)
            if area:
                kept_for.claim(connection, area)

        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = cls._at(_address(url, data_dir), data_dir)
        try:
            database._lock.take()
            database.run_now(prepare)
        except BaseException as error:
            database._lock.release()  # so that closing does not checkpoint what could not even be opened
            database.close()
            if isinstance(error, _UNUSABLE):
                raise _unusable(error) from None
            raise
        return database

    @classmethod
    def glance(cls, url: str, data_dir: Path, work: Callable[[Connection], T]) -> T | None:
        """What `work` finds in the database as it stands, neither made nor migrated; None where there is no file yet.

        Raises ValueError or ConnectionError, as `open` does.
        """
        file = sqlite_file(url, data_dir)
        if file is not None and not file.exists():
            return None
        database = cls._at(_address(url, data_dir), data_dir)
        try:
            return database.run_now(work)
        except _UNUSABLE as error:
            raise _unusable(error) from None
        finally:
            database.close()

    @classmethod
    def _at(cls, address: URL, data_dir: Path) -> Database:
        file = _file(address)
        if file is None:
            return cls(_postgresql_engine(address), FileLock(data_dir / "bot.lock"), POSTGRESQL_THREADS)
        # Beside the file itself: whatever folder it is named from, it has one lock.
        return cls(_sqlite_engine(address), FileLock(file.with_name(f"{file.name}.lock")), 1)

    @property
    def holds_lock(self) -> bool:
        """Whether this is the one process that may checkpoint."""
        return self._lock.held

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction on a storage thread: committed when it returns, undone when it raises.

        On SQLite one commit may hold what others asked for too, each of them kept or undone by itself. Where a
        transaction was lost through no fault of its own it is done again from the start, so `work` must bear that.
        """
        if self._group is not None:
            return await self._group.run(work)
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._transact, work)

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """The same as `run`, waiting for it. Raises RuntimeError inside another transaction: that would never end."""
        if getattr(self._here, "storage", False):
            raise RuntimeError("a transaction was asked for inside another one; pass the connection on instead")
        if self._group is not None:
            return self._group.run_now(work)
        return self._executor.submit(self._transact, work).result()

    def steady_now(self, work: Callable[[Connection], T]) -> T:
        """Do `work` over the database as it stands at one moment, whatever others write meanwhile; nothing is written.

        On SQLite `work` is given a copy, made beside the file and deleted afterwards, so that nobody waits for it.
        """
        return self._executor.submit(self._steady, work).result()

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the SQLite file and empty it; False if that was not ours to do or not finished.

        If the process that held the lock is gone, this one takes its place.
        """
        return self._executor.submit(self._checkpoint, "TRUNCATE").result()

    def close(self) -> None:
        """Finish what was asked for, checkpoint if that is ours to do, and let go of everything."""
        if self._closed:
            return
        self._closed = True
        self._executor.shutdown()  # first: a connection still at work would not be closed with the rest
        self._leave()
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
            return work(connection)

    def _committed(self, many: int) -> None:
        """So much was committed to the SQLite file."""
        self._commits += many
        if self._commits >= COMMITS_BETWEEN_CHECKPOINTS:
            self._commits = 0
            self._checkpoint("PASSIVE")  # never waits for anybody, so no turn waits for it

    def _steady(self, work: Callable[[Connection], T]) -> T:
        if self._engine.dialect.name == "postgresql":
            with self._engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                return work(connection)
        with tempfile.TemporaryDirectory(prefix="bot-copy-", dir=Path(str(self._engine.url.database)).parent) as folder:
            copy = Path(folder) / "copy.db"
            self._copy(copy)
            engine = _sqlite_engine(URL.create("sqlite", database=str(copy)))
            try:
                with engine.begin() as connection:
                    return work(connection)
            finally:
                engine.dispose()

    def _copy(self, to: Path) -> None:
        """SQLite's own way to copy a database that is being written to."""
        os.close(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = self._engine.raw_connection()
        target = sqlite3.connect(to)
        try:
            connection.driver_connection.backup(target)  # type: ignore[union-attr]
        finally:
            target.close()
            connection.close()

    def _checkpoint(self, mode: str) -> bool:
        if self._engine.dialect.name != "sqlite" or not self._lock.take():
            return False
        connection = self._engine.raw_connection()  # a checkpoint is refused inside a transaction
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA wal_checkpoint({mode})")
            row = cursor.fetchone()
            cursor.close()
        except sqlite3.Error as fault:
            # SQLAlchemy has no part in this, and would have raised it so: a full disk shows here too.
            raise OperationalError(f"wal_checkpoint({mode})", None, fault) from fault
        finally:
            connection.close()
        return row is not None and row[0] == 0

    def _leave(self) -> None:
        if self._lock.held:
            self._checkpoint("TRUNCATE")
        self._engine.dispose()


def sqlite_file(url: str, data_dir: Path) -> Path | None:
    """The file a database is kept in; None for PostgreSQL. Raises ValueError for a URL of another kind."""
    return _file(_address(url, data_dir))


def _file(address: URL) -> Path | None:
    return Path(str(address.database)).resolve() if address.get_backend_name() == "sqlite" else None


def _unusable(error: Exception) -> ConnectionError:
    """The driver's own first line; the URL, which may hold a password, is not shown."""
    first = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    return ConnectionError(f"the database cannot be used: {first}")


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
        # Without it a server that is just going down can hold whoever asks for ever.
        connect_args={"connect_timeout": CONNECT_WITHIN_SECONDS},
    )


def _sqlite_engine(address: URL) -> Engine:
    # Made here because SQLite would let everyone on the machine read it; its -wal and -shm take the same mode.
    os.close(os.open(str(address.database), os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(address, pool_size=1, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin late, and never for a SELECT
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma).close()
        except sqlite3.DatabaseError:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
