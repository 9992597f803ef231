"""What is done without being asked: erase what was kept long enough, close questions, come back to what is open."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import after_decision, left_open, question_log, state, waiting_case
from bot.casework import casework, retention
from bot.casework.casework import Desk
from bot.casework.retention import Kept
from bot.delivering.routes import PAGES
from bot.exchange import Exchange
from bot.messages import Reply
from bot.public_only import is_public_only
from bot.reply_text import to_text
from bot.storage import Connection, cases, conversations, events, outbox, people, sessions, timeline
from bot.storage.conversations import Stored

EVENTS_KEPT = timedelta(days=30)
CASE_OPENED = "case opened"
"""The key of what is said once a decision has become a case."""
AT_ONCE = 50
"""How many conversations are come back to in one transaction."""


@dataclass(frozen=True)
class Upkeep:
    """Looks after what an exchange keeps."""

    exchange: Exchange

    async def tidy(self, at: datetime, keep: timedelta) -> int:
        """Erase conversations untouched for longer than `keep`, and old event keys; how many conversations went.

        What was known of the browsers that they were held in goes with them. How many went is put on the area's record.
        """

        def work(connection: Connection) -> int:
            gone = 0
            for conversation in conversations.idle_since(connection, at - keep):
                conversations.forget(connection, conversation, at)
                gone += conversations.delete(connection, conversation)
            retention.put_on_record(self._desk(connection, at), cases.CONVERSATIONS_ERASED, gone, keep.days)
            people.forget_pages(connection, self.exchange.keys, at - keep, at)
            events.forget_events(connection, at - EVENTS_KEPT)
            return gone

        gone = await self.exchange.database.run(work)
        await self._empty_log(gone)
        return gone

    async def forget_sessions(self, at: datetime, idle: timedelta) -> int:
        """Forget the sessions that have ended, with what was known of their browsers; how many those were."""
        keys = self.exchange.keys
        return await self.exchange.database.run(lambda connection: sessions.forget_ended(connection, keys, at, idle))

    async def keep_cases(self, at: datetime) -> Kept:
        """Plan and do what retention asks, and anchor every chain."""
        kept = await self.exchange.database.run(lambda connection: retention.tidy(self._desk(connection, at)))
        await self._empty_log(kept.erased)
        return kept

    async def close_answered(self, at: datetime) -> int:
        """Close the waiting questions that are answered now, and tell who chose to be told; how many were closed."""
        exchange = self.exchange
        understanding = await exchange.mind.ready()
        if understanding.degraded:
            return 0
        area = exchange.definitions.area
        closed = await exchange.database.run(
            lambda connection: question_log.close_answered(connection, exchange.keys, understanding, area, at)
        )
        for one in closed:
            exchange.announce(one.waiting.conversation)
        return len(closed)

    async def look_after(self, at: datetime) -> int:
        """Begin the area's year, open cases that waited for a name, and come back to dialogs left open.

        How many conversations were come back to.
        """

        def work(connection: Connection) -> list[str]:
            casework.keep_area(self._desk(connection, at))
            waited = conversations.wanting_a_case(connection, after_decision.SHOW_NOBODY, AT_ONCE)
            known = [one for one, person in waited if self._open_case(connection, one, person, at)]
            return known + [
                one for one in conversations.to_mention(connection, at, AT_ONCE) if self._mention(connection, one, at)
            ]

        news = await self.exchange.database.run(work)
        for one in news:
            self.exchange.announce(one)
        return len(news)

    def _desk(self, connection: Connection, at: datetime) -> Desk:
        return Desk(connection, self.exchange.keys, self.exchange.definitions, at)

    async def _empty_log(self, erased: int) -> None:
        if erased:
            # Until the write-ahead log is emptied, the erased keys can still be read from it.
            await asyncio.to_thread(self.exchange.database.checkpoint)

    def _open_case(self, connection: Connection, conversation: str, person_id: str, at: datetime) -> bool:
        """Opens what of a conversation's decisions waited for it to be known whose they are."""
        stored = conversations.by_id(connection, self.exchange.keys, conversation)
        person = people.read(connection, self.exchange.keys, person_id)
        if stored is None or person is None:
            conversations.case_found(connection, conversation)
            return False
        blocks = waiting_case.opened(self._desk(connection, at), conversation, person)
        if blocks:
            self._say(connection, stored, Reply(tuple(blocks), key=CASE_OPENED), CASE_OPENED, at)
        return bool(blocks)

    def _mention(self, connection: Connection, conversation: str, at: datetime) -> bool:
        stored = conversations.by_id(connection, self.exchange.keys, conversation)
        if stored is None:
            return False
        kept, definitions = state.from_json(stored.state), self.exchange.definitions
        now, reply, again = left_open.mentioned(kept, definitions, definitions.working_time, at)
        text = state.to_json(now)
        stored = conversations.save(connection, self.exchange.keys, stored, text, at, mention_at=again)
        if reply is not None:
            self._say(connection, stored, reply, left_open.LEFT_OPEN, at)
        return reply is not None

    def _say(self, connection: Connection, stored: Stored, reply: Reply, kind: str, at: datetime) -> None:
        """Puts something into a conversation: to be sent where that can be done, else to be read on its page."""
        seq = timeline.append(connection, self.exchange.keys, stored.id, at, kind, "")
        area = self.exchange.definitions.area
        found = conversations.addresses_of(connection, stored.id)
        # What is said unasked is about a case or a dialog.
        ways = [one for one in found if not is_public_only(area, one[0])]
        way = next((one for one in ways if one[0] not in PAGES), next(iter(ways), None))
        if way is not None:
            outbox.put(
                connection,
                self.exchange.keys,
                stored.id,
                channel=way[0],
                address=way[1],
                body=to_text(reply),
                at=at,
                key=str(seq),
                said=way[0] in PAGES,
            )
