"""A database of any earlier revision is brought to the present shape with all it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, select

from bot.storage import Database, migrations, people_tables, tables
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

    def knows(self, id_: str, area: str) -> None:
        """Somebody with a role in an area."""
        chain = {"version": 1, "head_seq": 0, "head_hash": START_OF_CHAIN}
        self.put("people", id=id_, created_at=AT, touched_at=AT, **chain)
        self.put("roles", person_id=id_, area=area, role="lead", granted_at=AT, granted_by=id_)

    def has_case(self, id_: str, area: str) -> None:
        """A case of an area that somebody known opened."""
        self.put("plans", id=area, body="")
        case = {"kind": "case", "status": "open", "held": False, "created_at": AT, "touched_at": AT}
        chain = {"head_seq": 0, "head_hash": START_OF_CHAIN}
        self.put("cases", id=area, area=area, ref="26-001", plan_id=area, opened_by=id_, **case, **chain)

    def back_to(self, revision: str) -> None:
        """What was made since an earlier revision is taken away."""
        with self.engine.begin() as connection:
            go(connection, command.downgrade, revision)


def after(url: str, folder: Path) -> tuple[list[str], list[str], list[Any]]:
    """Brought to the present: the conversations, where something was asked, and what is not as the tables say."""

    def work(connection: Connection) -> tuple[list[str], list[str], list[Any]]:
        said = connection.execute(select(tables.conversations.c.id)).scalars().all()
        asked = connection.execute(select(tables.questions.c.conversation_id)).scalars().all()
        options = {"compare_type": True, "compare_server_default": True}
        amiss = compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata)
        return list(said), list(asked), list(amiss)

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
    asked = ["one"] if "questions" in before.tables.tables else []
    assert after(url, data_dir) == (["one"], asked, [])


@pytest.mark.parametrize("revision", [one for one in EARLIER if "0003" <= one < "0009"])
def test_an_absence_noted_before_there_could_be_several_stays(url: str, data_dir: Path, revision: str) -> None:
    before = Before(url, revision)
    for name in ("away", "here"):
        before.knows(name, "exampleshire")
    before.has_case("away", "exampleshire")
    days = {"away_from": date(2026, 12, 22), "away_to": date(2026, 12, 26)}
    with before.engine.begin() as connection:
        rows = before.tables.tables["people"]
        connection.execute(rows.update().where(rows.c.id == "away").values(days))

    def noted() -> list[tuple[object, ...]]:
        database = Database.open(url, data_dir)
        try:
            return [tuple(row) for row in database.run_now(lambda c: c.execute(select(people_tables.absences)).all())]
        finally:
            database.close()

    assert noted() == [("away", *days.values())]
    before.back_to(revision)
    with before.engine.begin() as connection:
        held = {row.id: (row.away_from, row.away_to) for row in connection.execute(select(rows))}
        assert held == {"away": tuple(days.values()), "here": (None, None)}
        assert len(connection.execute(select(before.tables.tables["roles"])).all()) == 2
        assert len(connection.execute(select(before.tables.tables["cases"])).all()) == 1
    before.engine.dispose()
