"""Answers a question from what we know, or says that it cannot and who can."""

from __future__ import annotations

from bot import wording
from bot.messages import Block, Text
from knowledge.area import Area


def answer(area: Area) -> tuple[Block, ...]:
    """The honest answer while there is no knowledge base: not here, and these people know."""
    opening, people = wording.who_knows(area)
    return (Text.of(opening, people),)
