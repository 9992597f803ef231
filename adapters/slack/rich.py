"""Text as Slack's rich text, where words are only ever words: pieces with a style, parted without losing one; values.

In rich text nothing that anybody typed is read as markup, a mention or a link, as it would be in mrkdwn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

LONGEST = 2900
"""Characters in one block; Slack takes 3000."""
_LONGEST_URL = 3000
_WORD = re.compile(r"\S+\s*|\s+")
_SENTENCE = re.compile(r"[.!?…]\s+$")
# Turns the reading direction round, so that words can look like others.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Piece:
    """Words in one style; with a `url` they lead to it."""

    text: str
    bold: bool = False
    url: str = ""


Line = tuple[Piece, ...]


def words(text: str) -> Line:
    """Plain words."""
    said = clean(text)
    return (Piece(said),) if said else ()


def strong(text: str) -> Line:
    """Words shown strongly."""
    return tuple(replace(one, bold=True) for one in words(text))


def link(label: str, url: str) -> Line:
    """Words that lead to an address; where it is not one that can be pressed, the words and the address as they are."""
    said = clean(label) or clean(url)
    if is_safe(url):
        return (Piece(said, url=url),)
    return words(f"{label}: {url}" if url and url != label else said)


def joined(lines: Iterable[Line], between: str) -> Line:
    """The lines with something between them; empty ones are left out."""
    found: Line = ()
    for line in lines:
        if said(line).strip():
            found = (*found, *(words(between) if found else ()), *line)
    return found


def said(line: Line) -> str:
    """The words without their styles; an address stands behind the words that lead to it."""
    return "".join(f"{one.text} {one.url}" if one.url and one.url != one.text else one.text for one in line)


def clean(text: str) -> str:
    """Without what a reader would obey rather than show; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in text if one == "\n" or not _is_obeyed(one))


def one_line(text: str) -> str:
    """The words in one line."""
    return " ".join(clean(text).split())


def short(text: str, most: int) -> str:
    """One line of at most so many characters. Whoever uses it has the whole of it elsewhere."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def is_safe(url: str) -> bool:
    """Whether an address is one of the web's, and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_plain = not any(letter.isspace() or _is_obeyed(letter) for letter in url)
    return is_plain and len(url) <= _LONGEST_URL and parts.scheme in {"http", "https"} and bool(parts.hostname)


def blocks(line: Line) -> Iterator[dict[str, Any]]:
    """The text as blocks, each short enough."""
    for part in parted(line):
        elements = [_element(one) for one in part]
        yield {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def parted(line: Line, most: int = LONGEST) -> Iterator[Line]:
    """The text in parts that are short enough: at a paragraph where there is one, else a sentence, else a word."""
    atoms = list(_atoms(line, most))
    while atoms:
        end = _end(atoms, most)
        part = _merged(atoms[:end])
        if said(part).strip():
            yield part
        atoms = atoms[end:]


def _end(atoms: list[Piece], most: int) -> int:
    """How many of the atoms make the next part."""
    room = size = 0
    while room < len(atoms) and size + len(atoms[room].text) <= most:
        size += len(atoms[room].text)
        room += 1
    if room == len(atoms):
        return room
    half = room // 2
    for is_end in (lambda text: text.endswith("\n\n"), lambda text: text.endswith("\n"), _SENTENCE.search):
        for at in range(room, half, -1):
            if is_end(atoms[at - 1].text):
                return at
    return max(room, 1)


def _atoms(line: Line, most: int) -> Iterator[Piece]:
    """The text word by word; what leads somewhere stays whole where it fits."""
    for piece in line:
        texts = [piece.text] if piece.url and len(piece.text) <= most else _WORD.findall(piece.text)
        for text in texts:
            for at in range(0, len(text), most):
                yield replace(piece, text=text[at : at + most])


def _merged(atoms: list[Piece]) -> Line:
    merged: list[Piece] = []
    for one in atoms:
        if merged and (merged[-1].bold, merged[-1].url) == (one.bold, one.url):
            merged[-1] = replace(one, text=merged[-1].text + one.text)
        else:
            merged.append(one)
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip("\n "))
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(one for one in merged if one.text)


def _element(piece: Piece) -> dict[str, Any]:
    if piece.url:
        return {"type": "link", "url": piece.url, "text": piece.text}
    element: dict[str, Any] = {"type": "text", "text": piece.text}
    return {**element, "style": {"bold": True}} if piece.bold else element


def _is_obeyed(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
