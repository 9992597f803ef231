"""Says what comes of a turn in a group: again where it may not have arrived, and keeping only the turn's keys.

A code that was written there is made useless before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.channel import Carrier, Unreachable
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import Reply, Text, Turn, words_in
from bot.shown_codes import shown_in, void
from bot.storage import Connection, Database, KeyRing, events

MOST_TRIES = 12
"""After so many the turn is left, so that it does not keep back all others where the platform fails at it alone."""


class Overheard:
    """One turn in a group, as it is brought, perhaps not for the first time."""

    def __init__(self, database: Database, keys: KeyRing, turn: Turn) -> None:
        self._database = database
        self._keys = keys
        self._turn = turn
        # A platform's key is its own within a conversation only, and what is noted here stands under none.
        self._event = f"{turn.channel}:{turn.conversation}:{turn.event}"
        self._before = 0

    async def begin(self) -> bool:
        """Note that it is answered now; False where it has been.

        Noted before anything is said: what is cut off in between is brought again, and may have been said.
        """

        shown = shown_in(words_in(self._turn.said) or "")

        def work(connection: Connection) -> int | None:
            if shown:
                void(connection, self._keys, shown)
            if events.is_noted(connection, self._event, ""):
                return None
            tries = (number for number in range(MOST_TRIES) if self._is_first(connection, self._try(number)))
            return next(tries, MOST_TRIES)

        found = await self._database.run(work)
        self._before = found or 0
        return found is not None

    async def say(self, carrier: Carrier, replies: Sequence[Reply]) -> None:
        """Say the replies, with words that they may be a repeat where they may. Raises Unreachable: bring it again."""
        has_arrived = False
        repeat = (Text.of(MAY_BE_REPEAT, tone="note"),) if self._before else ()
        for reply in replies:
            try:
                await self._said(carrier, replace(reply, blocks=(*reply.blocks, *repeat)))
            except Unreachable as fault:
                if fault.permanent or self._before >= MOST_TRIES or self._may_be_there_twice(reply, fault):
                    continue
                if fault.retry_after is not None and reply.audience == "everyone" and _is_urgent(reply):
                    await self._said_to_writer(carrier, reply)
                if not (self._before or has_arrived or fault.may_have_arrived):
                    await self._database.run(lambda c: events.forget_event(c, self._try(0), ""))
                raise
            has_arrived = True

    async def _said(self, carrier: Carrier, reply: Reply) -> None:
        """Say it; to whoever spoke alone, where the bot may not speak to all there. Raises Unreachable."""
        turn = self._turn
        try:
            await carrier.say(turn.channel, turn.conversation, reply)
        except Unreachable as fault:
            if not fault.permanent or reply.audience != "everyone":
                raise
            await carrier.say(turn.channel, turn.conversation, replace(reply, audience="only"))

    def _may_be_there_twice(self, reply: Reply, fault: Unreachable) -> bool:
        """Whether it may have arrived before, and now again: then only danger is said once more."""
        is_in_doubt = fault.may_have_arrived and fault.retry_after is None
        return bool(self._before) and is_in_doubt and not _is_urgent(reply)

    async def _said_to_writer(self, carrier: Carrier, reply: Reply) -> None:
        """Say it at once to whoever wrote it, where it is to wait for all: what to do in danger cannot, and comes once.

        A platform keeps other limits for that, and brings the turn again for the others.
        """
        key = f"{self._event} alone"
        if not await self._database.run(lambda connection: self._is_first(connection, key)):
            return
        try:
            await carrier.say(self._turn.channel, self._turn.conversation, replace(reply, audience="only"))
        except Unreachable as fault:
            if not fault.may_have_arrived:
                await self._database.run(lambda connection: events.forget_event(connection, key, ""))

    async def answered(self) -> None:
        """Note that nothing more is to be said."""
        await self._database.run(lambda connection: self._is_first(connection, self._event))

    def _is_first(self, connection: Connection, key: str) -> bool:
        return events.first_time(connection, key, "", self._turn.at)

    def _try(self, number: int) -> str:
        return f"{self._event} try {number}"


def _is_urgent(reply: Reply) -> bool:
    return any(isinstance(one, Text) and one.tone == "emergency" for one in reply.blocks)
