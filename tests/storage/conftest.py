"""The fixtures: one database of each kind, empty for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.storage import Database, KeyRing

from .empty import furnish, furnish_schema
from .postgres import schema, server

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'bot.db'}"
    else:
        with schema(request.getfixturevalue("postgres_server")) as address:
            yield address


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def another(url: str, data_dir: Path) -> Iterator[Callable[[], Database]]:
    """Opens the same database once more, as another process would."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database.open(url, data_dir))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def db(kind: str, url: str, data_dir: Path, another: Callable[[], Database]) -> Database:
    if kind == "sqlite":
        furnish(data_dir)
    else:
        furnish_schema(url)
    return another()


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing.from_keys([Fernet.generate_key().decode()])
