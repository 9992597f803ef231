"""An exchange over an empty database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.exchange import Exchange
from tests.storage.empty import furnish, furnish_schema
from tests.storage.postgres import schema, server

from .made_once import opened_exchange


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def exchange(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    if request.param == "sqlite":
        yield from _exchange("", furnish(tmp_path))
    else:
        with schema(request.getfixturevalue("postgres_server")) as url:
            furnish_schema(url)
            yield from _exchange(url, tmp_path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Exchange]:
    yield from _exchange("", furnish(tmp_path))


def _exchange(url: str, folder: Path) -> Iterator[Exchange]:
    with opened_exchange(url, folder, Fernet.generate_key().decode()) as exchange:
        yield exchange
