"""Puts delivery together for a process: the channels that send, the watch, the watchdog, and who does the sending."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from adapters.channels import Opened
from adapters.in_trouble import PlatformTroubles
from adapters.mail.channel import mail_channel
from adapters.metrics import Meters
from adapters.settings import Settings
from adapters.workplace import warn
from bot.casework import casework, rewording
from bot.casework.casework import Desk
from bot.channel import Channel, Unreachable
from bot.clock import Clock
from bot.delivering.delivery import Delivery, Watchers
from bot.delivering.dispatch import Dispatch
from bot.delivering.dispatch.in_process import InProcess
from bot.delivering.nudge_message import Said
from bot.delivering.nudging import Nudging, Saying
from bot.delivering.watch import Swept, Wake, Watch
from bot.delivering.watchdog import EVERY_SECONDS, SILENT, Watchdog
from bot.exchange import Exchange
from bot.messages import Reply
from bot.public_only import is_public_only
from bot.storage import Connection, cases, claims
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from bot.storage.outbox import Due
from bot.storage.standing import unsent_since
from bot.upkeep import Upkeep

STOP_WITHIN_SECONDS = 20.0
AFTER_A_FAULT_SECONDS = 10.0
CALLED_WITHIN_SECONDS = 60.0
LOOK_EVERY_SECONDS = 5.0
# How many are sent at one time on one channel: a platform that is slow to answer must not make a queue of replies.
AT_ONCE = 16


@dataclass
class Running:
    """Delivery in this process, as it runs.

    `swept_at` is when its last sweep ended, on the event loop's own clock; `platforms` are those that it takes.
    """

    watch: Watch
    watchdog: Watchdog
    meters: Meters
    swept_at: float
    platforms: PlatformTroubles

    def silent_for(self) -> timedelta | None:
        """For how long the watch has not swept in this process, where that is too long."""
        silent = timedelta(seconds=asyncio.get_running_loop().time() - self.swept_at)
        return silent if silent >= SILENT else None


def channels(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """The channels that messages are sent on, by their names."""
    mail = mail_channel(settings, clock)
    return {} if mail is None else {mail.name: mail}


class Carrying:
    """Sends replies right after their turn from this process itself; the sweep finds whatever is left of them."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        dispatch: InProcess,
        warn: Callable[[str], None],
        refused: dict[str, str],
    ) -> None:
        self._channels = channels
        self._dispatch = dispatch
        self._warn = warn
        self._refused = refused

    def begin(self, due: Sequence[Due]) -> None:
        """Begin to send what a turn put in, in order within its conversation."""
        self._dispatch.begin(due)

    async def say(self, channel: str, address: str, reply: Reply) -> None:
        """Say something at once that is kept nowhere. Raises Unreachable."""
        try:
            await self._channels[channel].send(address, reply)
            self._refused.pop(channel, None)
        except Unreachable as fault:
            if fault.of_app:
                self._refused[channel] = str(fault)
            self._warn(f"An answer in a group did not go by {channel}: {fault}.")
            raise

    async def idle(self) -> None:
        """Wait until no reply is on its way."""
        await self._dispatch.idle()

    async def finish(self) -> None:
        """Wait for what is in hand."""
        await self._dispatch.finish()


def wake_with(exchange: Exchange) -> Wake:
    """What a case that wakes owes is noted by the rules of its area."""

    def wake(connection: Connection, stored: Stored, at: datetime) -> None:
        casework.wake(Desk(connection, exchange.keys, exchange.definitions, at), stored)

    return wake


def saying_with(exchange: Exchange) -> Saying:
    """A reminder is put into words, when it is sent, by the rules of its area."""

    def said(connection: Connection, noted: Sequence[Noted], at: datetime) -> list[Said]:
        return rewording.said(Desk(connection, exchange.keys, exchange.definitions, at), noted)

    return said


@asynccontextmanager
async def running(
    exchange: Exchange,
    settings: Settings,
    clock: Clock,
    watchers: Watchers | None = None,
    platforms: Sequence[Opened] = (),
) -> AsyncIterator[Running]:
    """Delivery runs until the end of the block; what is in hand then may still be finished."""
    meters = Meters()
    loop = asyncio.get_running_loop()

    def again(wait: timedelta) -> None:
        # What is further off, the watch finds by itself in time.
        if wait.total_seconds() < CALLED_WITHIN_SECONDS:
            loop.call_later(wait.total_seconds(), watch.soon)

    to = replace(watchers or Watchers(warn=warn), count=meters.sent, again=again)
    sending = {**channels(settings, clock), **{one.channel.name: one.channel for one in platforms}}
    idle, area = timedelta(minutes=settings.session_idle_minutes), exchange.definitions.area.key
    working_time = exchange.definitions.working_time
    nudging = Nudging(exchange.keys, _reminding(exchange, sending), working_time, idle, saying_with(exchange))
    worker = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    delivery = Delivery(exchange.database, exchange.keys, sending, nudging, clock, worker, to)
    await delivery.take_up()
    dispatch, work = await asyncio.to_thread(_dispatch, exchange, settings, tuple(sending), delivery, to)
    exchange.sent_on = frozenset(one.channel.name for one in platforms)
    own_dispatch = dispatch if isinstance(dispatch, InProcess) else _own(delivery, to)
    exchange.carrier = Carrying(sending, own_dispatch, to.warn, delivery.refused)
    if own_dispatch is dispatch:
        await _take_over(exchange, own_dispatch, worker)
    exchange.noticed = meters.detail_in_a_group
    watch = Watch(exchange.database, wake_with(exchange), nudging, dispatch, tuple(sending), to, exchange.announce)
    watchdog = Watchdog(
        exchange.database, exchange.keys, nudging, delivery, area, _area_case(area), to, exchange.announce, clock()
    )
    here = Running(watch, watchdog, meters, loop.time(), PlatformTroubles(platforms, delivery.refused))

    def swept(one: Swept) -> None:
        here.swept_at = loop.time()
        meters.swept(one, clock())

    own = (watch.run(clock, swept), _guard(exchange, here, clock, to), _look_after(exchange, idle, clock, to))
    async with _at_work(own, work, (dispatch, exchange.carrier)):
        yield here


def _reminding(exchange: Exchange, names: Iterable[str]) -> tuple[str, ...]:
    """The channels that reminders go by.

    A reminder names a case, so it goes nowhere that is for public information only; nor where no answer is taken.
    """
    area, off = exchange.definitions.area, exchange.switches.off
    return tuple(name for name in names if name not in off and not is_public_only(area, name))


@asynccontextmanager
async def _at_work(
    own: Iterable[Coroutine[Any, Any, None]],
    work: Iterable[Coroutine[Any, Any, None]],
    in_hand: Iterable[Dispatch | Carrying],
) -> AsyncIterator[None]:
    """All of these run in the block. At its end nothing new begins, and what is in hand may be finished."""
    watching, working = ([asyncio.create_task(one) for one in some] for some in (own, work))
    try:
        yield
    finally:
        for task in watching:
            task.cancel()
        for task in working:  # each finishes what it has in hand, beside the rest
            task.cancel()
        finishing = [asyncio.create_task(one.finish()) for one in in_hand]
        await asyncio.wait(finishing, timeout=STOP_WITHIN_SECONDS)
        await asyncio.gather(*watching, *working, return_exceptions=True)


def _dispatch(
    exchange: Exchange, settings: Settings, names: tuple[str, ...], delivery: Delivery, to: Watchers
) -> tuple[Dispatch, list[Coroutine[Any, Any, None]]]:
    """Who sends: this process alone, or on PostgreSQL any number of workers, of which it is one itself.

    A server without a worker would keep what it owes to itself until somebody remembers to start one.
    """

    if not settings.database_url.startswith("postgresql"):
        return _own(delivery, to), []
    # Imported late: it comes with the extra for PostgreSQL.
    from bot.delivering.dispatch.procrastinate import Workers
    from bot.delivering.dispatch.schema import prepare

    exchange.database.run_now(prepare)
    workers = Workers(settings.database_url, names, delivery.deliver, _failed(to))
    return workers, [workers.work()]


async def _take_over(exchange: Exchange, dispatch: InProcess, worker: str) -> None:
    """Begin with what a process that died was sending, before anything newer is said there.

    On a file one process sends; while it lives, it holds the file's lock. Without the lock, each claim runs out.
    """
    if exchange.database.holds_lock:
        left = await exchange.database.run(lambda connection: claims.give_back_of_the_dead(connection, worker))
        dispatch.begin(left)


def _own(delivery: Delivery, to: Watchers) -> InProcess:
    return InProcess(delivery.deliver, _failed(to), AT_ONCE)


def _failed(to: Watchers) -> Callable[[int, Exception], None]:
    def failed(id_: int, fault: Exception) -> None:
        to.warn(f"Message {id_} could not be handled ({type(fault).__name__}); it comes back by itself.")

    return failed


def _area_case(area: str) -> Callable[[Connection], str | None]:
    def find(connection: Connection) -> str | None:
        found = cases.find(connection, area, cases.AREA_REF)
        return found.id if found else None

    return find


async def _look_after(exchange: Exchange, idle: timedelta, clock: Clock, to: Watchers) -> None:
    """Opens cases that waited for a name, comes back to dialogs left open and forgets ended sessions, all the time."""
    upkeep = Upkeep(exchange)
    while True:
        try:
            await upkeep.look_after(clock())
            await upkeep.forget_sessions(clock(), idle)
        except Exception as fault:  # the database may be away: it is looked at again
            to.warn(f"What waits in conversations could not be looked at ({type(fault).__name__}); it is tried again.")
            await asyncio.sleep(AFTER_A_FAULT_SECONDS)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def _guard(exchange: Exchange, here: Running, clock: Clock, to: Watchers) -> None:
    """Lets the watchdog look every minute, whatever happens to it, and says which platforms are in trouble."""
    said = ""
    while True:
        pause = EVERY_SECONDS
        try:
            found = await here.watchdog.look(clock())
            since = await exchange.database.run(lambda connection: unsent_since(connection, clock()))
            lasting = await here.platforms.look(exchange.database, clock())
            kinds = (*(one.name for one in found), *(f"{one} in trouble" for one in lasting))
            here.meters.stands(since, kinds, clock())
            said = ""
        except Exception as fault:  # the database may be away: it is looked at again
            pause = AFTER_A_FAULT_SECONDS
            if said != (now := f"The watchdog could not look ({type(fault).__name__}); it tries again."):
                to.warn(said := now)
        await asyncio.sleep(pause)
