"""Words as elements of a card that show them as they are: no markup of theirs is obeyed; pure.

Teams reads Markdown in a TextBlock and in a fact, and never in the runs of a RichTextBlock, so there is nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from adapters.styled_words import clean, is_safe, one_line

Element = dict[str, Any]
LONGEST = 4000
"""Characters in one element; longer words are parted."""
_SENTENCE = re.compile(r"[.!?…]\s")
_LINK = re.compile(r"\]\s*\(")


def line(text: str) -> str:
    """The same on one line, for a control's own words, where Teams might read a link."""
    return _LINK.sub("] (", one_line(text))


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
