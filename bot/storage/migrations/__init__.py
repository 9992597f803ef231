"""Bring a database to the present shape of its tables, from any earlier one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select

# Any number, as long as it is always this one: whoever migrates a PostgreSQL database holds the lock of this name.
_ADVISORY_LOCK = 7_241_846_120


def migrate(connection: Connection) -> None:
    """Run the migrations still missing, in the caller's transaction; two processes at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
