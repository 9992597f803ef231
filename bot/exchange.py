"""One turn, one transaction: take a turn in, answer it, and let channels read what was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakValueDictionary

from bot import allowed_here, assistant, button_tokens, in_a_group, prompts, requests, state, wording_joining
from bot.allowed_here import Switches
from bot.assistant import Answer
from bot.at_work import AtWork
from bot.button_tokens import Pressed
from bot.channel import Carrier
from bot.clock import london_date
from bot.commands import is_fixed_command
from bot.decisions import documents, kept_decision
from bot.decisions.documents import Document
from bot.definitions import Definitions
from bot.document_again import not_saved
from bot.keeper import Keeper
from bot.letters import NOT_SENT, Letter, Post
from bot.messages import File, Turn, Typed, words_in
from bot.mind import Mind
from bot.moment import Moment, Outcome
from bot.news import News
from bot.overheard import Overheard
from bot.passage import Entry, Passage, passage
from bot.storage import Connection, Database, KeyRing, codes, conversations, events
from bot.storage.conversations import Stored
from bot.storage.outbox import Due
from bot.took import KEPT, Took, came_of, kept_as
from knowledge.hearing import Heard
from knowledge.understanding import Understanding

Listened = tuple[Understanding, Heard] | None
"""What understands, and what it heard in a turn's words; None where there were no words."""

# What a turn passes through, in order; the crash test kills the server at each.
STEPS = ("received", "loaded", "noted", "handled", "saved", "decided", "replied", "committed", "announced")


@dataclass(frozen=True)
class _Taken:
    """What one transaction came to: whose conversation it is, what goes out now, and what became of the turn."""

    conversation: str
    letters: tuple[Letter, ...] = ()
    due: tuple[Due, ...] = ()
    took: Took = Took.UP


class Exchange:
    """Where channels bring turns and read conversations.

    `reached` is told the name of each step a turn passes, one of STEPS. `post` is the way out by e-mail. `carrier`
    sends on the channels named in `sent_on`, if there is one; on all others a reply is read where it was asked for.
    `noticed` is told the channel of a group in which somebody wrote what looks like detail of a case.
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
        self.switches = Switches()
        self.carrier: Carrier | None = None
        self.sent_on: frozenset[str] = frozenset()
        self.noticed: Callable[[str], None] = lambda _: None
        self._reached = reached
        self._news = News()
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self.at_work = AtWork()

    async def take(self, turn: Turn) -> Took:
        """Answer a turn in one transaction; the same event a second time changes nothing.

        What was said in a group is answered at once and kept nowhere. Raises Unreachable where that could not be said
        for now: then the platform should bring it again.
        """
        self._reached("received")
        # Listening takes longer for some words than for others: turns must not overtake one another meanwhile.
        with self.at_work:
            async with self._in_order(turn.channel, turn.conversation):
                listened = await self._listened(turn)
                if not turn.private:
                    return await self._overheard(turn, listened)
                taken = await self.database.run(lambda c: self._taken(c, turn, listened))
            return self._took(turn, taken)

    async def beforehand(self, turn: Turn) -> Outcome | None:
        """What would come of a turn that has not been taken yet; None where it has. Nothing of it is kept."""
        listened = await self._listened(turn)

        def work(connection: Connection) -> Outcome | None:
            stored = conversations.peek(connection, self.keys, turn.channel, turn.conversation)
            if stored is None or events.is_noted(connection, turn.event, stored.id):
                return None
            return allowed_here.answered(self._moment(turn, stored, listened), self.switches).outcome

        return await self.database.run(work)

    async def meant(self, channel: str, address: str, token: str) -> Pressed | None:
        """What the token of a button stands for, pressed at an address; None where it stands for nothing there."""
        return await self.database.run(lambda c: button_tokens.meant(c, self.keys, channel, address, token))

    async def press(
        self,
        channel: str,
        address: str,
        token: str,
        turn_of: Callable[[Pressed], Turn | None],
        first: Callable[[Connection], None] = lambda _: None,
    ) -> tuple[Pressed | None, Took | None]:
        """What a button's token stands for at an address, and what became of the turn that `turn_of` makes of it.

        It is one transaction, in which `first` is done before. Nothing is taken, and None became of it, where
        `turn_of` makes no turn of it; it must make none of words, which are to be listened to.
        """

        def work(connection: Connection) -> tuple[Pressed | None, tuple[Turn, _Taken] | None]:
            first(connection)
            stored = conversations.find(connection, self.keys, channel, address)
            if stored is None:
                return None, None
            key = stored.held.key if stored.held is not None else None
            found = button_tokens.meant_in(connection, self.keys, stored.id, channel, address, token, key)
            turn = turn_of(found) if found is not None else None
            return found, None if turn is None else (turn, self._taken(connection, turn, None, stored))

        self._reached("received")
        with self.at_work:
            async with self._in_order(channel, address):
                found, took = await self.database.run(work)
            return found, None if took is None else self._took(*took)

    async def at_rest(self) -> None:
        """Wait until no turn is in hand here, and no reply is on its way."""
        while True:
            await self.at_work.over()
            if self.carrier is not None:
                await self.carrier.idle()
            if not self.at_work.going_on:
                return

    async def is_taken(self, channel: str, address: str, event: str) -> bool:
        """Whether an event was taken at an address before."""

        def work(connection: Connection) -> bool:
            conversation = conversations.id_at(connection, channel, address)
            return conversation is not None and events.is_noted(connection, event, conversation)

        return await self.database.run(work)

    async def open(self, channel: str, address: str, at: datetime) -> None:
        """Make sure that a conversation has its opening message; none is begun where the channel is switched off."""
        if channel in self.switches.off:
            return

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
            return requests.led_by(connection, self.keys, (channel, address), code, at) is not None

        return await self.database.run(work)

    async def document(self, channel: str, address: str, key: str) -> Document | None:
        """The document of a decision of this conversation, such as R-7K3M2Q-1.docx; None where there is none."""

        name, _, kind = key.rpartition(".")
        if kind not in documents.KINDS:
            return None
        found = await self.database.run(lambda c: kept_decision.find(c, self.keys, channel, address, name))
        if found is None:
            return None
        flow = self.definitions.flows[found.flow]
        return await asyncio.to_thread(documents.build, found, self.definitions.area, kind, flow)

    async def not_handed_over(self, turn: Turn, document: File, *, perhaps: bool) -> None:
        """Say that a document did not get to where it was to be saved, and offer it again; once for a turn's event.

        `perhaps` is whether it may be there all the same.
        """

        def work(connection: Connection) -> _Taken | None:
            if not events.first_time(connection, turn.event, "", turn.at):
                return None
            return self._said_besides(connection, turn, lambda m: not_saved(m, document, perhaps=perhaps))

        if (taken := await self.database.run(work)) is not None:
            self._took(turn, taken)

    async def changes(self, channel: str, address: str) -> AsyncIterator[int]:
        """Yields a growing count each time there may be something new to read."""
        stored = await self.database.run(lambda c: conversations.peek(c, self.keys, channel, address))
        async for count in self.news_of(stored.id if stored else ""):
            yield count

    async def news_of(self, whose: str) -> AsyncIterator[int]:
        """The same for the id of a conversation, or of a person: each time they were told of something."""
        count = 0
        with self._news.listening(whose) as news:
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
        return await self.mind.hear(words, keep=is_fixed_command(words, self.definitions.begins))

    async def _overheard(self, turn: Turn, listened: Listened) -> Took:
        """Answer what was said in a group; only that it was answered is kept."""
        overheard = Overheard(self.database, self.keys, turn)
        if not await overheard.begin():
            return Took.AGAIN
        moment = self._at(turn, state.State(opened=True), Stored("", 0, None), listened)
        replies, is_detail = in_a_group.answered(moment, self.switches)
        if self.carrier is not None:
            await overheard.say(self.carrier, replies)
        await overheard.answered()
        if is_detail:
            self.noticed(turn.channel)
        return Took.UP

    def _taken(self, connection: Connection, turn: Turn, listened: Listened, stored: Stored | None = None) -> _Taken:
        stored = stored or conversations.load(connection, self.keys, turn.channel, turn.conversation, turn.at)
        self._reached("loaded")
        if (known := self._known_before(connection, stored, turn)) is not None:
            return _Taken(stored.id, took=known)
        self._reached("noted")
        moment = self._moment(turn, stored, listened)
        answer = allowed_here.answered(moment, self.switches)
        stored, answer = requests.done(connection, self.keys, stored, moment, answer, self.post)
        answer = allowed_here.shown(moment, answer)
        self._reached("handled")
        due = self._keep(connection, stored, turn, answer)
        if (took := came_of(answer.outcome)) in KEPT and turn.delivery:
            events.first_time(connection, kept_as(took, turn.event), stored.id, turn.at)
        if took is Took.NOT_HERE and turn.delivery not in ("", turn.event):  # it can be pressed once it is done here
            events.forget_event(connection, turn.event, stored.id)
        return _Taken(stored.id, answer.outcome.letters, due, took)

    def _in_order(self, channel: str, address: str) -> asyncio.Lock:
        """What lets one turn of a conversation in at a time."""
        return self._turns.setdefault((channel, address), asyncio.Lock())

    def _took(self, turn: Turn, taken: _Taken) -> Took:
        """Let go out what came of a turn, now that it is committed."""
        self._reached("committed")
        self.announce(taken.conversation)
        self._reached("announced")
        self.post.begin(taken.letters, lambda: self._not_sent(turn))
        self._carry(taken.due)
        return taken.took

    def _known_before(self, connection: Connection, stored: Stored, turn: Turn) -> Took | None:
        """Note a turn; what it is where it was brought before. Where the channel is off, no button is used up by it."""
        is_off, delivery = turn.channel in self.switches.off, turn.delivery or turn.event
        keys = (delivery,) if is_off else (turn.event, delivery)
        new = events.newly_noted(connection, keys, stored.id, turn.at)
        if delivery not in new:
            if turn.event in new:  # it was answered while the channel was off, and is no second press
                events.forget_event(connection, turn.event, stored.id)
            return Took.AGAIN
        was_used = events.is_noted(connection, turn.event, stored.id) if is_off else turn.event not in new
        return Took.USED if was_used and turn.event != delivery else None

    async def _not_sent(self, turn: Turn) -> None:
        """Say that what was to go out by e-mail did not."""

        def say(moment: Moment) -> Outcome:
            return prompts.problem(moment, wording_joining.MAIL_NOT_SENT, "e-mail not sent", "")

        taken = await self.database.run(lambda c: self._said_besides(c, turn, say, NOT_SENT))
        self.announce(taken.conversation)
        self._carry(taken.due)

    def _said_besides(
        self, connection: Connection, turn: Turn, say: Callable[[Moment], Outcome], key: str = ""
    ) -> _Taken:
        """Keep what is to be said of something that went wrong after the answer."""
        stored = conversations.load(connection, self.keys, turn.channel, turn.conversation, turn.at)
        moment = self._moment(turn, stored)
        outcome = say(moment)
        answer = Answer(outcome, replace(assistant.spoken(moment, outcome), key=key))
        return _Taken(stored.id, due=self._keep(connection, stored, turn, allowed_here.shown(moment, answer)))

    def _moment(self, turn: Turn, stored: Stored, listened: Listened = None) -> Moment:
        kept = state.from_json(stored.state)
        return self._at(turn, replace(kept, opened=True), stored, listened)

    def _at(self, turn: Turn, kept: state.State, stored: Stored, listened: Listened = None) -> Moment:
        understanding, heard = listened or (None, None)
        degraded = understanding.degraded if understanding is not None else self.mind.degraded
        today, definitions = london_date(turn.at), self.definitions
        if understanding is not None and understanding.library is not definitions.library:
            # Something was published in the meantime: an answer is shown from the content it was found in.
            definitions = replace(definitions, library=understanding.library)
        return Moment(turn, kept, definitions, stored.id, today, understanding, heard, degraded)

    def _keep(self, connection: Connection, stored: Stored, turn: Turn, answer: Answer) -> tuple[Due, ...]:
        keeper = Keeper(self.keys, self.definitions, self.sent_on, self._reached)
        return keeper.keep(connection, stored, turn, answer)

    def _opened(
        self, connection: Connection, stored: Stored, kept: state.State, channel: str, address: str, at: datetime
    ) -> None:
        turn = Turn(channel, address, address, Typed(""), "", at)
        self._keep(connection, stored, turn, assistant.opening(self._at(turn, kept, stored)))

    def _carry(self, due: tuple[Due, ...]) -> None:
        if self.carrier is not None and due:
            self.carrier.begin(due)

    def announce(self, whose: str) -> None:
        """Let everyone who has a conversation, or a page of a person's, open here read what is new."""
        self._news.announce(whose)
