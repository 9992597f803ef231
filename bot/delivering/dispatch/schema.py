"""Brings the tables of the queue, which belong to Procrastinate, to the version that is installed."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from procrastinate.schema import SchemaManager

from bot.storage import Connection

# Any number, as long as it is always this one: whoever changes the queue's tables holds the lock of this name.
_ADVISORY_LOCK = 7_241_846_121
_MARK = "made for "


def prepare(connection: Connection) -> None:
    """Make the queue's tables, or bring them up to date, in the caller's transaction; two at once take turns.

    Raises ValueError where they are of a newer version.
    """
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_ADVISORY_LOCK,))
    there = version_there(connection)
    here = version("procrastinate")
    if there == here:
        return
    if there is None:
        scripts = [SchemaManager.get_schema()]
    elif _numbers(there) > _numbers(here):
        raise ValueError(f"the queue in the database is of version {there}; this is {here}: install the newer one")
    else:
        scripts = scripts_after(there)
    for script in scripts:
        _run(connection, script)
    _run(connection, f"COMMENT ON TABLE procrastinate_jobs IS '{_MARK}{here}'")


def version_there(connection: Connection) -> str | None:
    """The version whose tables are there; None where there are none."""
    found = connection.exec_driver_sql(
        "SELECT coalesce(obj_description(to_regclass('procrastinate_jobs')), '') "
        "WHERE to_regclass('procrastinate_jobs') IS NOT NULL"
    ).scalar()
    return None if found is None else str(found).removeprefix(_MARK)


def scripts_after(there: str) -> list[str]:
    """Procrastinate's own migrations from a version to the one installed, in order."""
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return [file.read_text("utf-8") for file in files if _numbers(file.name) > _numbers(there)]


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(each) for each in found.groups()) if found else (0, 0, 0)


def _run(connection: Connection, script: str) -> None:
    """Runs a script of many statements; without values, so that its percent signs are its own."""
    driver: Any = connection.connection.driver_connection
    driver.execute(script)
