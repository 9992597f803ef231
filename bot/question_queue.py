"""The content owner's queue: questions that wait for an answer, those that ask the same thing together."""

from __future__ import annotations

from collections.abc import Iterable

from bot.storage.questions import Waiting
from knowledge.understanding import Understanding

ALIKE = 0.75
"""From this nearness on two questions count as one for the person who has to answer them."""
_ASIDE = frozenset(
    "a an the i it is that this did didn't was of to in at and no nope nah not really yes yep yeah yup ok okay fine "
    "thanks thank you cheers please help helped hello hi bye sure right well so much very".split()
)


def says_enough(masked: str) -> bool:
    """Whether a masked question asks something that somebody could answer: a word in passing does not."""
    words = masked.replace("…", " ").split()
    return len(words) > 1 and not _ASIDE.issuperset(words)


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
