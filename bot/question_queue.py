"""The content owner's queue: questions that wait for an answer, those that ask the same thing together."""

from __future__ import annotations

from collections.abc import Iterable

from bot.storage.questions import Waiting
from knowledge.understanding import Understanding

ALIKE = 0.75
"""From this nearness on two questions count as one for the person who has to answer them."""


def grouped(understanding: Understanding, waiting: Iterable[Waiting]) -> list[list[Waiting]]:
    """Questions that ask the same thing, together; the groups asked most often first, then the oldest."""
    groups: list[list[Waiting]] = []
    for one in waiting:
        for group in groups:
            if understanding.alike(one.masked, group[0].masked) >= ALIKE:
                group.append(one)
                break
        else:
            groups.append([one])
    return sorted(groups, key=lambda group: (-len(group), group[0].at))
