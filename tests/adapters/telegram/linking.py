"""What becomes a link in a message: what was sent as one, and what Telegram's servers make one of by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_FOUND = re.compile(
    r"\b(?:https?|ftp|tg|ton)://\S+|(?<![@\w.-])(?:[\w-]+\.)+[^\W\d_]{2,}\b(?:/\S*)?"
    r"|(?<!\w)#\w+|(?<!\w)\$[A-Z]{1,8}\b|(?<!\w)@\w+|(?<![\w/<>])/\w+",
    re.IGNORECASE,
)
"""What Telegram's servers make a link of in any text that is sent, but in words set as code or already a link."""


def links_sent(entities: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """Where each link that was sent as one ends, and where it leads."""
    return [(one["offset"] + one["length"], one["url"]) for one in entities if one["type"] == "text_link"]


def links_made(text: str, entities: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """Where each link ends that Telegram makes by itself, and what it leads to."""
    apart = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] != "bold"]
    ends = []
    for one in _FOUND.finditer(text):
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in one.span())
        if not any(first < end and start < last for first, last in apart):
            ends.append((end, f"Telegram's own link to {one[0]}"))
    return ends
