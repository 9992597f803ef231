"""What is done beside the answers: replies go first, and nothing waits for ever or is left out at the end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from adapters import beside
from adapters.beside import Beside
from adapters.delivering import Carrying
from adapters.patience import patiently
from bot.channel import Unreachable
from bot.definitions import load_definitions
from bot.delivering.dispatch.in_process import InProcess
from bot.exchange import Exchange
from bot.storage import Database, KeyRing
from bot.storage.outbox import Due

REPLY = Due(1, 0, "a conversation", "slack")


class Place:
    """A process that sends one reply, which the platform takes when it is let."""

    def __init__(self, exchange: Exchange) -> None:
        self.let = asyncio.Event()
        self.done: list[str] = []
        self.exchange = exchange
        exchange.carrier = self.carrier = Carrying({}, InProcess(self._deliver, self._failed), self.done.append, {})
        self.beside = Beside(exchange)

    async def take(self) -> None:
        self.let.set()

    async def rewrite(self) -> None:
        self.done.append("rewritten")

    async def fail(self) -> None:
        raise Unreachable("the message is gone", permanent=True)

    async def _deliver(self, _: int, __: int, ___: object) -> None:
        await self.let.wait()
        self.done.append("replied")

    def _failed(self, _: int, fault: Exception) -> None:
        raise fault


@pytest.fixture
def place(tmp_path: Path):
    database = Database.open("", tmp_path)
    yield Place(
        Exchange(database, KeyRing.from_keys([Fernet.generate_key().decode()]), load_definitions("exampleshire"))
    )
    database.close()


async def test_at_a_stop_what_waits_for_long_is_broken_off(place):
    broken_off = asyncio.Event()

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    place.beside.begin(place.rewrite)
    place.beside.begin(waits)
    async with asyncio.timeout(5):
        await beside.stopped(place.beside.settled(), within=0.05)
    assert (place.done, broken_off.is_set()) == (["rewritten"], True)


async def test_a_pause_longer_than_a_reply_may_wait_is_waited_out(place):
    faults, pauses = [Unreachable("busy", permanent=False, retry_after=timedelta(seconds=15))], []

    async def call() -> None:
        if faults:
            raise faults.pop()
        await place.rewrite()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    place.beside.begin(lambda: patiently(call, pause))
    await place.beside.settled()
    assert (pauses, place.done) == ([15], ["rewritten"])


async def test_what_waits_for_replies_goes_after_them(place):
    place.carrier.begin([REPLY])
    place.beside.begin_after_replies(place.rewrite)
    place.beside.begin(place.take)
    await place.beside.settled()
    assert place.done == ["replied", "rewritten"]


async def test_where_no_reply_is_on_its_way_nothing_waits(place):
    place.beside.begin_after_replies(place.rewrite)
    await place.beside.settled()
    assert place.done == ["rewritten"]


async def test_replies_that_go_on_and_on_hold_nothing_up_for_long(place, monkeypatch):
    monkeypatch.setattr(beside, "MOST_SECONDS", 0.01)
    place.carrier.begin([REPLY])
    place.beside.begin_after_replies(place.rewrite)
    await place.beside.settled()
    assert place.done == ["rewritten"]
    place.let.set()
    await place.carrier.finish()


async def test_what_the_platform_refuses_ends_nothing_else(place):
    place.beside.begin(place.fail)
    place.beside.begin(place.rewrite)
    await place.beside.settled()
    assert place.done == ["rewritten"]


async def test_what_waits_for_replies_waits_for_a_turn_that_is_in_hand_too(place):
    turn_is_over = asyncio.Event()

    async def turn() -> None:
        with place.exchange.at_work:
            await turn_is_over.wait()
            place.done.append("answered")

    place.beside.begin(turn)
    await asyncio.sleep(0)
    place.beside.begin_after_replies(place.rewrite)
    await asyncio.sleep(0)
    turn_is_over.set()
    await place.beside.settled()
    assert place.done == ["answered", "rewritten"]


async def test_of_what_waits_for_replies_one_is_done_at_a_time_so_that_a_turn_waits_for_one_only(place):
    in_turn = [asyncio.Event(), asyncio.Event()]

    async def rewrites(number: int) -> None:
        place.done.append(f"begun {number}")
        await in_turn[number].wait()
        place.done.append(f"rewritten {number}")

    for number in (0, 1):
        place.beside.begin_after_replies(partial(rewrites, number))
    place.beside.begin(lambda: _set(in_turn[0]))
    await asyncio.sleep(0)
    in_turn[1].set()
    await place.beside.settled()
    assert place.done == ["begun 0", "rewritten 0", "begun 1", "rewritten 1"]


async def test_one_that_does_not_end_keeps_the_others_for_no_longer_than_replies_do(place, monkeypatch):
    monkeypatch.setattr(beside, "MOST_SECONDS", 0.01)
    ended = asyncio.Event()
    place.beside.begin_after_replies(ended.wait)
    place.beside.begin_after_replies(place.rewrite)
    async with asyncio.timeout(5):
        while not place.done:
            await asyncio.sleep(0)
    ended.set()
    await place.beside.settled()
    assert place.done == ["rewritten"]


async def _set(event: asyncio.Event) -> None:
    event.set()
