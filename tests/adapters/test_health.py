"""How the service says it is: ready or not, what is to be mended, what is counted; never a person or a case."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from adapters.__main__ import main
from adapters.delivering import Running, running
from adapters.health import Health, check
from adapters.in_trouble import SEEN_WITHIN, PlatformTroubles
from adapters.settings import Settings
from adapters.web.site import Site
from bot.clock import now
from bot.delivering.delivery import Watchers
from bot.delivering.watch import SWEEP
from bot.delivering.watchdog import SILENT
from bot.exchange import Exchange
from bot.storage import Connection, DatabaseTrouble, cases, delivering, nudges, people
from bot.storage.people import Role
from tests.bot.carried import Carried

AREA = "exampleshire"


@pytest.fixture
def warned() -> list[str]:
    return []


@pytest.fixture
async def here(exchange: Exchange, settings: Settings, warned: list[str]) -> AsyncIterator[Running]:
    async with running(exchange, settings, now, Watchers(warn=warned.append)) as here:
        yield here


@pytest.fixture
def health(exchange: Exchange, here: Running) -> Health:
    health = Health(exchange)
    health.running = here
    return health


@pytest.fixture
async def client(health: Health) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=list(health.routes(Site(b"secret" * 8))))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        yield client


def only_on_a_page(exchange: Exchange) -> None:
    """Ann, who has nothing but a page, is to be reminded of something today."""

    def work(connection: Connection) -> None:
        ann = people.make(connection, exchange.keys, "Ann Archer", now())
        people.add_account(connection, exchange.keys, ann, "web", "ann", now())
        people.grant(connection, exchange.keys, ann, Role(AREA, "lead"), now(), "")
        stored, _ = cases.make(connection, exchange.keys, area=AREA, plan="{}", at=now(), year=2026)
        nudges.note(
            connection,
            stored.id,
            "notify_panel|",
            now(),
            clock="notify_panel",
            kind="today",
            post="owner",
            person_id=ann,
            line=f"Case {stored.ref}: notify the Panel.",
            due_at=now(),
        )

    exchange.database.run_now(work)


async def unsettled(exchange: Exchange, status: str) -> None:
    while await exchange.database.run(nudges.counts) != {status: 1}:
        pass


async def test_what_is_to_be_mended_is_said_without_a_name_or_a_number(
    exchange: Exchange, here: Running, client: httpx.AsyncClient, warned: list[str]
) -> None:
    assert (await client.get("/health/ready")).text == "ready\n"
    only_on_a_page(exchange)
    here.watch.soon()
    await unsettled(exchange, "unreached")
    await here.watchdog.look(now())
    said = await client.get("/health/ready")
    assert (said.status_code, said.text) == (200, "ready, to mend: reminder only on a page\n")
    assert "Ann" not in "".join(warned)


async def test_where_the_database_is_away_or_locked_it_is_said_in_words_and_not_waited_for(
    exchange: Exchange, settings: Settings
) -> None:
    app = Starlette(routes=list(Health(exchange, within=0.1).routes(Site(b"secret" * 8))))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        assert (await client.get("/health/ready")).status_code == 200
        with closing(sqlite3.connect(settings.data_dir / "bot.db", isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
            locked = await client.get("/health/ready")
        again = await client.get("/health/ready")

        async def gone(_: object) -> None:
            raise DatabaseTrouble("a statement", None, Exception("gone"))

        exchange.database.run = gone  # type: ignore[assignment,method-assign]
        away = await client.get("/health/ready")
    for one in (locked, away):
        assert (one.status_code, one.text) == (503, "not ready: the database does not answer\n")
    assert (again.status_code, again.text) == (200, "ready\n")


async def test_a_process_whose_watch_stopped_is_not_ready(
    here: Running, health: Health, client: httpx.AsyncClient
) -> None:
    health.running = replace(here, swept_at=asyncio.get_running_loop().time() - SILENT.total_seconds())
    said = await client.get("/health/ready")
    assert (said.status_code, said.text) == (503, "not ready: the watch has not run here for 5 minutes\n")
    assert (await client.get("/health/live")).status_code == 200


async def test_what_is_counted_is_for_those_who_reach_the_process_itself(
    here: Running, client: httpx.AsyncClient
) -> None:
    here.meters.sent("mail", "sent")
    here.meters.stands(None, ["reminder stuck"], now())
    said = await client.get("/metrics")
    assert said.headers["content-type"].startswith("text/plain")
    assert 'bot_sendings_total{channel="mail",outcome="sent"} 1.0' in said.text
    assert 'bot_trouble{kind="reminder stuck"} 1.0' in said.text
    through_a_proxy = await client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    assert through_a_proxy.status_code == 404


async def test_labels_are_only_channels_outcomes_and_kinds(here: Running, client: httpx.AsyncClient) -> None:
    here.meters.sent("mail", "sent")
    said = (await client.get("/metrics")).text
    labels = {
        part.split("=")[0]
        for line in said.splitlines()
        if "{" in line
        for part in line[line.index("{") + 1 : line.index("}")].split(",")
    }
    assert labels == {"channel", "outcome"}


def test_the_commands_say_whether_reminders_are_looked_after(
    exchange: Exchange, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("BOT_KEY_FILE", str(settings.keys))
    run = lambda *words: CliRunner().invoke(main, words)  # noqa: E731
    assert (run("health").exit_code, run("health").output) == (0, "well\n")
    only_on_a_page(exchange)
    said = run("health")
    assert (said.exit_code, "Reminders have not been looked at" in said.output) == (1, True)
    said = run("doctor")
    assert said.exit_code == 1
    assert "MEND   reminders: Reminders have not been looked at" in said.output


def test_the_command_fails_where_something_is_to_mend_but_not_as_a_containers_check(
    exchange: Exchange, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("BOT_KEY_FILE", str(settings.keys))
    only_on_a_page(exchange)

    def reached_nobody(connection: Connection) -> None:
        nudges.beat(connection, SWEEP, now())
        nudges.settle(connection, [nudges.newest(connection)], "unreached", now())

    exchange.database.run_now(reached_nobody)
    said = CliRunner().invoke(main, ["health"])
    assert (said.exit_code, said.output) == (1, "to mend: reminder unreached\n")
    said = CliRunner().invoke(main, ["health", "--running-only"])
    assert (said.exit_code, said.output) == (0, "to mend: reminder unreached\n")


class Deaf:
    """A platform whose trouble is told."""

    def __init__(self, channel: Carried) -> None:
        self.channel, self.said = channel, ""

    def trouble(self) -> str:
        return self.said


async def test_a_platform_that_stays_in_trouble_is_named_to_every_process_and_one_that_only_begins_is_not(
    exchange: Exchange, settings: Settings
) -> None:
    deaf: Any = Deaf(Carried())
    troubles, at = PlatformTroubles([deaf], {}), now()
    exchange.database.run_now(lambda connection: nudges.beat(connection, SWEEP, at))
    deaf.said = "no socket yet"
    assert (troubles.now(), await troubles.look(exchange.database, at)) == ({"slack": "no socket yet"}, [])
    deaf.said = ""
    assert await troubles.look(exchange.database, at) == []
    assert check(settings) == (True, "well")
    deaf.said = "Slack refused the app (invalid_auth)"
    assert [await troubles.look(exchange.database, at) for _ in range(2)] == [[], ["slack"]]
    assert check(settings) == (False, "to mend: slack in trouble")
    assert check(settings, running_only=True) == (True, "to mend: slack in trouble")


async def test_a_platform_that_was_in_trouble_is_well_once_nobody_says_so_any_more(
    exchange: Exchange, settings: Settings
) -> None:
    then = now() - SEEN_WITHIN - timedelta(seconds=1)
    exchange.database.run_now(lambda connection: delivering.in_trouble(connection, "slack", then))
    assert check(settings) == (True, "well")


def test_workers_are_refused_on_a_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))
    said = CliRunner().invoke(main, ["work"])
    assert said.exit_code == 1
    assert said.output == (
        "Error: workers are for PostgreSQL; on a file one `bot serve` does everything. Set BOT_DATABASE_URL.\n"
    )
