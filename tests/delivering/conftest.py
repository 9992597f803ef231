"""The fixtures: one database of each kind, and an office in it with people, cases and stand-in channels."""

from __future__ import annotations

import pytest

from bot.storage import Database, KeyRing
from tests.delivering.office import Office
from tests.storage.conftest import another, data_dir, db, keys, kind, postgres_server, url

__all__ = ["another", "data_dir", "db", "keys", "kind", "postgres_server", "url"]


@pytest.fixture
def office(db: Database, keys: KeyRing, kind: str, url: str) -> Office:
    """On SQLite the process itself sends, on PostgreSQL workers do."""
    return Office(db, keys, workers_at=url if kind == "postgresql" else "")


@pytest.fixture
def embedded(db: Database, keys: KeyRing) -> Office:
    """The process itself sends, on both."""
    return Office(db, keys)
