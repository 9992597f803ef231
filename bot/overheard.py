"""Says what comes of a turn in a group: again where it may not have arrived, and keeping only the turn's keys.

A code that was written there is made useless before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from bot.channel import Carrier, Unreachable
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import Reply, Text, Turn, words_in
from bot.shown_codes import shown_in, void
from bot.storage import Connection, Database, KeyRing, events

MOST_TRIES = 12
"""After so many a reply is left, so that it does not keep back all others where the platform fails at it alone."""


class Overheard:
    """One turn in a group, as it is brought, perhaps not for the first time.

    Its replies are said in their order, each once those before it have arrived or were left.
    """

    def __init__(self, database: Database, keys: KeyRing, turn: Turn) -> None:
        self._database = database
        self._keys = keys
        self._turn = turn
        # A platform's key is its own within a conversation only, and what is noted here stands under none.
        self._event = f"{turn.channel}:{turn.conversation}:{turn.event}"
        self._number = 0
        """The reply that is said now."""
        self._before = 0
        """How often it may have arrived before."""

    async def begin(self) -> bool:
        """Note that it is answered now; False where it has been.

        Noted before anything is said: what is cut off in between is brought again, and may have been said.
        """

        shown = shown_in(words_in(self._turn.said) or "")

        def work(connection: Connection) -> tuple[int, int] | None:
            if shown:
                void(connection, self._keys, shown)
            if events.is_noted(connection, self._event, ""):
                return None
            number = self._noted(connection, f"{self._event} reply")
            return number, self._tried(connection, number)

        found = await self._database.run(work)
        self._number, self._before = found or (0, 0)
        return found is not None

    async def say(self, carrier: Carrier, replies: Sequence[Reply]) -> None:
        """Say the replies, with words that they may be a repeat where they may. Raises Unreachable: bring it again."""
        for number in range(self._number, len(replies)):
            if number > self._number:
                self._before = await self._database.run(self._goes_on)
                self._number = number
            await self._say_one(carrier, replies[number])

    async def _say_one(self, carrier: Carrier, reply: Reply) -> None:
        repeat = (Text.of(MAY_BE_REPEAT, tone="note"),) if self._before else ()
        try:
            await self._said(carrier, replace(reply, blocks=(*reply.blocks, *repeat)))
        except Unreachable as fault:
            if fault.permanent or self._before >= MOST_TRIES or self._may_be_there_twice(reply, fault):
                return
            if fault.retry_after is not None and _is_to_all(reply) and _is_urgent(reply):
                await self._said_to_writer(carrier, reply)
            if not fault.may_have_arrived:
                put_off = await self._database.run(self._puts_off)
                # Where all are to wait, so is whatever else is said there; one person's chat keeps back the others.
                if not _is_to_all(reply) and self._before + put_off >= MOST_TRIES:
                    return
            raise

    async def _said(self, carrier: Carrier, reply: Reply) -> None:
        """Say it; to whoever spoke alone, where the bot may not speak to all there. Raises Unreachable."""
        turn = self._turn
        try:
            await carrier.say(turn.channel, turn.conversation, reply)
        except Unreachable as fault:
            if not fault.permanent or not _is_to_all(reply):
                raise
            await carrier.say(turn.channel, turn.conversation, replace(reply, audience="only"))

    def _may_be_there_twice(self, reply: Reply, fault: Unreachable) -> bool:
        """Whether all may have seen it before, and now again: then only danger is said once more."""
        is_in_doubt = fault.may_have_arrived and fault.retry_after is None
        return bool(self._before) and is_in_doubt and _is_to_all(reply) and not _is_urgent(reply)

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

    def _goes_on(self, connection: Connection) -> int:
        """Note that the reply said now is done with, and that the next is tried; how often that may have arrived."""
        self._is_first(connection, f"{self._event} reply {self._number}")
        return self._tried(connection, self._number + 1)

    def _tried(self, connection: Connection, number: int) -> int:
        """Note that a reply is tried, and may arrive unseen; how often that was so before, at most MOST_TRIES."""
        tries = f"{self._event} reply {number} try"
        before = self._noted(connection, tries)
        if before < MOST_TRIES:
            self._is_first(connection, f"{tries} {before}")
        return before

    def _puts_off(self, connection: Connection) -> int:
        """Note that the reply said now has not arrived this time; how often that was so before, at most MOST_TRIES."""
        reply = f"{self._event} reply {self._number}"
        events.forget_event(connection, f"{reply} try {self._before}", "")
        before = self._noted(connection, f"{reply} put off")
        if before < MOST_TRIES:
            self._is_first(connection, f"{reply} put off {before}")
        return before

    def _noted(self, connection: Connection, key: str) -> int:
        """How many are noted, one after another from 0, under a key."""
        return next(number for number in count() if not events.is_noted(connection, f"{key} {number}", ""))

    def _is_first(self, connection: Connection, key: str) -> bool:
        return events.first_time(connection, key, "", self._turn.at)


def _is_to_all(reply: Reply) -> bool:
    return reply.audience == "everyone"


def _is_urgent(reply: Reply) -> bool:
    return any(isinstance(one, Text) and one.tone == "emergency" for one in reply.blocks)
