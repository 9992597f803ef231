"""One turn, one transaction: take a turn in, answer it, and let channels read what was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from weakref import WeakValueDictionary

from bot import assistant, left_open, prompts, question_log, record, requests, state, wording_people
from bot.assistant import Answer
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from bot.decisions import documents
from bot.decisions.documents import Document
from bot.definitions import Definitions
from bot.letters import NOT_SENT, Letter, Post
from bot.messages import Reply, Turn, Typed, words_in
from bot.mind import Mind, heard
from bot.moment import Moment
from bot.passage import Entry, Passage, passage
from bot.reply_text import to_text
from bot.storage import Connection, Database, KeyRing, codes, conversations, decisions, outbox, timeline
from bot.storage.conversations import Stored
from knowledge.hearing import Heard
from knowledge.understanding import Understanding

Listened = tuple[Understanding, Heard] | None
"""What understands, and what it heard in a turn's words; None where there were no words."""

# What a turn passes through, in order; the crash test kills the server at each.
STEPS = ("received", "loaded", "noted", "handled", "saved", "written", "decided", "replied", "committed", "announced")


class Exchange:
    """Where channels bring turns and read conversations.

    `reached` is told the name of each step a turn passes, one of STEPS. `post` is the way out by e-mail.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        definitions: Definitions,
        reached: Callable[[str], None] = lambda _: None,
        post: Post | None = None,
    ) -> None:
        self.database = database
        self.keys = keys
        self.definitions = definitions
        self.mind = Mind(definitions.library)
        self.post = post or Post()
        self._reached = reached
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def take(self, turn: Turn) -> None:
        """Answer a turn in one transaction; the same event a second time changes nothing."""
        self._reached("received")
        # Listening takes longer for some words than for others: turns must not overtake one another meanwhile.
        async with self._turns.setdefault((turn.channel, turn.conversation), asyncio.Lock()):
            listened = await self._listened(turn)
            conversation, letters = await self.database.run(lambda c: self._taken(c, turn, listened))
        self._reached("committed")
        self.announce(conversation)
        self._reached("announced")
        self.post.begin(letters, lambda: self._not_sent(turn))

    async def open(self, channel: str, address: str, at: datetime) -> None:
        """Make sure that a conversation has its opening message."""

        def work(connection: Connection) -> None:
            stored = conversations.load(connection, self.keys, channel, address, at)
            if not state.from_json(stored.state).opened:
                self._opened(connection, stored, state.from_json(stored.state), channel, address, at)

        await self.database.run(work)

    async def sit_down(self, channel: str, address: str, at: datetime) -> None:
        """Begin a new sitting: what is in hand is put aside, and the opening message says so."""

        def work(connection: Connection) -> None:
            stored = conversations.load(connection, self.keys, channel, address, at)
            kept = replace(state.from_json(stored.state).put_aside(), danger=False)
            self._opened(connection, stored, kept, channel, address, at)

        await self.database.run(work)

    async def read(self, channel: str, address: str, after: int = 0) -> tuple[Entry, ...]:
        """What was said after an entry, in order; nothing where there is no conversation."""
        return (await self.passage(channel, address, after)).entries

    async def passage(self, channel: str, address: str, after: int = 0, newest: int | None = None) -> Passage:
        """What was said after an entry, in order; of that, no more than the `newest` turns, each with its reply."""
        return await self.database.run(lambda c: passage(c, self.keys, channel, address, after, newest))

    async def resume_code(self, channel: str, address: str, at: datetime) -> str:
        """A code that leads another device to this conversation, once, for 15 minutes."""

        def work(connection: Connection) -> str:
            stored = conversations.load(connection, self.keys, channel, address, at)
            return codes.issue(connection, self.keys, stored.id, at, requests.CODE_LASTS)

        return await self.database.run(work)

    async def redeem(self, channel: str, address: str, code: str, at: datetime) -> bool:
        """Lead an address to the conversation that a code stands for; False where the code is not good."""

        def work(connection: Connection) -> bool:
            found = codes.redeem(connection, self.keys, code, at, source=f"{channel}:{address}")
            if found is not None:
                conversations.point(connection, channel, address, found)
            return found is not None

        return await self.database.run(work)

    async def document(self, channel: str, address: str, key: str) -> Document | None:
        """The document of a decision of this conversation, such as R-7K3M2Q-1.docx; None where there is none."""

        def work(connection: Connection) -> record.Record | None:
            stored = conversations.peek(connection, self.keys, channel, address)
            for practice in (False, True) if stored else ():
                for kept in decisions.read(connection, self.keys, stored.id if stored else "", practice=practice):
                    found = record.from_json(kept.body)
                    if f"{found.reference}-{found.version}" == key.rpartition(".")[0]:
                        return found
            return None

        kind = key.rpartition(".")[2]
        found = await self.database.run(work) if kind in documents.KINDS else None
        if found is None:
            return None
        flow = self.definitions.flows[found.flow]
        return await asyncio.to_thread(documents.build, found, self.definitions.area, kind, flow)

    async def changes(self, channel: str, address: str) -> AsyncIterator[int]:
        """Yields a growing count each time there may be something new to read."""
        stored = await self.database.run(lambda c: conversations.peek(c, self.keys, channel, address))
        count = 0
        with self._listening(stored.id if stored else "") as news:
            while True:
                await news.wait()
                news.clear()
                count += 1
                yield count

    async def _listened(self, turn: Turn) -> Listened:
        """What is heard in a turn's words, found out before the transaction, so that it holds nobody else up."""
        words = words_in(turn.said)
        if words is None:
            return None
        understanding = await self.mind.ready()
        return understanding, await asyncio.to_thread(heard, understanding, words)

    def _taken(self, connection: Connection, turn: Turn, listened: Listened) -> tuple[str, tuple[Letter, ...]]:
        stored = conversations.load(connection, self.keys, turn.channel, turn.conversation, turn.at)
        self._reached("loaded")
        if not conversations.first_time(connection, turn.event, stored.id, turn.at):
            return stored.id, ()
        self._reached("noted")
        moment = self._moment(turn, stored, listened)
        answer = assistant.handle(moment)
        stored, answer = requests.done(connection, self.keys, stored, moment, answer, self.post)
        self._reached("handled")
        self._keep(connection, stored, turn, answer)
        return stored.id, answer.outcome.letters

    async def _not_sent(self, turn: Turn) -> None:
        """Say that what was to go out by e-mail did not."""

        def work(connection: Connection) -> str:
            stored = conversations.load(connection, self.keys, turn.channel, turn.conversation, turn.at)
            moment = self._moment(turn, stored)
            outcome = prompts.problem(moment, wording_people.MAIL_NOT_SENT, "e-mail not sent", "")
            reply = replace(assistant.spoken(moment, outcome), key=NOT_SENT)
            self._keep(connection, stored, turn, Answer(outcome, reply))
            return stored.id

        self.announce(await self.database.run(work))

    def _moment(self, turn: Turn, stored: Stored, listened: Listened = None) -> Moment:
        kept = state.from_json(stored.state)
        return self._at(turn, replace(kept, opened=True), stored, listened)

    def _at(self, turn: Turn, kept: state.State, stored: Stored, listened: Listened = None) -> Moment:
        understanding, heard = listened or (None, None)
        degraded = understanding.degraded if understanding is not None else self.mind.degraded
        today = london_date(turn.at)
        return Moment(turn, kept, self.definitions, stored.id, today, understanding, heard, degraded)

    def _keep(self, connection: Connection, stored: Stored, turn: Turn, answer: Answer) -> None:
        outcome = answer.outcome
        local = self.definitions.local
        conversations.save(
            connection,
            self.keys,
            stored,
            state.to_json(replace(outcome.state, mentioned="")),
            turn.at,
            mention_at=left_open.mention_at(outcome.state, WorkingTime(local.calendar), turn.at),
            case_wanted=outcome.case_wanted,
        )
        self._reached("saved")
        seq = timeline.append(connection, self.keys, stored.id, turn.at, outcome.kind, outcome.words)
        self._reached("written")
        question_log.keep(connection, self.keys, stored.id, seq, turn, outcome)
        if made := outcome.record:
            dialog = outcome.state.dialog
            decisions.record(
                connection,
                self.keys,
                stored.id,
                turn.at,
                dialog=str(dialog.number if dialog else 0),
                flow=made.flow,
                outcome=made.decision.outcome,
                rules_version=made.decision.rules_version,
                body=record.to_json(made),
                practice=made.practice,
            )
        self._reached("decided")
        self._put(connection, stored.id, turn.channel, turn.conversation, answer.reply, turn.at, seq)
        self._reached("replied")

    def _opened(
        self, connection: Connection, stored: Stored, kept: state.State, channel: str, address: str, at: datetime
    ) -> None:
        turn = Turn(channel, address, address, Typed(""), "", at)
        self._keep(connection, stored, turn, assistant.opening(self._at(turn, kept, stored)))

    def _put(
        self,
        connection: Connection,
        conversation: str,
        channel: str,
        address: str,
        reply: Reply,
        at: datetime,
        seq: int,
    ) -> None:
        outbox.put(
            connection,
            self.keys,
            conversation,
            channel=channel,
            address=address,
            body=to_text(reply),
            at=at,
            key=str(seq),
            audience=reply.audience,
            said=True,
        )

    def announce(self, conversation: str) -> None:
        """Let everyone who has a conversation open here read what is new in it."""
        for news in self._listeners.get(conversation, ()):
            news.set()

    @contextmanager
    def _listening(self, conversation: str) -> Iterator[asyncio.Event]:
        news = asyncio.Event()
        listeners = self._listeners.setdefault(conversation, set())
        listeners.add(news)
        try:
            yield news
        finally:
            listeners.discard(news)
            if not listeners:
                self._listeners.pop(conversation, None)
