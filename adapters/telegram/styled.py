"""Text with its styles as Telegram counts them: plain words and spans, parted without losing one; values only.

Styles are given beside the text and not written into it, so nothing that anybody typed can become one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

LONGEST = 4096
"""Of one message, counted as Telegram does, in units of UTF-16."""
_MOST_SPANS = 90
# Turns the reading direction round, so that words can look like others.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SENTENCE = re.compile(r"[.!?…]\s")


@dataclass(frozen=True)
class Span:
    """Words that are strong, or with a `url` lead to it; in characters of the text."""

    start: int
    end: int
    url: str = ""

    def moved(self, by: int) -> Span:
        """The same, so many characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True)
class Styled:
    """A text and its spans, in order."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __add__(self, other: Styled) -> Styled:
        return Styled(self.text + other.text, (*self.spans, *(one.moved(len(self.text)) for one in other.spans)))

    def part(self, start: int, end: int) -> Styled:
        """The part from one character to another, without the space around it; a span across its edge is cut there."""
        said = self.text[start:end]
        start += len(said) - len(said.lstrip())
        end = start + len(said.strip())
        inside = (replace(one, start=max(one.start, start), end=min(one.end, end)) for one in self.spans)
        spans = tuple(one.moved(-start) for one in inside if one.start < one.end)
        return Styled(self.text[start:end], spans)


def words(text: str) -> Styled:
    """Plain words."""
    return Styled(clean(text))


def strong(text: str) -> Styled:
    """Words shown strongly."""
    said = clean(text)
    return Styled(said, (Span(0, len(said)),) if said.strip() else ())


def link(label: str, url: str) -> Styled:
    """Words that lead to an address; where it is not one that can be pressed, the words and the address as they are."""
    said = clean(label) or clean(url)
    if is_safe(url):
        return Styled(said, (Span(0, len(said), url),))
    return words(f"{label}: {url}" if url and url != label else said)


def joined(parts: Iterable[Styled], between: str) -> Styled:
    """The parts with something between them; empty ones are left out."""
    found = Styled()
    for one in parts:
        if one.text.strip():
            found = found + Styled(between) + one if found.text else one
    return found


def clean(text: str) -> str:
    """Without what a reader would obey rather than show; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in text if one == "\n" or not _is_obeyed(one))


def is_safe(url: str) -> bool:
    """Whether an address is one of the web's, and nothing else."""
    parts = urlsplit(url)
    is_plain = not any(letter.isspace() or _is_obeyed(letter) for letter in url)
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def units(text: str) -> int:
    """How long a text is in units of UTF-16."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def parted(whole: Styled, most: int = LONGEST) -> Iterator[Styled]:
    """The text in parts that are short enough, at a paragraph if there is one, else a line, a sentence, a space."""
    start = 0
    while start < len(whole.text):
        end = _end(whole, start, most)
        part = whole.part(start, end)
        if part.text:
            yield part
        start = end


def _end(whole: Styled, start: int, most: int) -> int:
    """Where a part that begins at `start` ends."""
    room = _fitting(whole, start, most)
    if room >= len(whole.text):
        return room
    piece = whole.text[start:room]
    half = len(piece) // 2
    for found in (piece.rfind("\n\n"), piece.rfind("\n"), _last_sentence(piece), piece.rfind(" ")):
        if found > half:
            return start + found + 1
    return room


def _fitting(whole: Styled, start: int, most: int) -> int:
    """The furthest character that still fits, by length and by number of spans."""
    end, left = start, most
    while end < len(whole.text) and (size := units(whole.text[end])) <= left:
        left -= size
        end += 1
    begun = [one for one in whole.spans if start <= one.start < end]
    return begun[_MOST_SPANS].start if len(begun) > _MOST_SPANS else end


def _last_sentence(piece: str) -> int:
    return max((found.end() - 1 for found in _SENTENCE.finditer(piece)), default=-1)


def _is_obeyed(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
