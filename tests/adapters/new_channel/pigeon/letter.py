"""Reads and writes letters; touches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.messages import Reply, Turn, Typed
from bot.reply_text import to_text

NAME = "pigeon"


def parse(letter: Mapping[str, object], at: datetime) -> Turn | None:
    """What somebody wrote; None where it is no letter."""
    sender, words, number = letter.get("from"), letter.get("words"), letter.get("number")
    if not (isinstance(sender, str) and isinstance(words, str) and isinstance(number, int)):
        return None
    return Turn(NAME, sender, sender, Typed(words), f"letter {number}", at)


def render(reply: Reply) -> bytes:
    """A reply as a letter."""
    return to_text(reply).encode()
