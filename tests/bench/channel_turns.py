"""What a turn takes on each platform, from the request to its reply being received, beside echo bots of the same SDK.

The bot, a bare echo bot and one with the bare durable statements run side by side, each with its own stand-in, and are
asked by turns, so that all meet the machine as it is. The people and the stand-ins are a process of their own. The bot
alone also rewrites each message whose button was pressed: one more call of the SDK in each of its button turns, which
waits for replies on their way, at most two seconds. The processor's time counts all of that, however late it comes.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
import uvicorn
from starlette.applications import Starlette

from bot.definitions import load_definitions
from dialogs.flow import Question
from tests.bench.figure import percentile, say
from tests.bench.platforms import Brought, Person, Platform
from tests.bench.turns import ANSWERS

ROOT = Path(__file__).parents[2]
# Each is a module of its own here.
PLATFORMS = tuple(sorted(file.stem.removeprefix("on_") for file in Path(__file__).parent.glob("on_*.py")))
KINDS = {"echo": "bare echo bot", "durable": "durable echo bot", "bot": "bot"}
WAYS = ("button", "typed")
AT_ONCE = 50
ROUNDS = 1
WARMING = 5
# How many questions everybody answers in a round; typed words take far longer to be understood.
ANSWERED = {"button": 7, "typed": 3}
WITHIN_SECONDS = 60
# Seconds of the processor between two looks at a process that does nothing more.
AT_REST_SECONDS, LOOK_EVERY_SECONDS = 0.02, 0.5
# Longer than anybody here pauses: else a request may meet a connection that is just being closed.
KEPT_OPEN_SECONDS = 300


Asked = dict[str, Question]


@dataclass
class Measured:
    """Seconds of each turn, and the processor's seconds in all that the server took for them."""

    times: list[float] = field(default_factory=list)
    processor: float = 0.0


@dataclass(frozen=True)
class Run:
    """A bot that is running, with its stand-in."""

    platform: Platform
    address: str
    pid: int
    client: aiohttp.ClientSession

    async def turn(self, person: Person, brought: Brought) -> tuple[Any, float]:
        """The message that comes for what is brought, and after how many seconds."""
        waiting = self.platform.arrivals.next_in(person.chat)
        begun = perf_counter()
        posting = asyncio.create_task(self._posted(brought))
        shown = await asyncio.wait_for(waiting, WITHIN_SECONDS)
        took = perf_counter() - begun
        assert await posting == 200
        return shown, took

    async def _posted(self, brought: Brought) -> int:
        url = self.address + self.platform.path
        async with self.client.post(url, data=brought.body, headers=brought.headers) as answer:
            await answer.read()
            return answer.status


def print_figures() -> None:
    for name in PLATFORMS:
        found = asyncio.run(_measured(name))
        for way in WAYS:
            _print_way(name.title(), way, {kind: found[kind, way] for kind in KINDS})


def _print_way(name: str, way: str, found: dict[str, Measured]) -> None:
    at = f"{name} {way} turn, {AT_ONCE} at once"
    for kind, words in KINDS.items():
        for percent in (50, 99):
            say(f"{at}, {words}, p{percent}", percentile(found[kind].times, percent) * 1000, "ms")
        turns = len(found[kind].times)
        say(f"{at}, {words}, processor over {turns} turns", found[kind].processor / turns * 1000, "ms a turn")
    for kind, aim in (("echo", ""), ("durable", "at most 1.5" if way == "button" else "")):
        for percent in (50, 99):
            ratio = percentile(found["bot"].times, percent) / percentile(found[kind].times, percent)
            say(f"{at}, beside the {KINDS[kind]}, p{percent}", ratio, "times", aim)


async def _measured(name: str) -> dict[tuple[str, str], Measured]:
    """What each kind took, one way and the other."""
    asked = {one.name: one for one in load_definitions("exampleshire").flows["referral"].questions}
    numbers = count(1)
    found = {(kind, way): Measured() for way in WAYS for kind in KINDS}
    async with AsyncExitStack() as stack:
        limit = aiohttp.TCPConnector(limit=2 * AT_ONCE, keepalive_timeout=KEPT_OPEN_SECONDS)
        client = await stack.enter_async_context(aiohttp.ClientSession(connector=limit))
        runs = {kind: await stack.enter_async_context(running(name, kind, client)) for kind in KINDS}
        for way in WAYS:
            # The first of all compiles statements and opens connections, and does not count.
            for number, many in enumerate((WARMING, *[AT_ONCE] * ROUNDS)):
                for kind, run in runs.items():
                    people = [run.platform.person(next(numbers)) for _ in range(many)]
                    await _round(run, kind, people, way, asked, found[kind, way] if number else Measured())
    return found


async def _round(run: Run, kind: str, people: Sequence[Person], way: str, asked: Asked, into: Measured) -> None:
    """Everybody begins by a word, and then carries on one way or the other."""
    begun = await asyncio.gather(*(run.turn(one, one.typed("refer")) for one in people))
    before = await _processor_at_rest(run.pid)
    dialogs = (_dialog(run, kind, one, shown, way, asked) for one, (shown, _) in zip(people, begun, strict=True))
    for times in await asyncio.gather(*dialogs):
        into.times += times
    into.processor += await _processor_at_rest(run.pid) - before


async def _processor_at_rest(pid: int) -> float:
    """The processor's seconds of a process that has done all it was asked to."""
    seen, now = -1.0, processor_of(pid)
    while now - seen > AT_REST_SECONDS:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        seen, now = now, processor_of(pid)
    return now


async def _dialog(run: Run, kind: str, person: Person, shown: Any, way: str, asked: Asked) -> list[float]:
    """Seconds of each turn of one person's answers to what they are shown."""
    times = []
    for name, id_, words in ANSWERS[: ANSWERED[way]]:
        option = [one.id for one in asked[name].options].index(id_)
        brought = person.pressed(shown, option) if way == "button" else person.typed(words)
        shown, took = await run.turn(person, brought)
        times.append(took)
    if kind == "bot":
        # The bot that is measured is one that works.
        assert asked[ANSWERS[ANSWERED[way]][0]].text in " ".join(shown.read().split())
    return times


@asynccontextmanager
async def running(name: str, kind: str, client: aiohttp.ClientSession) -> AsyncIterator[Run]:
    """A bot of this kind on a platform, in a process of its own."""
    platform: Platform = import_module(f"tests.bench.on_{name}").Here()
    async with AsyncExitStack() as stack:
        url = platform.at(await stack.enter_async_context(standing_in(platform.served())))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-bench-"))
        # One of the vendors' libraries warns of its own previews.
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.channel_server", name, kind, folder, url]
        process = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        stack.callback(process.kill)
        assert process.stdout is not None
        address = (await asyncio.to_thread(process.stdout.readline)).strip()
        yield Run(platform, address, process.pid, client)


@asynccontextmanager
async def standing_in(app: Starlette) -> AsyncIterator[str]:
    """A stand-in, served by this process; its address."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_keep_alive=KEPT_OPEN_SECONDS)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


def processor_of(pid: int) -> float:
    """The processor's seconds that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
