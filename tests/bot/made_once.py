"""An office that takes long to make is made once in each process that tests; every test is given a copy of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.exchange import Exchange
from bot.storage import Database, KeyRing
from tests.storage.empty import FILE, furnish

from .case_office import Office
from .talk import definitions


def made_once(make: Callable[[Exchange], Awaitable[Office]]) -> Any:
    """The fixture of this name: what `make` makes in an empty SQLite database, as it was when it was made."""
    key = Fernet.generate_key().decode()
    made: list[tuple[Office, bytes]] = []

    @pytest.fixture(name=make.__name__)
    async def copy(tmp_path: Path) -> Any:
        if not made:
            with opened_exchange("", furnish(tmp_path / "made"), key) as exchange:
                office = await make(exchange)
            made.append((office, (tmp_path / "made" / FILE).read_bytes()))
        office, file = made[0]
        (tmp_path / FILE).write_bytes(file)
        with opened_exchange("", tmp_path, key) as exchange:
            yield replace(office, exchange=exchange, ids=dict(office.ids))

    return copy


@contextmanager
def opened_exchange(url: str, folder: Path, key: str) -> Iterator[Exchange]:
    """The exchange over a database; an empty `url` means the SQLite file in the folder."""
    database = Database.open(url, folder)
    try:
        yield Exchange(database, KeyRing.from_keys([key]), definitions())
    finally:
        database.close()
