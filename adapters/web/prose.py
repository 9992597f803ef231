"""Running words parted into headings, paragraphs and lists, as a page needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.messages import Anchor, Bold, Bullets, Run, Text

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})


@dataclass(frozen=True)
class Inline:
    """Words within a paragraph."""

    kind: Literal["plain", "bold", "link", "break"]
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A heading, a paragraph or a list."""

    kind: Literal["heading", "paragraph", "list"]
    inlines: tuple[Inline, ...] = ()
    items: tuple[Inline, ...] = ()


def parts(text: Text) -> tuple[Part, ...]:
    """The parts of a text; words in bold alone on the first line, with more to follow, are a heading."""
    found: list[Part] = []
    line: list[Inline] = []
    for run in text.runs:
        if isinstance(run, Bullets):
            _end(found, line)
            found.append(Part("list", items=tuple(_item(one) for one in run.items)))
        elif isinstance(run, str):
            _plain(found, line, run)
        else:
            line.append(_marked(run))
    _end(found, line)
    if len(found) > 1 and [one.kind for one in found[0].inlines] == ["bold"]:
        found[0] = Part("heading", found[0].inlines)
    return tuple(found)


def safe(url: str) -> bool:
    """Whether an address may be put behind a link."""
    scheme = urlsplit(url).scheme
    return scheme in _SAFE_SCHEMES or (not scheme and url.startswith("/") and not url.startswith("//"))


def _item(item: str | Anchor) -> Inline:
    return Inline("plain", item) if isinstance(item, str) else _marked(item)


def _marked(run: Bold | Anchor) -> Inline:
    if isinstance(run, Bold):
        return Inline("bold", run.text)
    return Inline("link", run.label, run.url) if safe(run.url) else Inline("plain", f"{run.label} ({run.url})")


def _plain(found: list[Part], line: list[Inline], run: Run) -> None:
    assert isinstance(run, str)
    for number, paragraph in enumerate(_PARAGRAPH.split(run)):
        if number:
            _end(found, line)
        for nth, words in enumerate(paragraph.split("\n")):
            if nth:
                line.append(Inline("break"))
            if words:
                line.append(Inline("plain", words))


def _end(found: list[Part], line: list[Inline]) -> None:
    while line and line[-1].kind == "break":
        line.pop()
    while line and line[0].kind == "break":
        line.pop(0)
    if line:
        found.append(Part("paragraph", tuple(line)))
    line.clear()
