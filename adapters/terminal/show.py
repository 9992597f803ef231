"""A reply as lines of a terminal: plain text and numbered choices, fit for a screen reader or a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from adapters.styled_words import is_obeyed
from bot.messages import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Card,
    Choices,
    File,
    Form,
    Link,
    Reply,
    Text,
    Wait,
)

WIDTH = 88


def lines(reply: Reply, width: int = WIDTH) -> list[str]:
    """The reply's lines, an empty one between blocks."""
    shown: list[str] = []
    for block in reply.blocks:
        part = [_clean(line) for line in _block(block, width)]
        if part:
            shown += ([""] if shown else []) + part
    return shown


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Text):
        yield from _text(block, width)
    elif isinstance(block, Card):
        yield from _wrapped(f"{block.title}", width)
        for label, value in block.facts:
            yield from _wrapped(f"{label}: {value}", width, "  ")
        for link in block.links:
            yield f"  {link.label}: {link.url}"
    elif isinstance(block, Choices):
        yield from _wrapped(block.text, width)
        if block.help:
            yield from _wrapped(block.help, width)
        for number, option in enumerate(block.options, 1):
            hint = f" ({option.hint})" if option.hint else ""
            yield from _wrapped(f"{number}. {option.label}{hint}", width, "  ", "     ")
    elif isinstance(block, Form):
        yield from _wrapped(block.title, width)
        for field in block.fields:
            # A single one is what the title asks.
            label = f"{field.label}. " if len(block.fields) > 1 else ""
            yield from _wrapped(label + field.help, width)
    elif isinstance(block, Link):
        yield f"{block.label}: {block.url}"
    elif isinstance(block, File):
        yield f"{block.name}"
    else:
        assert isinstance(block, Wait)


def _text(block: Text, width: int) -> Iterator[str]:
    flowing = ""
    for run in block.runs:
        if isinstance(run, Bullets):
            yield from _paragraphs(flowing, width)
            flowing = ""
            for item in run.items:
                words = item if isinstance(item, str) else f"{item.label}: {item.url}"
                yield from _wrapped(f"- {words}", width, "  ", "    ")
        elif isinstance(run, Anchor):
            flowing += f"{run.label} ({run.url})"
        else:
            flowing += run.text if isinstance(run, Bold) else run
    yield from _paragraphs(flowing, width)


def _paragraphs(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n") if text else ():
        yield from _wrapped(line, width) if line.strip() else ("",)


def _wrapped(text: str, width: int, first: str = "", after: str | None = None) -> list[str]:
    indent = first if after is None else after
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _clean(line: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(letter for letter in line if not is_obeyed(letter) or letter == "\t")
