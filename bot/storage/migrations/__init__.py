"""Bring a database to the present shape of its tables, from any earlier one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

HEAD = "0009"
"""The revision of the newest file in `versions`."""

# Any number, as long as it is always this one: whoever migrates a PostgreSQL database holds the lock of this name.
_ADVISORY_LOCK = 7_241_846_120


def migrate(connection: Connection) -> None:
    """Run the migrations still missing, in the caller's transaction; two processes at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    if _revision(connection) == HEAD:
        return
    # Imported late: it takes a sixth of a second, and a database is nearly always up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
