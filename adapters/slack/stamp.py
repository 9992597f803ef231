"""A message whose buttons have been used: the same words, and what was chosen in the buttons' place; pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.slack.render import Message, escaped
from adapters.slack.rich import short
from bot.clock import LONDON

_LONGEST = 300


def stamped(message: dict[str, Any], became: str, at: datetime) -> Message:
    """The message without its buttons, with what became of it and when."""
    stamp = f"{short(became, _LONGEST)} · {at.astimezone(LONDON):%H:%M}"
    kept = [one for one in message.get("blocks") or () if one.get("type") != "actions"]
    line = {"type": "context", "elements": [{"type": "plain_text", "text": stamp, "emoji": False}]}
    text = str(message.get("text") or "")
    return Message(f"{text}\n{escaped(stamp)}".strip(), (*kept, line))
