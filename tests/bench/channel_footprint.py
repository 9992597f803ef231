"""How soon `bot serve` answers, and how much memory it holds, with the web page alone and with every channel."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from adapters.settings import PREFIX
from tests.bench.channel_turns import PLATFORMS, Run, standing_in
from tests.bench.figure import say
from tests.bench.platforms import Platform

BOT = Path(sys.executable).with_name("bot")
STARTS = 2
QUESTION = "What is a rapid review?"
STEADY_SECONDS = 1.5
LOOK_EVERY_SECONDS = 0.1
MOST_SECONDS = 60
STEADY_MB = 0.5


@dataclass(frozen=True)
class Begun:
    """One start: the seconds to the first answer, and megabytes at rest and after a question on each platform."""

    seconds: float
    at_rest: float
    after: float


def print_figures() -> None:
    none = [asyncio.run(_begun(())) for _ in range(STARTS)]
    every = [asyncio.run(_begun(PLATFORMS)) for _ in range(STARTS)]
    say("bot serve to its first answer, web only", statistics.median(one.seconds for one in none), "s")
    say("bot serve to its first answer, all channels", statistics.median(one.seconds for one in every), "s")
    before = statistics.median(one.at_rest for one in none)
    say("memory of bot serve, web only", before, "MB")
    added = statistics.median(one.at_rest for one in every) - before
    say("memory that all channels add", added, "MB", "under 170")
    added = statistics.median(one.after for one in every) - before
    say("memory that all channels add, with a question asked on each", added, "MB", "under 170")


async def _begun(names: tuple[str, ...]) -> Begun:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(aiohttp.ClientSession())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-bench-")))
        platforms: dict[str, Platform] = {}
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        for name in names:
            platform = platforms[name] = import_module(f"tests.bench.on_{name}").Here()
            url = platform.at(await stack.enter_async_context(standing_in(platform.served())))
            environment |= _settings(name, url, folder)
        environment |= {"BOT_CHANNELS": ",".join(("web", *names)), "BOT_DATA_DIR": str(folder / "data")}
        address, pid, seconds = await stack.enter_async_context(_serving(environment, folder, client))
        at_rest = await _steady(pid)
        for platform in platforms.values():
            person = platform.person(1)
            await Run(platform, address, pid, client).turn(person, person.typed(QUESTION))
        return Begun(seconds, at_rest, await _steady(pid) if names else at_rest)


def _settings(name: str, url: str, folder: Path) -> dict[str, str]:
    """The platform's settings, as an administrator writes them."""
    found = import_module(f"tests.adapters.{name}.house").settings_for(url, folder)
    mine = {one: getattr(found, one) for one in found.model_fields_set if one.startswith(name)}
    said = {
        one: str(value.get_secret_value() if isinstance(value, SecretStr) else value) for one, value in mine.items()
    }
    return {PREFIX + one.upper(): value for one, value in {**said, "public_url": found.public_url}.items()}


@asynccontextmanager
async def _serving(
    environment: dict[str, str], folder: Path, client: aiohttp.ClientSession
) -> AsyncIterator[tuple[str, int, float]]:
    """`bot serve`: its address, its process, and the seconds from nothing to its first answer."""
    begun = time.perf_counter()
    command = [BOT, "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = await asyncio.to_thread(process.stdout.readline)
            address = line.removeprefix("Open ").split()[0]
            async with client.get(address + "/health/live") as answer:
                assert answer.status == 200
            yield address, process.pid, time.perf_counter() - begun
        finally:
            process.kill()


async def _steady(pid: int) -> float:
    """Megabytes that a process holds, once they no longer change: what is loaded beside is there then."""
    seen, since = 0.0, time.perf_counter()
    until = since + MOST_SECONDS
    while time.perf_counter() < min(until, since + STEADY_SECONDS):
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        status = Path(f"/proc/{pid}/status").read_text()
        now = int(next(one for one in status.splitlines() if one.startswith("VmRSS")).split()[1]) / 1024
        if abs(now - seen) > STEADY_MB:
            seen, since = now, time.perf_counter()
    return seen
