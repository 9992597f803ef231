"""Empty databases with all their tables, made once in each process that tests: bringing each up to date takes long."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect

from bot.storage import Database
from bot.storage.migrations import migrate

FILE = "bot.db"
"""The name of a SQLite database in its folder."""

_steps: list[str] = []


def furnish(folder: Path) -> Path:
    """The folder, made if need be, with a SQLite database that has all its tables; what is there already stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / FILE).exists():
        (folder / FILE).write_bytes(_file())
    return folder


def furnish_schema(url: str) -> None:
    """The same for an empty schema of a PostgreSQL server."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if _steps:
                connection.exec_driver_sql(";\n".join(_steps))
            else:
                _steps.extend(_recorded(connection))
    finally:
        engine.dispose()


@cache
def _file() -> bytes:
    with TemporaryDirectory() as folder:
        Database.open("", Path(folder)).close()
        return (Path(folder) / FILE).read_bytes()


def _recorded(connection: Connection) -> list[str]:
    """Brings the schema up to date, and gives the statements that did it."""
    said: list[str] = []

    def hear(_1: Any, _2: Any, statement: str, parameters: Any, *_3: Any) -> None:
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")):
            assert not parameters, f"a migration that sends values cannot be said again: {statement}"
            said.append(statement)

    event.listen(connection, "before_cursor_execute", hear)
    migrate(connection)
    event.remove(connection, "before_cursor_execute", hear)
    assert inspect(connection).get_table_names()
    return said
