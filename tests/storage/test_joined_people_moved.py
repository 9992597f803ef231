"""People who turned out to be somebody else are moved, backed up and put back, whoever of the two was there first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from adapters import backup
from adapters.settings import Settings
from adapters.workplace import CannotOpen
from bot.storage import Database, KeyRing, joining, kept_for, moving, people
from bot.storage.moving import NotMoved, move
from bot.storage.people_tables import people as heads
from tests.storage.conftest import AT
from tests.storage.postgres import schema

JOINS = {
    "older into newer": [(0, 1)],
    "newer into older": [(1, 0)],
    "one after the other": [(0, 1), (1, 2)],
    "the other way": [(2, 1), (1, 0)],
    "several into the last": [(0, 3), (1, 3), (2, 3)],
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where to move to, of either kind."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path / "to", key_file=tmp_path / "keys")
        return
    with schema(request.getfixturevalue("postgres_server")) as address:
        yield Settings(data_dir=tmp_path / "to", key_file=tmp_path / "keys", database_url=address)


def joined(db: Database, keys: KeyRing, pairs: list[tuple[int, int]]) -> list[str]:
    """Four people, some of whom turned out to be others; their ids."""
    ids = [db.run_now(lambda c, n=number: people.make(c, keys, f"P{n}", AT + timedelta(days=n))) for number in range(4)]
    for gone, kept in pairs:
        db.run_now(lambda c, k=ids[kept], g=ids[gone]: joining.join(c, keys, k, g, AT))
    return ids


def named(connection: Connection) -> dict[str, str | None]:
    return {row.id: row.joined_to for row in connection.execute(select(heads))}


def read(settings: Settings, work: Callable[[Connection], object]) -> object:
    opened = Database.open(settings.database_url, settings.data_dir)
    try:
        return opened.run_now(work)
    finally:
        opened.close()


@pytest.mark.parametrize("pairs", JOINS.values(), ids=JOINS)
def test_everybody_is_moved_and_still_who_they_turned_out_to_be(
    db: Database, keys: KeyRing, empty: Settings, pairs: list[tuple[int, int]]
) -> None:
    joined(db, keys, pairs)
    target = Database.open(empty.database_url, empty.data_dir)
    try:
        moved = db.run_now(lambda source: target.run_now(lambda writing: move(source, writing)))
        assert (moved.rows["people"], moved.broken) == (4, ())
        before = db.run_now(named)
        assert target.run_now(named) == before
        assert sum(one is not None for one in before.values()) == len(pairs)
    finally:
        target.close()


def test_a_row_may_name_one_that_names_another(db: Database, keys: KeyRing, empty: Settings) -> None:
    ids = joined(db, keys, [])
    chain = list(pairwise(ids))
    for gone, kept in chain:
        db.run_now(lambda c, g=gone, k=kept: c.execute(update(heads).where(heads.c.id == g).values(joined_to=k)))
    target = Database.open(empty.database_url, empty.data_dir)
    try:
        db.run_now(lambda source: target.run_now(lambda writing: move(source, writing)))
        assert target.run_now(named) == {**dict(chain), ids[-1]: None}
    finally:
        target.close()


def test_a_backup_of_people_who_were_joined_is_made_and_put_back(
    db: Database, keys: KeyRing, url: str, data_dir: Path, empty: Settings, tmp_path: Path
) -> None:
    ids = joined(db, keys, [(0, 1), (3, 2)])
    # Written anew, as when somebody signs in: on PostgreSQL whom a row names then comes after it.
    db.run_now(lambda c: c.execute(update(heads).where(heads.c.id == ids[1]).values(touched_at=AT)))
    here = Settings(data_dir=data_dir, key_file=tmp_path / "keys", database_url=url)
    db.run_now(lambda c: kept_for.claim(c, here.area))
    made = backup.back_up(here, tmp_path / "kept.zip", AT)
    assert backup.restore(empty, tmp_path / "kept.zip") == made
    assert read(empty, named) == db.run_now(named) == {ids[0]: ids[1], ids[1]: None, ids[2]: None, ids[3]: ids[2]}


def test_what_a_database_refuses_is_said_in_a_sentence_and_nothing_is_left(
    keys: KeyRing, tmp_path: Path, empty: Settings
) -> None:
    data_dir = tmp_path / "data"
    source = Database.open("", data_dir)
    ids = joined(source, keys, [])
    source.close()
    # As a damaged file may be: a row that names one that is not there.
    with closing(sqlite3.connect(data_dir / "bot.db")) as file, file:
        file.execute("UPDATE people SET joined_to = 'nobody' WHERE id = ?", (ids[0],))
    source = Database.open("", data_dir)
    target = Database.open(empty.database_url, empty.data_dir)
    try:
        with pytest.raises(NotMoved, match=r"^people could not be copied: [^\n]+[^.\n]$"):
            source.run_now(lambda reading: target.run_now(lambda writing: move(reading, writing)))
        target.run_now(moving.check_empty)
    finally:
        target.close()
        source.close()
    here = Settings(data_dir=data_dir, key_file=tmp_path / "keys")
    with pytest.raises(CannotOpen, match=r"people could not be copied: FOREIGN KEY .*\. No backup was made\.$"):
        backup.back_up(here, tmp_path / "kept.zip", AT)
    assert not list(tmp_path.glob("kept.zip*"))


def test_every_column_that_names_a_row_of_its_own_table_may_be_empty() -> None:
    for table in moving._METADATA.sorted_tables:
        for column in table.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                assert column.nullable, f"{table.name}.{column.name}: its rows are moved before whom they name"
