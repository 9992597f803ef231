"""The watch: every few seconds it wakes the cases whose moment has come, tells people, and has what is due sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.delivering.delivery import NOBODY, Watchers
from bot.delivering.dispatch import Dispatch
from bot.delivering.nudging import Nudging, Told
from bot.storage import Connection, Database, DatabaseTrouble, cases, claims, delivering, nudges, outbox
from bot.storage.cases import Stored
from bot.storage.outbox import Due

EVERY_SECONDS = 5.0
SWEEP = "sweep"
"""The name under which it is kept when the last sweep was."""
_BEAT_EVERY = timedelta(seconds=30)
_FORGET_AFTER = timedelta(hours=1)
TRY_AGAIN = timedelta(minutes=5)
"""When what failed in waking a case, or in telling a person, is tried again."""
GATHER = timedelta(minutes=1)
"""How long one person's nudges may wait for other cases to wake, so that one message says them all."""
OUTAGE = timedelta(hours=1)
"""For how long nobody may sweep, some of it in working time, before administrators hear of it afterwards."""
STEPS = ("looked", "waking", "woke", "woken", "telling", "told", "all told", "deferring", "deferred")
"""What a sweep passes through, in order; the crash test kills the process at each."""

Wake = Callable[[Connection, Stored, datetime], None]
"""Notes what a case owes at a moment, and when it owes the next. Raises whatever it likes: the case is tried again."""


@dataclass(frozen=True)
class Bounds:
    """The most that one sweep does."""

    cases: int = 200
    people: int = 100


USUAL = Bounds()


@dataclass(frozen=True)
class Swept:
    """What a sweep did; `more` if it is worth beginning the next at once."""

    woken: int = 0
    told: int = 0
    failed: int = 0
    due: int = 0
    more: bool = False


@dataclass(frozen=True)
class _Found:
    """What is there to do at a moment."""

    to_wake: bool
    to_tell: bool
    due: tuple[Due, ...]


class Watch:
    """Sweeps. Any number of them may share one database; what one has in hand, the others pass by."""

    def __init__(
        self,
        database: Database,
        wake: Wake,
        nudging: Nudging,
        dispatch: Dispatch,
        channels: tuple[str, ...],
        watchers: Watchers = NOBODY,
        news: Callable[[str], None] = lambda _: None,
        bounds: Bounds = USUAL,
    ) -> None:
        self._database = database
        self._wake = wake
        self._nudging = nudging
        self._dispatch = dispatch
        self._channels = channels
        self._to = watchers
        self._news = news
        self._most = bounds
        self._beaten: datetime | None = None
        self._called = asyncio.Event()
        dispatch.when_done(self.soon)

    def soon(self) -> None:
        """Sweep again without waiting for the usual time."""
        self._called.set()

    async def run(self, clock: Clock, swept: Callable[[Swept], None], every: float = EVERY_SECONDS) -> None:
        """Sweep until cancelled. What goes wrong with a whole sweep is told, and the next one tries again."""
        while True:
            self._called.clear()
            more = False
            try:
                done = await self.sweep(clock())
            except Exception as fault:  # the database may be away: nothing is lost, and the next sweep may find it
                self._to.warn(f"A sweep did not finish ({type(fault).__name__}); the next one is in {every:.0f} s.")
            else:
                swept(done)
                more = done.more
            if not more:
                # Not `wait_for`: in Python 3.11 it loses a cancellation that comes as the event is set.
                with suppress(TimeoutError):
                    async with asyncio.timeout(every):
                        await self._called.wait()

    async def sweep(self, at: datetime) -> Swept:
        """Do everything that is due, within bounds; one case or person at fault never stops the others."""
        found = await self._database.run(lambda connection: self._look(connection, at))
        self._to.reached("looked")
        woken, bad_cases = await self._wake_cases(at) if found.to_wake else (0, 0)
        told, bad_people = await self._tell_people(at) if found.to_tell or woken else (0, 0)
        due = found.due
        if told:
            due = await self._database.run(lambda connection: self._defer(connection, at))
        self._dispatch.begin(due)
        self._to.reached("deferred")
        more = woken + bad_cases >= self._most.cases or told >= self._most.people
        return Swept(woken, told, bad_cases + bad_people, len(due), more)

    def _look(self, connection: Connection, at: datetime) -> _Found:
        if self._beaten is None or not timedelta(0) <= at - self._beaten < _BEAT_EVERY:
            self._keep_outage(connection, at)
            nudges.beat(connection, SWEEP, at)
            self._nudging.rescue(connection, self._most.people)
            self._nudging.try_again(connection, at, self._most.people)
            delivering.forget_failures(connection, at - _FORGET_AFTER)
            self._beaten = at
        self._nudging.adopt(connection, at, self._most.people)
        claims.give_back(connection, at, self._dispatch.most)
        to_tell = bool(nudges.people_waiting(connection, at, 1))
        return _Found(delivering.something_to_wake(connection, at), to_tell, self._defer(connection, at))

    def _keep_outage(self, connection: Connection, at: datetime) -> None:
        """Keeps that nobody swept for long, where that was in working time: what came due then was passed over."""
        last = nudges.last_beat(connection, SWEEP)
        if last is not None and at - last >= OUTAGE and self._nudging.next_open(last) < at:
            delivering.keep_outage(connection, last, at)

    def _defer(self, connection: Connection, at: datetime) -> tuple[Due, ...]:
        due = outbox.due_on_each(connection, at, self._dispatch.most, self._channels)
        self._to.reached("deferring")
        self._dispatch.defer(connection, due)
        return tuple(due)

    async def _wake_cases(self, at: datetime) -> tuple[int, int]:
        """Wakes cases, each in its own transaction; how many, and with how many that failed."""
        woken = failed = 0
        while woken + failed < self._most.cases:
            taken: list[Stored] = []
            try:
                found = await self._database.run(partial(self._wake_one, at, taken))
            except DatabaseTrouble:
                raise
            except Exception as fault:  # whatever is wrong with one case, the others are still to be woken
                if not taken:
                    raise
                failed += 1
                await self._put_off_case(taken[-1].id, at, fault)
            else:
                if not found:
                    break
                woken += 1
                self._to.reached("woken")
        return woken, failed

    def _wake_one(self, at: datetime, taken: list[Stored], connection: Connection) -> bool:
        for stored in cases.to_wake(connection, at, 1):
            taken.append(stored)
            self._to.reached("waking")
            self._wake(connection, stored, at)
            self._to.reached("woke")
            return True
        return False

    async def _put_off_case(self, case_id: str, at: datetime, fault: Exception) -> None:
        def work(connection: Connection) -> None:
            cases.change(connection, case_id, wake_at=at + TRY_AGAIN)
            delivering.fail(connection, delivering.NOT_WOKEN + case_id, at)

        await self._database.run(work)
        self._to.warn(f"Case {case_id} could not be woken ({type(fault).__name__}); this is tried again.")

    async def _tell_people(self, at: datetime) -> tuple[int, int]:
        """Tells people, each in a transaction; how many, and with how many that failed."""
        told = failed = 0
        seen: set[str] = set()
        while told + failed < self._most.people:
            people = await self._database.run(lambda connection: self._ready(connection, at))
            if not people or seen.issuperset(people):
                break
            for person_id in people:
                seen.add(person_id)
                try:
                    done = await self._database.run(partial(self._tell_one, person_id, at))
                except DatabaseTrouble:
                    raise
                except Exception as fault:  # and the others are still to be told
                    failed += 1
                    await self._put_off_person(person_id, at, fault)
                else:
                    told += 1
                    self._to.reached("all told")
                    for whose in done.news:
                        self._news(whose)
                    if done.passed_on:
                        seen.clear()
        return told, failed

    def _ready(self, connection: Connection, at: datetime) -> list[str]:
        """Whom to tell now: everybody once nothing is left to wake, until then only those who have waited for that."""
        self._nudging.adopt(connection, at, self._most.people)
        people = nudges.people_waiting(connection, at, self._most.people)
        if not delivering.something_to_wake(connection, at):
            return people
        since = {one: delivering.waiting_since(connection, one, at) for one in people}
        return [one for one in people if (first := since[one]) is not None and at - first >= GATHER]

    def _tell_one(self, person_id: str, at: datetime, connection: Connection) -> Told:
        self._to.reached("telling")
        done = self._nudging.tell(connection, person_id, at)
        self._to.reached("told")
        return done

    async def _put_off_person(self, person_id: str, at: datetime, fault: Exception) -> None:
        def work(connection: Connection) -> None:
            delivering.put_off_all(connection, person_id, at, at + TRY_AGAIN)
            delivering.fail(connection, delivering.NOT_TOLD + person_id, at)

        await self._database.run(work)
        self._to.warn(f"Person {person_id} could not be told ({type(fault).__name__}); this is tried again.")
