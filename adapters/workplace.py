"""Puts the bot together on this machine: the data folder, its keys, the database and the exchange."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from bot.definitions import Definitions
from bot.documents import BrokenTemplate
from bot.exchange import Exchange
from bot.settings import Settings
from bot.storage import BrokenKeys, Database, KeyRing, add_key, create_key_file
from bot.storage.data_keys import rewrap
from dialogs.flow import BrokenFlow
from dialogs.table import BrokenTable
from knowledge.area import BrokenArea, UnknownArea
from knowledge.danger import BrokenDangerRules
from knowledge.sources import BrokenSource

AUTHORS_FAULTS = (
    BrokenFlow,
    BrokenTable,
    BrokenArea,
    BrokenSource,
    BrokenDangerRules,
    BrokenTemplate,
    UnknownArea,
)


class CannotOpen(Exception):
    """The data folder, its keys or the database cannot be used; the message says why."""


@contextmanager
def opened(
    settings: Settings, definitions: Definitions, reached: Callable[[str], None] = lambda _: None
) -> Iterator[Exchange]:
    """The exchange over this machine's database, closed again at the end. Raises CannotOpen."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = _keys(settings)
        database = _database(settings)
    except (BrokenKeys, OSError, ValueError) as fault:
        raise CannotOpen(str(fault)) from fault
    try:
        yield Exchange(database, keys, definitions, reached)
    finally:
        database.close()


def rotate_keys(settings: Settings) -> str:
    """Adds a new key and wraps every data key with it; says what was done. Raises CannotOpen."""
    try:
        add_key(settings.keys)
        keys = KeyRing.from_file(settings.keys)
        database = _database(settings)
    except (BrokenKeys, OSError, ValueError) as fault:
        raise CannotOpen(str(fault)) from fault
    try:
        count = database.run_now(lambda connection: rewrap(connection, keys))
    finally:
        database.close()
    return f"A new key is in use; {count} conversations are wrapped with it. The old key stays in {settings.keys}."


def _keys(settings: Settings) -> KeyRing:
    if not settings.keys.exists():
        if (settings.data_dir / "bot.db").exists():
            raise BrokenKeys(f"{settings.keys}: the key file is missing, and what is kept cannot be read without it")
        settings.keys.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_key_file(settings.keys)
        if beside_database(settings):
            warn(f"A key file was made at {settings.keys}, beside the database: set BOT_KEY_FILE to keep it elsewhere.")
    return KeyRing.from_file(settings.keys)


def _database(settings: Settings) -> Database:
    if settings.database_url.startswith("postgres") and find_spec("psycopg") is None:
        raise ValueError("PostgreSQL needs its extra: .venv/bin/pip install --editable '.[postgres]'")
    return Database.open(settings.database_url, settings.data_dir)


def beside_database(settings: Settings) -> bool:
    """Whether the keys lie in the folder whose text they protect."""
    return not settings.database_url and settings.keys.parent.resolve() == settings.data_dir.resolve()


def warn(text: str) -> None:
    """A line for the administrator."""
    sys.stderr.write(f"{text}\n")
