"""Reminders go only by channels on which they can be answered: none that is off, none for public information only."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.delivering import Running, running
from adapters.settings import Settings
from bot.allowed_here import Switches
from bot.channel import Unreachable
from bot.clock import now
from bot.exchange import Exchange
from bot.storage import Connection, cases, nudges, people
from bot.storage.people import Role
from tests.delivering.stand_in import StandIn

AREA = "exampleshire"
# By when what failed for now is tried again.
LATER = timedelta(minutes=3)
AWAY = Unreachable("away", permanent=False)


@dataclass
class Opened:
    """A platform of which nothing is needed but its channel."""

    channel: Any


@pytest.fixture
def platforms() -> dict[str, StandIn]:
    return {name: StandIn(name) for name in ("slack", "teams")}


def owed(exchange: Exchange) -> None:
    """Ann, whom Slack reaches first and Teams after it, is to be reminded of something today."""

    def work(connection: Connection) -> None:
        ann = people.make(connection, exchange.keys, "Ann Archer", now())
        for channel in ("slack", "teams"):
            people.add_account(connection, exchange.keys, ann, channel, "ann", now())
        people.grant(connection, exchange.keys, ann, Role(AREA, "lead"), now(), "")
        stored, _ = cases.make(connection, exchange.keys, area=AREA, plan="{}", at=now(), year=2026)
        line = f"Case {stored.ref}: notify the Panel."
        about = {"clock": "notify_panel", "kind": "today", "post": "owner", "person_id": ann, "line": line}
        nudges.note(connection, stored.id, "notify_panel|", now(), due_at=now(), **about)

    exchange.database.run_now(work)


def at_work(
    exchange: Exchange, settings: Settings, platforms: dict[str, StandIn], at: datetime
) -> AbstractAsyncContextManager[Running]:
    here: Any = [Opened(one) for one in platforms.values()]
    return running(exchange, settings, lambda: at, platforms=here)


async def sweep(exchange: Exchange, here: Running, at: datetime) -> None:
    await here.watch.sweep(at)
    assert exchange.carrier is not None
    await exchange.carrier.idle()


async def is_sent(exchange: Exchange, here: Running, at: datetime) -> None:
    while await exchange.database.run(nudges.counts) != {"sent": 1}:
        await sweep(exchange, here, at)


def off(exchange: Exchange) -> None:
    exchange.switches = Switches(frozenset({"slack"}))


def for_the_public(exchange: Exchange) -> None:
    area = replace(exchange.definitions.area, case_dialog_channels=("teams",))
    exchange.definitions = replace(exchange.definitions, area=area)


@pytest.mark.parametrize("no_more", [off, for_the_public])
async def test_a_reminder_goes_by_the_next_channel_that_can_be_answered_on(exchange, settings, platforms, no_more):
    owed(exchange)
    no_more(exchange)
    at = now()
    async with at_work(exchange, settings, platforms, at) as here:
        await is_sent(exchange, here, at)
    assert [len(one.arrived) for one in platforms.values()] == [0, 1]


@pytest.mark.parametrize("no_more", [off, for_the_public])
async def test_one_that_waits_for_such_a_channel_already_goes_by_the_next(exchange, settings, platforms, no_more):
    owed(exchange)
    platforms["slack"].broken = AWAY
    at = now()
    async with at_work(exchange, settings, platforms, at) as here:
        while not platforms["slack"].tries:
            await sweep(exchange, here, at)
    platforms["slack"].broken = None
    no_more(exchange)
    at += LATER
    async with at_work(exchange, settings, platforms, at) as here:
        await is_sent(exchange, here, at)
    assert [len(one.arrived) for one in platforms.values()] == [0, 1]
