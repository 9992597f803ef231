"""The database: its transactions, its lock, its checkpoints and its migrations."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from bot.storage import Database, KeyRing, conversations, events, migrations, tables
from bot.storage.database import COMMITS_BETWEEN_CHECKPOINTS, POSTGRESQL_THREADS

from .conftest import AT
from .postgres import schema

Opener = Callable[[], Database]


def note(number: int) -> Callable[[Connection], bool]:
    return lambda connection: events.first_time(connection, f"event {number}", "", AT)


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(tables.events)).scalar_one()


def test_what_is_done_before_an_error_is_undone(db: Database) -> None:
    def fail(connection: Connection) -> None:
        note(1)(connection)
        raise LookupError("on purpose")

    with pytest.raises(LookupError, match="on purpose"):
        db.run_now(fail)
    assert db.run_now(count) == 0


async def test_many_tasks_at_once_lose_nothing(db: Database) -> None:
    await asyncio.gather(*(db.run(note(number)) for number in range(40)))
    assert await db.run(count) == 40


async def test_sqlite_has_one_writer_and_postgresql_eight(db: Database, kind: str) -> None:
    everyone = 1 if kind == "sqlite" else POSTGRESQL_THREADS
    together = threading.Barrier(everyone, timeout=20)

    def meet(connection: Connection) -> int:
        together.wait()
        return threading.get_ident()

    threads = await asyncio.gather(*(db.run(meet) for _ in range(everyone * 2)))
    assert len(set(threads)) == everyone


def test_a_transaction_inside_another_is_refused_instead_of_hanging(db: Database) -> None:
    with pytest.raises(RuntimeError, match="inside another"):
        db.run_now(lambda _: db.run_now(count))


def test_a_reader_sees_a_whole_transaction_or_nothing(db: Database, another: Opener) -> None:
    db.run_now(note(1))
    assert another().run_now(count) == 1


@pytest.mark.parametrize("url", ["mysql://somewhere/bot", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SQLite file"):
        Database.open(url, tmp_path)


def test_without_a_url_it_is_a_private_file_in_the_data_directory(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    database = Database.open("", folder)
    try:
        database.run_now(note(1))
        assert folder.stat().st_mode & 0o777 == 0o700
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
        assert modes == dict.fromkeys(["bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"], 0o600)
    finally:
        database.close()
        database.close()


def test_sqlite_is_set_to_lose_nothing_at_a_power_cut(data_dir: Path) -> None:
    database = Database.open("", data_dir)
    asked = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "wal_autocheckpoint", "secure_delete")

    def pragmas(connection: Connection) -> list[Any]:
        return [connection.execute(text(f"PRAGMA {name}")).scalar() for name in asked]

    try:
        assert database.run_now(pragmas) == ["wal", 2, 30000, 1, 0, 1]
    finally:
        database.close()


def test_an_error_from_the_database_does_not_show_the_values(db: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(tables.events.insert().values(conversation_id="a secret", event=None, at=AT))

    with pytest.raises(DBAPIError) as caught:
        db.run_now(fail)
    assert "a secret" not in str(caught.value).split("DETAIL")[0]


def test_a_moment_comes_back_in_utc_and_needs_its_time_zone(db: Database) -> None:
    london = datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=ZoneInfo("Europe/London"))
    db.run_now(lambda connection: events.first_time(connection, "e", "", london))
    stored = db.run_now(lambda connection: connection.execute(select(tables.events.c.at)).scalar_one())
    assert stored == london
    assert stored.tzinfo is UTC
    with pytest.raises(StatementError, match="time zone"):
        db.run_now(lambda connection: events.first_time(connection, "f", "", datetime(2026, 7, 1)))


def test_only_the_first_to_open_holds_the_lock_and_it_passes_on(db: Database, another: Opener) -> None:
    second = another()
    assert (db.holds_lock, second.holds_lock) == (True, False)
    second.run_now(note(1))
    assert not second.checkpoint()
    assert not second.holds_lock
    db.close()
    assert another().holds_lock


def test_another_process_does_not_get_the_lock_either(db: Database, url: str, data_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.storage import Database; "
        "database = Database.open(sys.argv[1], Path(sys.argv[2])); "
        "print(database.holds_lock, database.checkpoint()); database.close()"
    )
    ran = subprocess.run([sys.executable, "-c", script, url, str(data_dir)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
    assert db.holds_lock


def test_processes_that_open_a_new_database_at_once_all_succeed(url: str, data_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.storage import Database; sys.stdin.read(); "
        "Database.open(sys.argv[1], Path(sys.argv[2])).close(); print('opened')"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    for process in started:
        process.stdin = None
        out, err = process.communicate(timeout=60)
        assert out == "opened\n", err


def test_only_the_lock_holder_empties_the_log(data_dir: Path) -> None:
    first, second = Database.open("", data_dir), Database.open("", data_dir)
    log, file = data_dir / "bot.db-wal", data_dir / "bot.db"
    try:
        assert first.checkpoint()
        assert log.stat().st_size == 0
        size = file.stat().st_size
        for number in range(COMMITS_BETWEEN_CHECKPOINTS + 1):
            second.run_now(note(number))
        assert not second.checkpoint()
        assert (log.stat().st_size > 0, file.stat().st_size) == (True, size)
        assert first.checkpoint()
        assert (log.stat().st_size, file.stat().st_size > size) == (0, True)
    finally:
        second.close()
        first.close()


def test_the_log_is_moved_into_the_file_as_work_goes_on(data_dir: Path) -> None:
    database = Database.open("", data_dir)
    try:
        database.checkpoint()
        size = (data_dir / "bot.db").stat().st_size
        for number in range(COMMITS_BETWEEN_CHECKPOINTS + 1):
            database.run_now(note(number))
        assert (data_dir / "bot.db").stat().st_size > size
    finally:
        database.close()
    assert not (data_dir / "bot.db-wal").exists()


def test_a_migrated_database_is_what_the_tables_say(db: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, tables.metadata))

    assert db.run_now(differences) == []


def test_a_migrated_database_has_the_same_keys_checks_and_partial_indexes(db: Database) -> None:
    """What the comparison above does not look at: names, foreign keys' rules, checks, conditions of indexes."""
    migrated = db.run_now(describe)
    db.run_now(tables.metadata.drop_all)
    db.run_now(tables.metadata.create_all)
    assert db.run_now(describe) == migrated
    assert "status = 'waiting'" in str(migrated).replace("::text", "").replace("\\'", "'")


def describe(connection: Connection) -> dict[str, Any]:
    looked = inspect(connection)

    def plain(things: Any) -> list[str]:
        return sorted(str(sorted((name, str(value)) for name, value in thing.items())) for thing in things)

    return {
        name: (
            looked.get_pk_constraint(name),
            plain(looked.get_foreign_keys(name)),
            plain(looked.get_unique_constraints(name)),
            plain(looked.get_check_constraints(name)),
            [(i["name"], i["column_names"], plain([i.get("dialect_options", {})])) for i in looked.get_indexes(name)],
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in looked.get_columns(name)],
        )
        for name in looked.get_table_names()
        if name != "alembic_version"
    }


@pytest.mark.postgres
def test_of_two_transactions_that_block_each_other_both_are_done(
    postgres_server: str, tmp_path: Path, keys: KeyRing
) -> None:
    """PostgreSQL ends one of them; it is done again from the start."""
    with schema(postgres_server) as url:
        database = Database.open(url, tmp_path)
        try:
            load = lambda connection, name: conversations.load(connection, keys, "web", name, AT).id  # noqa: E731
            one, two = (database.run_now(lambda connection, n=name: load(connection, n)) for name in "ab")
            met = threading.Barrier(2, timeout=20)
            tries: list[str] = []

            def touch(first: str, second: str, connection: Connection) -> None:
                for place, id_ in enumerate((first, second)):
                    this = tables.conversations.c.id == id_
                    more = tables.conversations.c.version + 1
                    connection.execute(update(tables.conversations).where(this).values(version=more))
                    if place == 0:
                        tries.append(first)
                        if len(tries) <= 2:
                            met.wait()

            with ThreadPoolExecutor(2) as both:
                works = [lambda c: touch(one, two, c), lambda c: touch(two, one, c)]
                list(both.map(database.run_now, works))
            # Once more at least: it may meet the other before that one is done.
            assert len(tries) > 2
            found = select(tables.conversations.c.version)
            assert database.run_now(lambda connection: connection.execute(found).scalars().all()) == [2, 2]
        finally:
            database.close()


def test_the_revision_taken_for_the_newest_is_the_newest() -> None:
    """Otherwise a database that is behind would be taken to be up to date."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]


@pytest.mark.postgres
def test_closing_waits_for_what_is_at_work_and_lets_go_of_every_connection(
    postgres_server: str, tmp_path: Path
) -> None:
    begun, never, held = threading.Event(), threading.Event(), []

    def work(connection: Connection) -> None:
        held.append(connection.connection.driver_connection)
        begun.set()
        never.wait(0.2)  # long enough for a closing that does not wait to overtake it

    with schema(postgres_server) as url:
        database = Database.open(url, tmp_path)
        with ThreadPoolExecutor(1) as other:
            working = other.submit(database.run_now, work)
            begun.wait()
            database.close()
            working.result()
    assert [one.closed for one in held] == [True]
