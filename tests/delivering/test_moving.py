"""A running area moves from SQLite to PostgreSQL whole, or not at all, and goes on there as if nothing had been."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, func, select, update

from adapters.__main__ import main
from bot.storage import Database, KeyRing, create_key_file, kept_for, moving, timeline
from bot.storage.case_tables import nudges
from bot.storage.families import CASES, CONVERSATIONS, PEOPLE
from bot.storage.moving import NotMoved, check_empty, move
from bot.storage.tables import events, outgoing
from tests.delivering.office import AREA, NOON, Office
from tests.delivering.stand_in import all_lines
from tests.storage.postgres import schema

pytestmark = pytest.mark.postgres


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "keys")
    return tmp_path


@pytest.fixture
def keys(folder: Path) -> KeyRing:
    return KeyRing.from_file(folder / "keys")


@pytest.fixture
def to(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database to move to."""
    with schema(postgres_server) as url:
        yield url


@pytest.fixture
async def filled(folder: Path, keys: KeyRing) -> Path:
    """The file of an office that has been at work: some said, some waiting, one conversation held by someone."""
    database = Database.open("", folder, AREA)
    office = Office(database, keys)
    ann, ben = office.person("Ann", "chat:ann"), office.person("Ben", "chat:ben", roles=["deputy"])
    office.case((ann, "notify_panel"), (ben, "tell_partners"))
    await office.run()
    office.case((ann, "help_review"))
    await office.watch._wake_cases(office.at)
    database.close()
    return folder / "bot.db"


def command(folder: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("BOT_DATA_DIR", str(folder))
    return CliRunner().invoke(main, ["migrate-database", "--to", to])


def counted(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in moving._METADATA.sorted_tables
    }


async def test_everything_is_there_afterwards_and_goes_on(
    filled: Path, folder: Path, keys: KeyRing, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Database.glance("", folder, counted)
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 0, said.output
    assert f"All {sum(before.values()) if before else 0} rows are the same in both" in said.output
    assert sorted(path.name for path in folder.glob("bot.db*")) == ["bot.db.lock", "bot.db.moved"]
    begun_afresh = CliRunner().invoke(main, ["chat"])
    assert begun_afresh.exit_code == 1
    assert "set BOT_DATABASE_URL to that database" in begun_afresh.stderr
    assert not (folder / "bot.db").exists()
    database = Database.open(to, folder)
    try:
        assert database.run_now(counted) == before
        for family in (CONVERSATIONS, PEOPLE, CASES):
            for of in database.run_now(lambda c, f=family: list(c.execute(select(f.heads.c.id)).scalars())):
                assert database.run_now(lambda c, o=of, f=family: timeline.verify(c, o, f)) is None
        last = database.run_now(lambda c: c.execute(select(func.max(outgoing.c.id))).scalar_one())
        office = Office(database, keys, workers_at=to)
        await office.run()
        assert all_lines(office.chat.arrived) == {"Case 26-002: help_review.": 1}
        assert database.run_now(lambda c: c.execute(select(func.max(outgoing.c.id))).scalar_one()) == last + 1
    finally:
        database.close()


def test_a_database_that_is_not_empty_is_refused_and_nothing_is_changed(
    filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(to, folder)
    database.run_now(lambda c: c.execute(events.insert().values(conversation_id="c", event=b"e", at=NOON)) and None)
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 1
    assert said.output.endswith(
        "the database to move to is not empty: there are rows in events. Nothing was changed.\n"
    )
    assert filled.exists()
    assert sum(database.run_now(counted).values()) == 1
    database.close()


def test_whose_it_is_stays_open_where_it_was_not_noted(folder: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Database.open("", folder).close()
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 0, said.output
    assert Database.glance(to, folder, kept_for.kept) is None


def test_it_is_not_moved_to_where_an_area_is_noted_then(folder: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Database.open("", folder).close()
    Database.open(to, folder, AREA).close()
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 1
    assert f"is kept for {AREA}, and whose this is was never noted: start the bot on it once" in said.output
    assert (folder / "bot.db").exists()
    assert Database.glance(to, folder, kept_for.kept) == AREA


def test_another_areas_is_refused_and_stays(
    filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_AREA", "barnsley")
    said = command(folder, to, monkeypatch)
    assert (said.exit_code, f"is kept for {AREA}, and barnsley was asked for" in said.output) == (1, True)
    assert filled.exists()


def test_while_the_bot_runs_it_is_refused(filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    running = Database.open("", folder)
    try:
        said = command(folder, to, monkeypatch)
    finally:
        running.close()
    assert (said.exit_code, "the bot is running on this database: stop it first" in said.output) == (1, True)
    assert filled.exists()


def test_broken_off_at_any_table_it_leaves_the_one_untouched_and_the_other_empty(
    filled: Path, folder: Path, to: str
) -> None:
    before = filled.read_bytes()
    script = (
        "import os, signal, sys; from pathlib import Path; from adapters import migrate_database as one; "
        "from adapters.settings import Settings; "
        "one.click.echo = lambda line, **_: line.startswith(sys.argv[3]) and os.kill(os.getpid(), signal.SIGKILL); "
        "one.run(Settings(data_dir=Path(sys.argv[1])), sys.argv[2])"
    )
    tables = [table.name for table in moving._METADATA.sorted_tables]
    for table in (tables[0], "outgoing", tables[-1]):
        died = subprocess.run([sys.executable, "-c", script, str(folder), to, f"{table}:"], env=dict(os.environ))
        assert died.returncode == -signal.SIGKILL
        database = Database.open(to, folder)
        assert sum(database.run_now(counted).values()) == 0
        database.close()
        assert filled.exists()
    assert Database.glance("", folder, counted) is not None
    assert filled.read_bytes()[100:] == before[100:]


def test_a_database_that_was_opened_before_for_the_same_area_is_empty(
    filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(to, folder, AREA).close()
    before = Database.glance("", folder, counted)
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 0, said.output
    assert Database.glance(to, folder, counted) == before
    assert Database.glance(to, folder, kept_for.kept) == AREA


def test_a_database_that_is_kept_for_another_area_is_refused(
    filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(to, folder, "barnsley").close()
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 1
    assert said.output.endswith(
        "the database to move to is kept for barnsley, and this is exampleshire's. Nothing was changed.\n"
    )
    assert filled.exists()
    assert Database.glance(to, folder, kept_for.kept) == "barnsley"


@pytest.mark.parametrize("spoil", ["row", "chain"])
def test_a_copy_that_is_not_the_same_is_not_kept(filled: Path, folder: Path, to: str, spoil: str) -> None:
    source, target = Database.open("", folder), Database.open(to, folder)

    def spoilt(name: str, _: int, writing: Connection) -> None:
        if spoil == "row" and name == "nudges":
            writing.execute(update(nudges).values(line="changed"))
        if spoil == "chain" and name == "person_entries":
            writing.execute(PEOPLE.entries.delete().where(PEOPLE.entries.c.seq == 1))

    def both(reading: Connection) -> None:
        target.run_now(lambda writing: move(reading, writing, lambda name, rows: spoilt(name, rows, writing)) and None)

    try:
        with pytest.raises(NotMoved, match=r"is not the same|not whole"):
            source.run_now(both)
        target.run_now(check_empty)
    finally:
        source.close()
        target.close()


def test_a_chain_that_was_broken_before_is_named_and_moved_as_it_is(
    filled: Path, folder: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Database.open("", folder)
    gone = PEOPLE.entries.delete().where(PEOPLE.entries.c.seq == 1)
    source.run_now(lambda c: c.execute(gone) and None)
    source.close()
    said = command(folder, to, monkeypatch)
    assert said.exit_code == 0
    assert said.stderr.count("This chain was broken before, and is now as it was: people:") == 2
