"""Words as elements of a card that show them as they are: no markup of theirs is obeyed; pure.

Teams reads Markdown in a TextBlock and in a fact, and never in the runs of a RichTextBlock, so there is nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

Element = dict[str, Any]
LONGEST = 4000
"""Characters in one element; longer words are parted."""
# Turns the reading direction round, so that words can look like others.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SENTENCE = re.compile(r"[.!?…]\s")
_LINK = re.compile(r"\]\s*\(")


def clean(text: str) -> str:
    """Without what a reader would obey rather than show; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in text if one == "\n" or not _is_obeyed(one))


def line(text: str) -> str:
    """The same on one line, for a control's own words, where Teams might read a link."""
    return _LINK.sub("] (", " ".join(clean(text).split()))


def run(text: str, *, strong: bool = False, url: str = "") -> Element:
    """Words; strong, or leading to an address."""
    found: Element = {"type": "TextRun", "text": text}
    if strong:
        found["weight"] = "Bolder"
    if url:
        found["selectAction"] = {"type": "Action.OpenUrl", "url": url}
        found["color"] = "Accent"
    return found


def link(label: str, url: str) -> Element:
    """Words that lead to an address; where it cannot be pressed, the words and the address as they are."""
    said = clean(label) or clean(url)
    if is_safe(url):
        return run(said, url=url)
    return run(f"{said}: {clean(url)}" if url and url != label else said)


def is_safe(url: str) -> bool:
    """Whether an address is one of the web's, and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_plain = not any(letter.isspace() or _is_obeyed(letter) for letter in url)
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def paragraphs(runs: Iterable[Element], **look: Any) -> Iterator[Element]:
    """The runs as one element for each paragraph in them, none too long."""
    here: list[Element] = []
    size = 0
    for one in runs:
        pieces = list(_pieces(one["text"]))
        for number, piece in enumerate(pieces):
            if here and size + len(piece) > LONGEST:
                yield _block(here, look)
                here, size = [], 0
            if piece:
                here.append({**one, "text": piece})
                size += len(piece)
            if number < len(pieces) - 1 and here:
                yield _block(here, look)
                here, size = [], 0
    if here:
        yield _block(here, look)


def set_off(element: Element) -> Element:
    """A paragraph of nothing but strong words heads what follows, so it keeps away from what stands before it."""
    is_heading = all(one.get("weight") == "Bolder" for one in element["inlines"])
    return {**element, "spacing": "Large"} if is_heading else element


def _block(runs: list[Element], look: dict[str, Any]) -> Element:
    return {"type": "RichTextBlock", "inlines": runs, **look}


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that are short enough, each the end of a paragraph but the last."""
    for paragraph in text.split("\n\n"):
        rest = paragraph
        while len(rest) > LONGEST:
            end = _end(rest[:LONGEST])
            yield rest[:end]
            rest = rest[end:].lstrip()
        yield rest


def _end(piece: str) -> int:
    half = len(piece) // 2
    sentence = max((found.end() for found in _SENTENCE.finditer(piece)), default=-1)
    for found in (piece.rfind("\n") + 1, sentence, piece.rfind(" ") + 1):
        if found > half:
            return found
    return len(piece)


def _is_obeyed(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
