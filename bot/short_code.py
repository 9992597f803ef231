"""The shape of a code short enough to type."""

from __future__ import annotations

# No vowels, so that no word appears, and nothing that looks like another: no 0, 1 or L. 38 bits in eight.
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 8


def bare(typed: str) -> str:
    """A code as it is compared: capitals and figures only."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def is_one(typed: str) -> bool:
    """Whether a text can only be a code; no name is written so."""
    return len(bare(typed)) == LENGTH and set(bare(typed)) <= set(ALPHABET)
