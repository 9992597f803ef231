"""Says beforehand why what was filled in would not be taken, so that a form can stay open with the reason on it."""

from __future__ import annotations

from bot import wording
from bot.exchange import Exchange
from bot.messages import Filled, Text, Turn

# What is wrong with the words whatever is asked; what else is wrong is about a question, which a form brings along.
_OF_THE_WORDS = frozenset({"empty", "too long", "identifier stopped"})


async def refusal(exchange: Exchange, turn: Turn) -> Text | None:
    """Why a turn's words would not be taken; None where they would, or were before. Nothing of them is kept.

    Also where they may tell of danger: what is said of that must be read, and stands in no form.
    """
    outcome = await exchange.beforehand(turn)
    first = outcome.blocks[0] if outcome is not None and outcome.blocks else None
    if outcome is None or not isinstance(first, Text):
        return None
    is_form = isinstance(turn.said, Filled)
    if is_form and outcome.is_stale and first == Text.of(wording.STALE):
        return first
    is_meant = first.tone == "problem" and (is_form or outcome.kind in _OF_THE_WORDS)
    return first if is_meant else None
