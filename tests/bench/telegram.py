"""What a turn by Telegram takes from the webhook to its reply, beside an echo bot; and what the channel adds."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from adapters.telegram.opening import HEADER, PATH
from bot.clock import now
from bot.definitions import load_definitions
from tests.adapters.telegram.bot_api import BotApi, Shown
from tests.adapters.telegram.house import SECRET
from tests.adapters.telegram.phone import Phone
from tests.bench.figure import percentile, say
from tests.bench.turns import ANSWERS

ROOT = Path(__file__).parents[2]
AT_ONCE = 50
STARTS = 3
# Those whose options stand in the keyboard one after another.
PRESSED = ("danger_now", "no_names", "role", "referral_made", "age_at_event", "effect", "maltreatment")
KINDS = {"echo": "bare echo bot", "durable": "durable echo bot", "bot": "bot"}


class Telegram(BotApi):
    """The stand-in, which tells when the next message of a chat has come."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited: dict[int, asyncio.Future[Shown]] = {}

    async def _send_message(self, given: dict[str, Any], form: Any) -> Any:
        found = await super()._send_message(given, form)
        waiting = self.awaited.pop(given["chat_id"], None)
        if waiting is not None:
            waiting.set_result(self.messages[-1])
        return found


def print_figures() -> None:
    for way in ("button", "typed"):
        found = {}
        for kind, name in KINDS.items():
            times = asyncio.run(_measured(kind, way))
            found[kind] = percentile(times, 50), percentile(times, 99)
            for percent, seconds in zip((50, 99), found[kind], strict=True):
                say(f"Telegram {way} turn, {AT_ONCE} at once, {name}, p{percent}", seconds * 1000, "ms")
        for kind, aim in (("echo", ""), ("durable", "at most 1.5" if way == "button" else "")):
            for at, percent in enumerate((50, 99)):
                ratio = found["bot"][at] / found[kind][at]
                say(f"Telegram {way} turn beside {KINDS[kind]}, p{percent}", ratio, "times", aim)
    _print_footprint()


def _print_footprint() -> None:
    found = {kind: [asyncio.run(_begun(kind)) for _ in range(STARTS)] for kind in ("none", "bot")}
    for kind, words in (("none", "without Telegram"), ("bot", "with Telegram")):
        say(f"start of the server, {words}", statistics.median(one[0] for one in found[kind]), "s")
    added = statistics.median(one[1] for one in found["bot"]) - statistics.median(one[1] for one in found["none"])
    say("memory that Telegram adds", added, "MB", "under 170 for all channels")


async def _measured(kind: str, way: str) -> list[float]:
    """Seconds of every turn, from its being brought to its reply being received."""
    options = {
        one.name: [each.id for each in one.options]
        for one in load_definitions("exampleshire").flows["referral"].questions
    }
    times: list[float] = []
    async with _stand_in() as (api, url), httpx.AsyncClient(timeout=60, trust_env=False, limits=_wide()) as client:
        with _server(kind, url) as (address, _):
            await _live(client, address)

            async def turn(phone: Phone, update: dict[str, Any], into: list[float]) -> Shown:
                waiting = api.awaited[phone.chat] = asyncio.get_running_loop().create_future()
                begun = time.perf_counter()
                posting = asyncio.create_task(client.post(address + PATH, json=update, headers={HEADER: SECRET}))
                shown: Shown = await asyncio.wait_for(waiting, 60)
                into.append(time.perf_counter() - begun)
                assert (await posting).status_code == 200
                return shown

            async def dialog(person: int, into: list[float]) -> None:
                phone = Phone(api, lambda update: update, person)
                shown = await turn(phone, _said(phone, "refer"), [] if way == "button" else into)
                for name, id_, words in ANSWERS[: len(PRESSED)]:
                    update = _said(phone, words) if way == "typed" else _press(phone, shown, kind, options, name, id_)
                    shown = await turn(phone, update, into)

            await dialog(10_000, [])
            await asyncio.gather(*(dialog(20_000 + one, times) for one in range(AT_ONCE)))
    return times


def _said(phone: Phone, text: str) -> dict[str, Any]:
    return phone.update("message", {**phone.message(now()), "text": text})


def _press(phone: Phone, shown: Shown, kind: str, options: Any, name: str, id_: str) -> dict[str, Any]:
    if kind != "bot":
        return phone.pressing(shown, "a:0123456789012345678901")
    buttons = [one["callback_data"] for row in shown.keyboard for one in row]
    return phone.pressing(shown, buttons[options[name].index(id_) if id_ in options[name] else 0])


async def _begun(kind: str) -> tuple[float, float]:
    """Seconds from nothing to the first answer, and then the megabytes held."""
    async with _stand_in() as (_, url), httpx.AsyncClient(trust_env=False) as client:
        begun = time.perf_counter()
        with _server(kind, url) as (address, pid):
            await _live(client, address)
            took = time.perf_counter() - begun
            status = Path(f"/proc/{pid}/status").read_text()
            return took, int(next(one for one in status.splitlines() if one.startswith("VmRSS")).split()[1]) / 1024


async def _live(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address + "/health/live", timeout=60)).status_code == 200


def _wide() -> httpx.Limits:
    return httpx.Limits(max_connections=2 * AT_ONCE, max_keepalive_connections=2 * AT_ONCE)


@asynccontextmanager
async def _stand_in() -> AsyncIterator[tuple[Telegram, str]]:
    api = Telegram()
    listening = uvicorn.Config("unused", port=0).bind_socket()
    listening.listen(1024)
    server = uvicorn.Server(uvicorn.Config(api.app, log_config=None, log_level="error", access_log=False))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield api, f"http://127.0.0.1:{listening.getsockname()[1]}/bot"
    finally:
        server.should_exit = True
        await running


@contextmanager
def _server(kind: str, url: str) -> Iterator[tuple[str, int]]:
    with tempfile.TemporaryDirectory(prefix="bot-bench-") as folder:
        command = [sys.executable, "-m", "tests.bench.telegram_server", kind, folder, url]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline().strip(), process.pid
            finally:
                process.kill()
