"""Sends one thing that is to be said: claims it, hands it to its channel, and keeps what became of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.channel import Channel, Unreachable
from bot.clock import Clock
from bot.delivering import wording_delivery
from bot.delivering.claimed import Claimed, may_be_repeated, wait_for
from bot.delivering.not_here import is_of_work, not_said_here
from bot.delivering.nudging import Nudging
from bot.delivering.pacing import Pace
from bot.delivering.pauses import Held, Pauses
from bot.delivering.renewing import Renewing
from bot.delivering.retrying import MOST_ATTEMPTS, WAITS
from bot.messages import Reply, Text
from bot.reply_text import from_text, to_text
from bot.storage import Connection, Database, DatabaseTrouble, KeyRing, cases, claims, nudges, outbox, people, reminded
from bot.storage.nudges import Noted
from bot.storage.outbox import Outgoing

LEASE = timedelta(minutes=1)
"""After which what a process that died was sending is taken up by another; one that lives renews it."""
RENEW_EVERY_SECONDS = 15.0
# Longer than any channel waits itself.
SEND_WITHIN_SECONDS = 200
# How often, and how far apart in seconds, the result is kept again where the database is away: more often than anybody
# looks for claims that have run out meanwhile.
_KEEP_TRIES = 40
_KEEP_PAUSE = 2.0
_CLOSE = timedelta(seconds=5)
# Nobody knows any more why it waits: what is new may be urgent, and is held up by it no longer than this.
_AT_MOST_TAKEN_UP = timedelta(minutes=1)
STEPS = ("claimed", "to send", "sent", "marked", "settled")
"""What a delivery passes through, in order; the crash test kills the process at each."""


def _nothing(*_: object) -> None:
    pass


@dataclass(frozen=True)
class Watchers:
    """Who is told of what happens: an administrator's line, a count of a channel and outcome, a step passed.

    `again` hears in how long a reply is to be tried once more, which is sooner than the watch would look by itself.
    """

    warn: Callable[[str], None] = _nothing
    count: Callable[[str, str], None] = _nothing
    reached: Callable[[str], None] = _nothing
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    again: Callable[[timedelta], None] = _nothing


NOBODY = Watchers()


class Delivery:
    """Sends through `channels`, by their names. `worker` is this process's own name in claims."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        channels: Mapping[str, Channel],
        nudging: Nudging,
        clock: Clock,
        worker: str,
        watchers: Watchers = NOBODY,
        renew_every: float = RENEW_EVERY_SECONDS,
    ) -> None:
        self._renew_every = renew_every
        self._database = database
        self._keys = keys
        self.channels = channels
        self._nudging = nudging
        self._clock = clock
        self._since = clock()
        self._worker = worker
        self._to = watchers
        self._pauses: defaultdict[str, Pauses] = defaultdict(Pauses)
        self._paces: dict[str, Pace] = {}
        self._told: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        """What each platform has against the bot itself, since anything last went there."""

    async def take_up(self) -> None:
        """What an earlier process was about to try again goes before whatever is new in its conversation."""
        at = self._clock()
        for channel, conversation, due_at in await self._database.run(
            lambda connection: claims.to_be_tried_again(connection, at, at + _AT_MOST_TAKEN_UP)
        ):
            self._pauses[channel].goes_first(conversation, due_at)

    async def deliver(self, id_: int, rev: int, said: object = None) -> None:
        """Send a row, if it is still there under this `rev`, due and unclaimed; otherwise nothing happens.

        `said` is the reply that a turn has just put in; None where it is to be read, with all that it carries.
        """
        claimed = await self._database.run(
            lambda connection: (
                self._claimed_as_put(connection, (id_, rev), said)
                if isinstance(said, Reply)
                else self._claimed(connection, id_, rev)
            )
        )
        if claimed is None:
            return
        renewing = Renewing(self._renew_every, partial(self._renewed, claimed.row))
        try:
            await self._carried_out(claimed)
        finally:
            renewing.end()

    async def _carried_out(self, claimed: Claimed) -> None:
        """Send what is claimed, and keep what became of it."""
        self._to.reached("to send")
        sent, at = await self._sent(claimed), self._clock()
        wait = wait_for(claimed, sent) if isinstance(sent, Unreachable) else None
        if isinstance(sent, Unreachable) and not isinstance(sent, Held) and wait is not None:
            await self._hold(claimed, sent, wait, at)
        self._to.reached("sent")
        outcome = await self._kept(lambda connection: self._settled(connection, claimed, sent, at))
        self._to.count(claimed.row.channel, outcome)
        self._to.reached("settled")
        if wait is not None and not claimed.carried:
            self._to.again(wait)

    async def _renewed(self, row: Outgoing) -> None:
        """Hold on to a claim for longer."""
        with suppress(DatabaseTrouble):  # it may be away for a moment
            await self._database.run(lambda connection: claims.renew(connection, row, self._clock() + LEASE))

    def _claimed_as_put(self, connection: Connection, put: tuple[int, int], said: Reply) -> Claimed | None:
        """The reply of a turn carries no nudge and was never tried: to read that again took 3 % of the turn."""
        row = claims.claim_put(connection, put, worker=self._worker, at=self._clock(), lease=LEASE)
        if row is None:
            return None
        self._to.reached("claimed")
        return Claimed(row, replace(said, key=str(row.id)), ())

    def _claimed(self, connection: Connection, id_: int, rev: int) -> Claimed | None:
        at = self._clock()
        rows = claims.claim(connection, self._keys, [(id_, rev)], worker=self._worker, at=at, lease=LEASE)
        if not rows:
            return None
        (row,) = rows
        noted = nudges.in_message(connection, row.id)
        carried = tuple(one for one in noted if one.status == "handed")
        if noted and not carried:
            # All of it was done, or said otherwise, since it was put in.
            outbox.cancel(connection, [row.id])
            return None
        if carried and not self._nudging.goes_by(row.channel):
            # It was put in before that channel was switched off, or no longer for what names a case.
            if claims.mark_failed(connection, row):
                self._nudging.next_way(connection, carried)
            return None
        is_old = not noted and row.created_at < self._since and not self._nudging.goes_by(row.channel)
        is_barred = is_old and is_of_work(connection, self._keys, row)
        said = not_said_here(row) if is_barred else self._reply(connection, row, noted, carried)
        claimed = Claimed(row, said, carried)
        if row.attempts > MOST_ATTEMPTS or (row.may_repeat and not may_be_repeated(row)):
            self._given_up(connection, claimed, at, may_have_arrived=row.may_repeat)
            return None
        self._to.reached("claimed")
        return claimed

    def _reply(
        self, connection: Connection, row: Outgoing, noted: Sequence[Noted], carried: tuple[Noted, ...]
    ) -> Reply:
        """What the row says, as that stands now; its key is its own among everything that is sent."""
        at = self._clock()
        is_as_it_was = len(noted) == len(carried) and not self._nudging.is_out_of_date(connection, carried, at)
        reply = from_text(row.body)
        if not is_as_it_was:
            reply = self._nudging.said_again(connection, carried, at)
            outbox.reword(connection, self._keys, row, to_text(reply))
        repeat = (Text.of(wording_delivery.MAY_BE_REPEAT, tone="note"),) if row.may_repeat else ()
        return replace(reply, blocks=(*repeat, *reply.blocks), key=str(row.id))

    async def _sent(self, claimed: Claimed) -> str | Unreachable:
        """The platform's id, or why it did not arrive."""
        row = claimed.row
        channel = self.channels.get(row.channel)
        if channel is None:
            return Unreachable(f"there is no channel {row.channel} here", permanent=True)
        pauses, at = self._pauses[row.channel], self._clock()
        is_reply = not claimed.carried
        if pauses.any(at):
            until = pauses.until(await self._limits(row), row.conversation_id, at, is_reply=is_reply)
            if until is not None:
                return Held(until, at)
        pace = self._paces.get(row.channel) or self._paces.setdefault(row.channel, Pace(channel.limits))
        if wait := pace.wait(row.conversation_id, at.timestamp(), is_reply=is_reply):
            await self._to.pause(wait)
        try:
            async with asyncio.timeout(SEND_WITHIN_SECONDS):
                return await channel.send(row.address, claimed.reply)
        except Unreachable as fault:
            return fault
        except TimeoutError:
            return Unreachable("the channel did not answer in time", permanent=False, may_have_arrived=True)
        except Exception as fault:  # a fault in a channel must not leave a nudge where nobody looks for it
            return Unreachable(f"the channel failed: {type(fault).__name__}", permanent=False, may_have_arrived=True)

    async def _hold(self, claimed: Claimed, fault: Unreachable, wait: timedelta, at: datetime) -> None:
        """Whatever is under the same limit waits as long as the platform wants; in the conversation, for this row too.

        For a reply that is so while its tries are close together, for a nudge only where the platform named a time, and
        for its second try alone: later ones are far apart, and what is new may be urgent.
        """
        row, pauses = claimed.row, self._pauses[claimed.row.channel]
        if fault.retry_after is not None:
            pauses.refused(await self._limits(row), fault, at)
            pauses.goes_first(row.conversation_id, at + max(fault.retry_after, WAITS[0] if claimed.carried else wait))
        elif not claimed.carried and wait <= _CLOSE:
            pauses.goes_first(row.conversation_id, at + wait)

    async def _limits(self, row: Outgoing) -> tuple[str, ...]:
        try:
            return await self.channels[row.channel].limited_by(row.address)
        except Exception:  # of what cannot be looked up now nothing is known but its own conversation
            return (row.conversation_id,)

    async def _kept(self, work: Callable[[Connection], str]) -> str:
        """Keeps what became of it, also where the database is away for a moment: else it would be sent once more."""
        for _ in range(_KEEP_TRIES):
            with suppress(DatabaseTrouble):
                return await self._database.run(work)
            await self._to.pause(_KEEP_PAUSE)
        return await self._database.run(work)

    def _settled(self, connection: Connection, claimed: Claimed, sent: str | Unreachable, at: datetime) -> str:
        """Keeps what became of a row at a moment; the outcome in a word or two, to be counted."""
        row = claimed.row
        # Cases before messages and nudges, as an event of a case locks them: otherwise the two could lock up.
        for case_id in sorted({one.case_id for one in claimed.carried}):
            cases.load(connection, case_id, lock=True)
        if isinstance(sent, Unreachable):
            outcome = self._failed(connection, claimed, sent, at)
        else:
            outcome = "sent" if claims.mark_sent(connection, row, at, sent) else "lost claim"
            if outcome == "sent" and claimed.carried:
                still = self._still(connection, row)
                nudges.settle(connection, [one.id for one in still], "sent", at)
                reminded.sent(connection, self._keys, still, at)
                people.mark_account(connection, row.channel, row.address, None)
            self._told.pop(row.channel, None)
            self.refused.pop(row.channel, None)
        self._to.reached("marked")
        return outcome

    def _failed(self, connection: Connection, claimed: Claimed, fault: Unreachable, at: datetime) -> str:
        row = claimed.row
        tried = not isinstance(fault, Held)
        if tried:
            self._say(row, fault)
        wait = wait_for(claimed, fault, failing=tried and self._is_failing(connection, claimed))
        if wait is None:
            return self._given_up(connection, claimed, at, may_have_arrived=fault.may_have_arrived or row.may_repeat)
        # What was held at different moments is due at one, so that it goes in the order in which it was said.
        due_at = fault.until if isinstance(fault, Held) else at + wait
        kept = claims.retry_later(connection, row, due_at, may_repeat=fault.may_have_arrived)
        return "tried again" if kept else "lost claim"

    def _given_up(self, connection: Connection, claimed: Claimed, at: datetime, *, may_have_arrived: bool) -> str:
        """Nothing more is tried on this account; its nudges go the next way."""
        row = claimed.row
        mark = claims.mark_unknown if may_have_arrived else claims.mark_failed
        if not mark(connection, row):
            return "lost claim"
        if claimed.carried:
            if not self._is_failing(connection, claimed):
                people.mark_account(connection, row.channel, row.address, at)
            self._nudging.next_way(connection, self._still(connection, row))
        return "unknown" if may_have_arrived else "failed"

    def _is_failing(self, connection: Connection, claimed: Claimed) -> bool:
        """Whether the account a nudge goes to had not worked before: then it gets one attempt and no more."""
        if not claimed.carried:
            return False
        person = people.at_account(connection, self._keys, claimed.row.channel, claimed.row.address)
        here = (claimed.row.channel, claimed.row.address)
        return person is not None and any(
            one.failing_since is not None for one in person.accounts if (one.channel, one.address) == here
        )

    def _still(self, connection: Connection, row: Outgoing) -> list[Noted]:
        return [one for one in nudges.in_message(connection, row.id) if one.status == "handed"]

    def _say(self, row: Outgoing, fault: Unreachable) -> None:
        """A line for the administrator, once for each trouble; not where it is about one address."""
        if fault.of_app:
            self.refused[row.channel] = str(fault)
        why = "an address was refused" if fault.permanent and not fault.of_app else str(fault)
        if self._told.get(row.channel) != why:
            self._told[row.channel] = why
            self._to.warn(f"Message {row.id} did not go by {row.channel}: {why}")
