"""What a process was sending when it was killed is sent by the next one at once, in its place, as maybe a repeat."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from adapters.channels import Opened
from adapters.delivering import running
from adapters.settings import Settings
from adapters.workplace import opened
from bot.clock import now
from bot.definitions import load_definitions
from bot.delivering.delivery import LEASE
from bot.messages import Reply, Text
from bot.reply_text import to_text
from bot.storage import Connection, claims, conversations, outbox
from bot.storage.lock import FileLock
from tests.delivering.stand_in import StandIn


@dataclass
class Platform:
    """A channel that is served, and no more of it than is needed to send."""

    channel: StandIn


@contextmanager
def left_by_the_dead(folder: Path):
    """A bot in whose outbox stands what a process that is gone was sending, and something newer."""
    settings = Settings(data_dir=folder / "data", key_file=folder / "keys")
    with opened(settings, load_definitions("exampleshire")) as exchange:

        def work(connection: Connection) -> None:
            at = now()
            stored = conversations.load(connection, exchange.keys, "chat", "ann", at)
            put: Callable[[str], int] = lambda said: outbox.put(  # noqa: E731
                connection,
                exchange.keys,
                stored.id,
                channel="chat",
                address="ann",
                body=to_text(Reply((Text.of(said),))),
                at=at,
                key=said,
            )
            first = put("first")
            claims.claim(connection, exchange.keys, [(first, 0)], worker="dead", at=at, lease=LEASE)
            put("second")

        exchange.database.run_now(work)
        yield exchange, settings


async def said_at_once(exchange: Any, settings: Settings) -> list[list[str]]:
    chat = StandIn("chat")
    async with running(exchange, settings, now, platforms=[cast(Opened, Platform(chat))]) as here:
        await here.watch.sweep(now())
    return [one.lines[-1:] if not one.is_said_to_be_a_repeat else ["repeat", *one.lines[-1:]] for one in chat.arrived]


async def test_it_is_sent_before_what_is_newer_and_says_that_it_may_be_a_repeat(tmp_path: Path) -> None:
    with left_by_the_dead(tmp_path) as (exchange, settings):
        assert await said_at_once(exchange, settings) == [["repeat", "first"], ["second"]]


async def test_what_a_living_process_may_be_sending_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    living = FileLock(tmp_path / "data" / "bot.db.lock")
    assert living.take()
    with left_by_the_dead(tmp_path) as (exchange, settings):
        assert await said_at_once(exchange, settings) == [["second"]]
    living.release()
