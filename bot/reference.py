"""The bot's own reference for a dialog, which people read out on the telephone."""

from __future__ import annotations

from hashlib import sha256

from bot.state import Dialog

# Letters and digits that are not mistaken for one another when read out on the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference(conversation: str, dialog: Dialog) -> str:
    """The bot's own reference for a dialog, such as R-7K3M2Q; worked out, so that a repeat gives the same one."""
    number = int.from_bytes(sha256(f"{conversation}/{dialog.number}".encode()).digest()[:8], "big")
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return f"{'P' if dialog.practice else 'R'}-{letters}"
