"""Answers a question from what we know, or says that it cannot and who can."""

from __future__ import annotations

from bot import wording
from bot.messages import Text
from bot.moment import Moment, Outcome
from bot.prompts import again


def asked(moment: Moment) -> Outcome:
    """The honest answer while there is no knowledge base: not here, these people know, and the same question again."""
    opening, people = wording.who_knows(moment.definitions.area)
    return again(moment, "asked", "A question.", Text.of(opening, people))
