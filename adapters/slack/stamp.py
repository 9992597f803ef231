"""A message whose buttons have been used: the same words, and what was chosen in the buttons' place; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from adapters.slack.render import Message, escaped, heard
from adapters.slack.rich import short
from adapters.stamps import stamp
from bot.clock import LONDON
from bot.used_buttons import Part, Use

_LONGEST = 300


def stamped(message: Message, uses: Sequence[Use]) -> Message:
    """The message without its buttons, with what became of them and when."""
    said = [_said(stamp(one.took, one.label), one.at) for one in uses]
    kept = [one for one in message.blocks if one.get("type") != "actions"]
    return Message("\n".join([message.text, *map(escaped, said)]).strip(), (*kept, _line(said)))


def stamped_apart(message: dict[str, Any], parts: Sequence[Part]) -> Message:
    """The message with what has become of each part whose buttons were used, where those stood; the rest as it is."""
    blocks = tuple(_as_used(one, parts) for one in message.get("blocks") or ())
    return Message(heard(blocks), blocks)


def _as_used(block: dict[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    pressed = {str(one.get("value")) for one in block.get("elements") or () if block.get("type") == "actions"}
    said = [_said(stamp(use.took, use.label), use.at) for one in parts if pressed & one.tokens for use in one.uses]
    return _line(said) if said else block


def _said(became: str, at: datetime) -> str:
    return f"{short(became, _LONGEST)} · {at.astimezone(LONDON):%H:%M}"


def _line(said: Sequence[str]) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "plain_text", "text": one, "emoji": False} for one in said]}
