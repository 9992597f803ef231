"""One turn, one transaction: take a turn in, answer it, and let channels read what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.messages import Reply


@dataclass(frozen=True)
class Entry:
    """One line of a conversation as it is read back.

    `seq` counts up within the conversation. A person's entry has `words`: what the bot understood them to say,
    never their raw words. The bot's entry has `reply`.
    """

    seq: int
    by: Literal["you", "bot"]
    at: datetime
    words: str = ""
    reply: Reply | None = None
