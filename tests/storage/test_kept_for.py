"""A database is kept for the area it was first opened for, and opened for no other: nothing in it is touched then."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, inspect, select

from adapters.settings import Settings
from adapters.workplace import unlocked
from bot.storage import Database, kept_for, tables
from bot.storage.kept_for import OtherArea

from .test_migrations import EARLIER, Before

WITH_PEOPLE = [one for one in EARLIER if one >= "0003"]


def opened(url: str, folder: Path, area: str) -> str | None:
    """The area that a database says it is kept for, once opened for one."""
    database = Database.open(url, folder, area)
    try:
        return database.run_now(kept_for.kept)
    finally:
        database.close()


def everything(url: str, folder: Path) -> dict[str, list[str]]:
    """Every row of every table there is, the revision's too."""

    def work(connection: Connection) -> dict[str, list[str]]:
        there = MetaData()
        there.reflect(connection)
        return {one.name: sorted(map(repr, connection.execute(select(one)).all())) for one in there.sorted_tables}

    return Database.glance(url, folder, work) or {}


def test_it_is_kept_for_the_area_it_was_first_opened_for(url: str, data_dir: Path) -> None:
    assert opened(url, data_dir, "northborough") == "northborough"
    assert opened(url, data_dir, "northborough") == "northborough"
    assert opened(url, data_dir, "") == "northborough"


def test_opened_for_no_area_it_is_kept_for_none_yet(url: str, data_dir: Path) -> None:
    assert opened(url, data_dir, "") is None
    assert opened(url, data_dir, "southborough") == "southborough"


def test_opened_for_another_it_says_whose_it_is_and_what_to_do_and_is_as_it_was(url: str, data_dir: Path) -> None:
    opened(url, data_dir, "northborough")
    before = everything(url, data_dir)
    with pytest.raises(OtherArea) as refused:
        Database.open(url, data_dir, "southborough")
    assert str(refused.value) == (
        "this database is kept for northborough, and southborough was asked for (BOT_AREA, or --area). One database is "
        "kept for one area: give southborough a folder of its own (BOT_DATA_DIR, or --data), or a database of its own "
        "(BOT_DATABASE_URL). Nothing was changed."
    )
    assert everything(url, data_dir) == before
    assert opened(url, data_dir, "northborough") == "northborough"


def test_only_looked_at_for_another_it_is_refused_too(db: Database) -> None:
    db.run_now(lambda connection: kept_for.claim(connection, "northborough"))
    db.run_now(lambda connection: kept_for.check(connection, "northborough"))
    with pytest.raises(OtherArea, match="is kept for northborough"):
        db.run_now(lambda connection: kept_for.check(connection, "southborough"))


def test_there_is_room_for_one_area(db: Database) -> None:
    claim = lambda connection: kept_for.claim(connection, "northborough")  # noqa: E731
    db.run_now(claim)
    with pytest.raises(OtherArea):
        db.run_now(lambda connection: kept_for.claim(connection, "southborough"))
    rows = db.run_now(lambda connection: connection.execute(select(tables.kept_for)).all())
    assert [tuple(one) for one in rows] == [(1, "northborough")]


def test_of_processes_that_open_it_at_once_for_different_areas_one_has_it(url: str, data_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.storage import Database, kept_for; sys.stdin.read();\n"
        "try: Database.open(sys.argv[1], Path(sys.argv[2]), sys.argv[3]).close(); print('opened')\n"
        "except kept_for.OtherArea as other: print(other.is_of)"
    )
    areas = ["northborough", "southborough"] * 2
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, str(data_dir), area],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for area in areas
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    said = [process.communicate(timeout=60) for process in started]
    of = opened(url, data_dir, "")
    expected = ["opened\n" if area == of else f"is kept for {of}\n" for area in areas]
    assert [out for out, _ in said] == expected, said


@pytest.mark.parametrize("revision", EARLIER)
def test_one_from_before_is_kept_for_whoever_opens_it(url: str, data_dir: Path, revision: str) -> None:
    before = Before(url, revision)
    before.says("one")
    before.engine.dispose()
    assert opened(url, data_dir, "northborough") == "northborough"


@pytest.mark.parametrize("revision", WITH_PEOPLE)
def test_one_from_before_with_this_area_alone_is_kept_for_it(url: str, data_dir: Path, revision: str) -> None:
    before = Before(url, revision)
    before.knows("ann", "northborough")
    before.has_case("ann", "northborough")
    before.engine.dispose()
    assert opened(url, data_dir, "northborough") == "northborough"


@pytest.mark.parametrize("revision", WITH_PEOPLE)
@pytest.mark.parametrize("put", [Before.knows, Before.has_case])
def test_one_from_before_with_people_or_cases_of_another_is_refused_as_it_was(
    url: str, data_dir: Path, revision: str, put: Callable[[Before, str, str], None]
) -> None:
    before = Before(url, revision)
    if put is Before.has_case:
        before.knows("ann", "northborough")
    else:
        before.says("one")
    put(before, "ann", "southborough")
    before.engine.dispose()
    rows = everything(url, data_dir)
    with pytest.raises(OtherArea, match=r"^this database has people or cases of southborough, and northborough was"):
        Database.open(url, data_dir, "northborough")
    assert everything(url, data_dir) == rows
    assert rows["alembic_version"] == [f"('{revision}',)"]
    with pytest.raises(OtherArea, match="has people or cases of southborough"):
        Database.glance(url, data_dir, lambda connection: kept_for.check(connection, "northborough"))


@pytest.mark.parametrize("area", ["northborough", "southborough"])
def test_one_in_which_another_area_was_only_tried_is_kept_for_either(url: str, data_dir: Path, area: str) -> None:
    before = Before(url, "0007")
    before.knows("ann", "northborough")
    before.knows("ben", "southborough")
    before.engine.dispose()
    assert opened(url, data_dir, area) == area


def test_the_table_can_be_taken_away_again(url: str, data_dir: Path) -> None:
    before = Before(url, "0008")
    before.back_to("0007")
    assert not inspect(before.engine).has_table("kept_for")
    before.engine.dispose()
    assert opened(url, data_dir, "northborough") == "northborough"


def test_to_look_at_what_is_kept_does_not_say_whose_it_is(url: str, data_dir: Path, tmp_path: Path) -> None:
    assert opened(url, data_dir, "") is None
    looks = Settings(database_url=url, data_dir=data_dir, key_file=tmp_path / "keys" / "file", area="southborough")
    with unlocked(looks):
        pass
    assert Database.glance(url, data_dir, kept_for.kept) is None
    with unlocked(looks, begins=True):
        pass
    assert Database.glance(url, data_dir, kept_for.kept) == "southborough"
