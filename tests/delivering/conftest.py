"""The fixtures: one database of each kind, and an office in it with people, cases and stand-in channels."""

from __future__ import annotations

import pytest

from bot.storage import Database, KeyRing
from tests.delivering.office import Office
from tests.storage.conftest import another, data_dir, db, keys, kind, postgres_server, url

__all__ = ["another", "data_dir", "db", "keys", "kind", "postgres_server", "url"]


@pytest.fixture
def office(db: Database, keys: KeyRing) -> Office:
    return Office(db, keys)
