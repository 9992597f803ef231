"""Codes short enough to type: made at random, shown in two halves, and kept only as a keyed hash."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, Table

from bot.short_code import ALPHABET, LENGTH, bare
from bot.storage.crypto import KeyRing
from bot.storage.tables import insert_once


def issue(connection: Connection, keys: KeyRing, table: Table, purpose: str, values: dict[str, Any]) -> str:
    """Put a row under a new code into a table whose key is `mac`; the code, shown as BCDF-GHJK."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        row = {**values, "mac": macs(keys, purpose, code)[0]}
        if insert_once(connection, table, row, table.c.mac) is not None:
            return f"{code[:4]}-{code[4:]}"


def macs(keys: KeyRing, purpose: str, typed: str) -> list[bytes]:
    """What a code, however it was typed, may be kept as."""
    return keys.macs(purpose, bare(typed))
