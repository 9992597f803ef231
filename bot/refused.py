"""Says beforehand why what was filled in would not be taken, so that a form can stay open with the reason on it."""

from __future__ import annotations

from itertools import takewhile

from bot import wording
from bot.exchange import Exchange
from bot.messages import Filled, Text, Turn

# What is wrong with the words whatever is asked; what else is wrong is about a question, which a form brings along.
_OF_THE_WORDS = frozenset({"empty", "too long", "identifier stopped"})
_STALE = Text.of(wording.STALE)


async def refusal(exchange: Exchange, turn: Turn) -> tuple[Text, ...]:
    """Why a turn's words would not be taken; nothing where they would, or were before. Nothing of them is kept.

    Also where they may tell of danger: what is said of that must be read, and stands in no form. A form that belongs to
    an earlier question says it with its reason, since what was written would be gone.
    """
    outcome = await exchange.beforehand(turn)
    blocks = outcome.blocks if outcome is not None else ()
    first = blocks[0] if blocks else None
    if outcome is None or not isinstance(first, Text):
        return ()
    is_form = isinstance(turn.said, Filled)
    if is_form and outcome.is_stale and _STALE in blocks:
        before = takewhile(lambda block: block != _STALE, blocks)
        return (*(block for block in before if isinstance(block, Text)), _STALE)
    is_meant = first.tone == "problem" and (is_form or outcome.kind in _OF_THE_WORDS)
    return (first,) if is_meant else ()
