"""`bot work`: a process that wakes cases and sends messages, and serves nothing; any number beside any number."""

from __future__ import annotations

import asyncio
import signal

import click

from adapters import channels, log
from adapters.channels import Around
from adapters.delivering import running
from adapters.settings import Settings
from adapters.workplace import opened, warn
from bot.clock import Clock, now
from bot.definitions import Definitions
from bot.exchange import Exchange

LOOK_EVERY_SECONDS = 30.0


def run(settings: Settings, definitions: Definitions) -> None:
    """Works until told to stop. Raises ClickException on SQLite, and where the watch has stopped in this process."""
    if not settings.database_url.startswith("postgresql"):
        raise click.ClickException(
            "workers are for PostgreSQL; on a file one `bot serve` does everything. Set BOT_DATABASE_URL."
        )
    channels.check_all(settings)
    log.keep_discreet(settings)
    with opened(settings, definitions) as exchange, asyncio.Runner() as runner:
        if not runner.run(work(exchange, settings, now)):
            # Whoever started this process starts another, which may fare better.
            raise click.ClickException("the watch stopped in this process, so it ends")


async def work(exchange: Exchange, settings: Settings, clock: Clock) -> bool:
    """Work until a signal says to stop; False where the watch has stopped by itself."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stopping.set)
    platforms = channels.opened(Around(exchange, settings, clock, warn))
    async with (
        channels.all_at_once(one.sending() for one in platforms),
        running(exchange, settings, clock, platforms=platforms) as here,
    ):
        click.echo("Working. Ctrl-C stops.")
        while not stopping.is_set():
            try:
                await asyncio.wait_for(stopping.wait(), LOOK_EVERY_SECONDS)
            except TimeoutError:
                if here.silent_for() is not None:
                    return False
    warn("Stopped.")
    return True
