"""Words as Slack's rich text, in which nothing is read as markup, a mention or a link, as it would be in mrkdwn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.styled_words import Line, Piece, one_line, parted

LONGEST = 2900
"""Characters in one block; Slack takes 3000."""


def short(text: str, most: int) -> str:
    """One line of at most so many characters. Whoever uses it has the whole of it elsewhere."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def blocks(line: Line) -> Iterator[dict[str, Any]]:
    """The text as blocks, each short enough."""
    for part in parted(line, LONGEST):
        elements = [_element(one) for one in part]
        yield {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _element(piece: Piece) -> dict[str, Any]:
    if piece.url:
        return {"type": "link", "url": piece.url, "text": piece.text}
    element: dict[str, Any] = {"type": "text", "text": piece.text}
    return {**element, "style": {"bold": True}} if piece.bold else element
