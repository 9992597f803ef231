"""Words with a style, as values, parted without losing one; each platform shows them in a way of its own.

Styles stand beside the words and never in them, so nothing that anybody typed can become markup, a mention or a link.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

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

    @property
    def style(self) -> tuple[str, bool]:
        """How it is shown and where it leads."""
        return self.url, self.bold

    @property
    def is_styled(self) -> bool:
        """Whether it is more than plain words."""
        return self.bold or bool(self.url)


Line = tuple[Piece, ...]


def words(text: str, *, bold: bool = False) -> Line:
    """Words in one style, plain unless `bold`."""
    cleaned = clean(text)
    return (Piece(cleaned, bold),) if cleaned else ()


def strong(text: str) -> Line:
    """Words shown strongly."""
    return words(text, bold=True)


def link(label: str, url: str) -> Line:
    """Words that lead to an address; where it is not one that can be pressed, the words and the address as they are."""
    cleaned = clean(label) or clean(url)
    if is_safe(url):
        return (Piece(cleaned, url=url),)
    return words(f"{label}: {url}" if url and url != label else cleaned)


def joined(lines: Iterable[Line], between: str) -> Line:
    """The lines with something between them; empty ones are left out."""
    found: Line = ()
    for line in lines:
        if bare(line).strip():
            found = (*found, *(words(between) if found else ()), *line)
    return found


def bare(line: Line) -> str:
    """The words without their styles and addresses."""
    return "".join(one.text for one in line)


def said(line: Line) -> str:
    """The words without their styles; an address stands behind the words that lead to it."""
    return "".join(f"{one.text} {one.url}" if one.url and one.url != one.text else one.text for one in line)


def stripped(line: Line) -> Line:
    """Without the space around it, and with what is in one style in one piece."""
    merged: list[Piece] = []
    for one in line:
        if merged and merged[-1].style == one.style:
            merged[-1] = replace(one, text=merged[-1].text + one.text)
        else:
            merged.append(one)
    if merged:
        merged[0] = _reworded(merged[0], merged[0].text.lstrip("\n "))
        merged[-1] = _reworded(merged[-1], merged[-1].text.rstrip())
    return tuple(one for one in merged if one.text)


def _reworded(piece: Piece, text: str) -> Piece:
    return piece if text == piece.text else replace(piece, text=text)


def clean(text: str) -> str:
    """Without what a reader would obey rather than show; line breaks stay."""
    # Nothing that can be printed is obeyed.
    if text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in text if one == "\n" or not is_obeyed(one))


def one_line(text: str) -> str:
    """The words in one line."""
    return " ".join(clean(text).split())


def is_safe(url: str) -> bool:
    """Whether an address is one of the web's, and nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_plain = not any(letter.isspace() or is_obeyed(letter) for letter in url)
    return is_plain and len(url) <= _LONGEST_URL and parts.scheme in {"http", "https"} and bool(parts.hostname)


def parted(line: Line, most: int, size: Callable[[str], int] = len, most_styled: int | None = None) -> Iterator[Line]:
    """The text in parts that are short enough: at a paragraph where there is one, else a sentence, else a word.

    `size` counts as the platform does; `most_styled` is how many pieces of a part may have a style.
    """
    atoms = [one for one in line if one.text]
    if _fitting(atoms, most, size, most_styled) < len(atoms):
        atoms = list(_atoms(line, most, size))
    while atoms:
        end = _end(atoms, max(_fitting(atoms, most, size, most_styled), 1))
        part = stripped(tuple(atoms[:end]))
        if bare(part).strip():
            yield part
        atoms = atoms[end:]


def _fitting(atoms: list[Piece], most: int, size: Callable[[str], int], most_styled: int | None) -> int:
    """How many of the atoms fit at the most."""
    room = held = styled = 0
    before = ("", False)
    for one in atoms:
        held += size(one.text)
        styled += one.is_styled and one.style != before
        before = one.style
        if held > most or (most_styled is not None and styled > most_styled):
            break
        room += 1
    return room


def _end(atoms: list[Piece], room: int) -> int:
    """How many of the atoms make the next part."""
    if room == len(atoms):
        return room
    for is_end in (lambda text: text.endswith("\n\n"), lambda text: text.endswith("\n"), _SENTENCE.search):
        for at in range(room, room // 2, -1):
            if is_end(atoms[at - 1].text):
                return at
    return room


def _atoms(line: Line, most: int, size: Callable[[str], int]) -> Iterator[Piece]:
    """The text word by word; what leads somewhere stays whole where it fits."""
    for piece in line:
        for text in [piece.text] if piece.url and size(piece.text) <= most else _WORD.findall(piece.text):
            # A letter may count twice.
            step = len(text) if size(text) <= most else most // 2
            for at in range(0, len(text), step):
                yield replace(piece, text=text[at : at + step])


def is_obeyed(letter: str) -> bool:
    """Whether a letter says nothing and does something, or cannot be written at all."""
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
