"""The bot's own sentences about a dialog that was left open."""

from __future__ import annotations


def left_open(titles: str, began: str, until: str) -> str:
    """To someone who left a dialog open; said once."""
    return f"You began {titles} on {began} and have not finished. Say “resume” to carry on. It is kept until {until}."


def let_go(titles: str) -> str:
    """To someone whose dialog was left open for too long."""
    return f"{titles} was not finished, so its answers are no longer kept. You can begin again at any time."
