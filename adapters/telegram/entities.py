"""Words with a style as Telegram takes and gives them: a text, and beside it where each style begins and ends; pure."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity

from adapters.styled_words import Line, Piece, bare

LONGEST = 4096
"""Of one message, counted as Telegram does."""
MOST_STYLED = 90
"""Pieces with a style in one message; Telegram drops the styles of more than 100."""


def units(text: str) -> int:
    """How long a text is as Telegram counts, in units of UTF-16."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def entities(line: Line) -> list[MessageEntity]:
    """The styles beside the text."""
    found, at = [], 0
    for one in line:
        length = units(one.text)
        if one.is_styled:
            kind = MessageEntity.TEXT_LINK if one.url else MessageEntity.BOLD
            found.append(MessageEntity(kind, at, length, url=one.url or None))
        at += length
    return found


def line_of(text: str, styles: Sequence[MessageEntity]) -> Line:
    """The words of a message that was sent, with those of its styles that are ours."""
    raw, at = text.encode("utf-16-le"), 0
    pieces: list[Piece] = []
    for one in sorted(styles, key=lambda each: each.offset):
        if one.type in {MessageEntity.BOLD, MessageEntity.TEXT_LINK} and one.offset >= at:
            end = one.offset + one.length
            pieces.append(Piece(_text(raw, at, one.offset)))
            pieces.append(Piece(_text(raw, one.offset, end), bold=not one.url, url=one.url or ""))
            at = end
    return tuple(one for one in (*pieces, Piece(_text(raw, at, len(raw)))) if one.text)


def fits(line: Line) -> bool:
    """Whether it goes into one message."""
    return units(bare(line)) <= LONGEST


def _text(raw: bytes, start: int, end: int) -> str:
    return raw[2 * start : 2 * end].decode("utf-16-le", "ignore")
