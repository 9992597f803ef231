"""Codes that others have seen: found in what somebody wrote in a group, and made useless."""

from __future__ import annotations

import re

from bot.short_code import ALPHABET, LENGTH
from bot.storage import Connection, KeyRing, codes, join_codes

_HALF = rf"[{ALPHABET}]{{{LENGTH // 2}}}"
_CODE = re.compile(rf"(?<![^\W_]){_HALF}[ \u2010-\u2015-]?{_HALF}(?![^\W_])", re.IGNORECASE)
_MOST = 20
"""More than this in one message are no codes of ours."""


def shown_in(words: str) -> tuple[str, ...]:
    """What can be a code among the words; figures alone are a number of something else."""
    found = (one[0] for one in _CODE.finditer(words) if any(letter.isalpha() for letter in one[0]))
    return tuple(dict.fromkeys(found))[:_MOST]


def void(connection: Connection, keys: KeyRing, shown: tuple[str, ...]) -> None:
    """Make codes of every kind useless; what is no code, or one no longer, stays as it is."""
    join_codes.void(connection, keys, shown)
    codes.void(connection, keys, shown)
