"""Says beforehand why what was filled in would not be taken, so that a form can stay open with the reason on it."""

from __future__ import annotations

from bot import allowed_here, wording
from bot.exchange import Exchange
from bot.messages import Filled, Text, Turn
from bot.moment import Outcome
from bot.storage import Connection, conversations

# What is wrong with the words whatever is asked; what else is wrong is about a question, which a form brings along.
_OF_THE_WORDS = frozenset({"empty", "too long", "identifier stopped"})


async def refusal(exchange: Exchange, turn: Turn) -> Text | None:
    """Why a turn's words would not be taken; None where they would, or were before. Nothing of them is kept.

    Also where they may tell of danger: what is said of that must be read, and stands in no form.
    """
    listened = await exchange._listened(turn)

    def work(connection: Connection) -> Outcome | None:
        stored = conversations.peek(connection, exchange.keys, turn.channel, turn.conversation)
        if stored is None or conversations.is_noted(connection, turn.event, stored.id):
            return None
        moment = exchange._moment(turn, stored, listened)
        return allowed_here.answered(moment, exchange.switches).outcome

    outcome = await exchange.database.run(work)
    first = outcome.blocks[0] if outcome is not None and outcome.blocks else None
    if outcome is None or not isinstance(first, Text):
        return None
    is_form = isinstance(turn.said, Filled)
    if is_form and outcome.kind == "stale" and first == Text.of(wording.STALE):
        return first
    is_meant = first.tone == "problem" and (is_form or outcome.kind in _OF_THE_WORDS)
    return first if is_meant else None
