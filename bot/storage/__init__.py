"""Everything that is remembered: one database, and the only modules that may speak to it."""

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError as DatabaseTrouble

from bot.storage.crypto import BrokenKeys, KeyRing, Unreadable, add_key, create_key_file, drop_older_keys
from bot.storage.data_keys import Forgotten
from bot.storage.database import Database, sqlite_file

__all__ = [
    "BrokenKeys",
    "Connection",
    "Database",
    "DatabaseTrouble",
    "Forgotten",
    "KeyRing",
    "Unreadable",
    "add_key",
    "create_key_file",
    "drop_older_keys",
    "sqlite_file",
]
