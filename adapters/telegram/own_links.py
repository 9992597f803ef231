"""Which words of running text are links of the bot's own on Telegram: the area's addresses, and GOV.UK."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from adapters.styled_words import is_safe
from knowledge.area import Area

GOV_UK = {"GOV.UK": "https://www.gov.uk"}
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]")


def own_links(area: Area) -> Mapping[str, str]:
    """Each such word, with where it leads."""
    found = (one[0] for text in _texts(asdict(area)) for one in _ADDRESS.finditer(text))
    return {**GOV_UK, **{one: one for one in found if is_safe(one)}}


def _texts(value: object) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
