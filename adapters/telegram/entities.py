"""Words with a style as Telegram takes and gives them: a text, and beside it where each style begins and ends; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from telegram import MessageEntity

from adapters.styled_words import Line, Piece, bare

LONGEST = 4096
"""Of one message, counted as Telegram does."""
MOST_STYLED = 90
"""Pieces with a style in one message; Telegram drops the styles of more than 100."""


_WORD = re.compile(r"\S+")
_LINKED = re.compile(r"://|(?<!\w)[#$@/]\w|[^\s.]\.(?:xn--|[^\W\d_]{2})|\d\.\d+\.\d+\.\d")
_MAIL = re.compile(r"[(\[\"'“‘«]*[\w.+'-]+@[\w-]+(?:\.[\w-]+)+[.,;:!?)\]\"'”’»]*")

_WITHIN = re.compile(r"[(\[\"'“‘]*(.*?)(?:['’]s)?[.,;:!?)\]\"'”’]*")


class Inert(Piece):
    """Words that Telegram would make a link of by itself, to be shown so that it does not."""

    @property
    def style(self) -> tuple[str, bool]:
        """One of its own."""
        return "inert", False

    @property
    def is_styled(self) -> bool:
        """It is set as code."""
        return True


def inert(line: Line, own: Mapping[str, str]) -> Line:
    """The line, with each word inert that Telegram's servers would link: an address, a #tag, a /command, an @name.

    They do that in any text that is sent, but in words set as code; a word set so can be copied as it is. What is a
    link on purpose stays one, and so do the bot's `own` words, each with where it leads. E-mail addresses and phone
    numbers of people are stopped before anything is kept, so those that are shown are an area's, and can be pressed.
    """
    found = list(_found(bare(line), own))
    cuts = {cut for start, end, _ in found for cut in (start, end)}
    pieces: list[Piece] = []
    at = 0
    for piece in line if found else ():
        end = at + len(piece.text)
        parts = [(at, end)] if piece.url else pairwise(sorted({at, end, *(cut for cut in cuts if at < cut < end)}))
        for start, stop in parts:
            leads = None if piece.url else next((url for first, last, url in found if first <= start < last), None)
            cut = replace(piece, text=piece.text[start - at : stop - at])
            pieces.append(cut if leads is None else Piece(cut.text, url=leads) if leads else Inert(cut.text))
        at = end
    return tuple(pieces) if found else line


def _found(text: str, own: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where each word begins and ends that would be linked, and where one of the bot's own leads; else nowhere."""
    for word in _WORD.finditer(text):
        if _LINKED.search(word[0]) is None or _MAIL.fullmatch(word[0]):
            continue
        inner = _WITHIN.fullmatch(word[0])
        start, end = (word.start() + one for one in inner.span(1)) if inner is not None else word.span()
        if url := own.get(text[start:end], ""):
            yield start, end, url
        else:
            yield *word.span(), ""


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
            kind = MessageEntity.CODE if isinstance(one, Inert) else kind
            found.append(MessageEntity(kind, at, length, url=one.url or None))
        at += length
    return found


def fits(line: Line) -> bool:
    """Whether it goes into one message."""
    return units(bare(line)) <= LONGEST
