"""A database of any earlier revision is brought to the present shape with all it holds, whose area it is among that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, select

from bot.storage import Database, areas, migrations, tables
from bot.storage.timeline import START_OF_CHAIN

from .conftest import AT

FOLDER = str(Path(migrations.__file__).parent)
EARLIER = [one.revision for one in ScriptDirectory(FOLDER).walk_revisions() if one.revision != migrations.HEAD]


def go(connection: Connection, way: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", FOLDER)
    config.attributes["connection"] = connection
    way(config, revision)


class Before:
    """A database as it was at an earlier revision."""

    def __init__(self, url: str, revision: str) -> None:
        if url.startswith("sqlite"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
        self.engine = create_engine(url)
        with self.engine.begin() as connection:
            go(connection, command.upgrade, revision)
        self.tables = MetaData()
        self.tables.reflect(self.engine)

    def put(self, table: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(self.tables.tables[table].insert().values(**values))

    def says(self, id_: str) -> None:
        """A conversation at the address of its name, with a question where those are kept."""
        chain = {"version": 1, "head_seq": 0, "head_hash": START_OF_CHAIN}
        self.put("conversations", id=id_, created_at=AT, touched_at=AT, **chain)
        self.put("addresses", channel="web", address=id_, conversation_id=id_)
        if "questions" in self.tables.tables:
            asked = dict.fromkeys(("channel", "address", "route", "topic", "line", "answered_by"), "")
            self.put("questions", conversation_id=id_, seq=1, at=AT, wants_answer=False, **asked)

    def knows(self, id_: str, *in_areas: str) -> None:
        """Somebody with roles in areas, who has the conversation of their name."""
        chain = {"version": 1, "head_seq": 0, "head_hash": START_OF_CHAIN}
        self.put("people", id=id_, created_at=AT, touched_at=AT, **chain)
        self.put("accounts", channel="web", address=id_, person_id=id_, place=0, added_at=AT)
        for area in in_areas:
            self.put("roles", person_id=id_, area=area, role="lead", granted_at=AT, granted_by=id_)

    def opened(self, id_: str, area: str) -> None:
        """A case that somebody opened."""
        self.put("plans", id=area, body="")
        case = {"kind": "case", "status": "open", "held": False, "created_at": AT, "touched_at": AT}
        chain = {"head_seq": 0, "head_hash": START_OF_CHAIN}
        self.put("cases", id=area, area=area, ref="26-001", plan_id=area, opened_by=id_, **case, **chain)


def after(url: str, folder: Path) -> tuple[dict[str, str], dict[str, str], list[Any]]:
    """Brought to the present: the area of each conversation and each question, and what is not as the tables say."""

    def work(connection: Connection) -> tuple[dict[str, str], dict[str, str], list[Any]]:
        spoken = connection.execute(select(tables.conversations.c.id, tables.conversations.c.area)).all()
        asked = connection.execute(select(tables.questions.c.conversation_id, tables.questions.c.area)).all()
        options = {"compare_type": True, "compare_server_default": True}
        amiss = list(compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata))
        return dict(map(tuple, spoken)), dict(map(tuple, asked)), amiss

    database = Database.open(url, folder)
    try:
        return database.run_now(work)
    finally:
        database.close()


@pytest.mark.parametrize("revision", EARLIER)
def test_every_earlier_revision_comes_to_the_present_shape_and_loses_nothing(
    url: str, data_dir: Path, revision: str
) -> None:
    before = Before(url, revision)
    before.says("one")
    before.engine.dispose()
    spoken, asked, amiss = after(url, data_dir)
    assert spoken == {"one": areas.UNKNOWN}
    assert asked == ({"one": areas.UNKNOWN} if "questions" in before.tables.tables else {})
    assert amiss == []


@pytest.mark.parametrize("revision", [one for one in EARLIER if one >= "0003"])
def test_what_was_said_is_of_the_one_area_that_all_is_of_else_of_whoever_said_it(
    url: str, data_dir: Path, revision: str
) -> None:
    before = Before(url, revision)
    for name in ("ann", "ben", "cyd", "dan", "nobody"):
        before.says(name)
    before.knows("ann", "northborough")
    before.knows("ben", "northborough", "southborough")
    before.knows("cyd")
    before.opened("cyd", "southborough")
    before.knows("dan")
    before.engine.dispose()
    spoken, asked, _ = after(url, data_dir)
    assert spoken == {"ann": "northborough", "ben": "", "cyd": "southborough", "dan": "", "nobody": ""}
    assert asked == spoken


def test_where_all_is_of_one_area_so_is_what_nobody_known_has_said(url: str, data_dir: Path) -> None:
    before = Before(url, "0007")
    before.says("nobody")
    before.knows("ann", "northborough")
    before.engine.dispose()
    assert after(url, data_dir)[:2] == ({"nobody": "northborough"}, {"nobody": "northborough"})


def test_the_columns_can_be_taken_away_again_and_nothing_goes_with_them(url: str, data_dir: Path) -> None:
    """On SQLite a table made anew would take what hangs on it along."""
    before = Before(url, migrations.HEAD)
    before.says("one")
    before.engine.dispose()
    database = Database.open(url, data_dir)
    database.run_now(lambda connection: go(connection, command.downgrade, "0007"))
    database.close()
    assert after(url, data_dir) == ({"one": ""}, {"one": ""}, [])
