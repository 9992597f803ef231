"""Codes short enough to type: made at random, shown in two halves, and kept only as a keyed hash."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, Table

from bot.storage.crypto import KeyRing
from bot.storage.tables import insert_once

# No vowels, so that no word appears, and nothing that looks like another: no 0, 1 or L. 38 bits in eight.
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 8


def issue(connection: Connection, keys: KeyRing, table: Table, purpose: str, values: dict[str, Any]) -> str:
    """Put a row under a new code into a table whose key is `mac`; the code, shown as BCDF-GHJK."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        row = {**values, "mac": macs(keys, purpose, code)[0]}
        if insert_once(connection, table, row, table.c.mac) is not None:
            return f"{code[:4]}-{code[4:]}"


def macs(keys: KeyRing, purpose: str, typed: str) -> list[bytes]:
    """What a code, however it was typed, may be kept as."""
    return keys.macs(purpose, "".join(letter for letter in typed.upper() if letter.isalnum()))


def is_one(typed: str) -> bool:
    """Whether a text can only be a code; no name is written so."""
    bare = [letter for letter in typed.upper() if letter.isalnum()]
    return len(bare) == LENGTH and set(bare) <= set(ALPHABET)
