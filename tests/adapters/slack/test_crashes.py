"""Killed or stopped at any moment, what was said is answered once: Slack brings it again until it is acknowledged."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from adapters.slack.opening import PATH
from bot.clock import now

from .house import signature
from .member import Member
from .web_api import WebApi

MOST_LOOKS = 3000
STOPS_WITHIN_SECONDS = 60
PEOPLE = 30


@contextmanager
def serving(folder: Path, url: str, *signal: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own, which may signal itself at a step."""
    command = [sys.executable, "-m", "tests.adapters.slack.crash_serve", str(folder), url, *signal]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


async def post(address: str, bodies: Sequence[bytes]) -> list[int]:
    """All at once; each one's status as Slack sees it, 0 where nothing came back."""

    async def one(client: httpx.AsyncClient, body: bytes) -> int:
        stamp = f"{now().timestamp():.0f}"
        headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature(body, stamp)}
        try:
            return (await client.post(PATH, content=body, headers={**headers, "content-type": KIND})).status_code
        except httpx.TransportError:
            return 0

    limits = httpx.Limits(max_connections=len(bodies))
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False, limits=limits) as client:
        return list(await asyncio.gather(*(one(client, body) for body in bodies)))


KIND = "application/json"


def said_by(api: WebApi, count: int = 1) -> dict[str, bytes]:
    """So many people open their direct messages for the first time; by the channel in which each is greeted."""
    people = [Member(api, None, lambda: now().timestamp(), f"U0PAT{number:04}") for number in range(count)]
    return {api.dm(one.id): one.envelope(one.opened()) for one in people}


async def wait_for(api: WebApi, address: str, wanted: int) -> None:
    """Each look takes a moment, in which what was put in before is swept up and sent."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        for _ in range(MOST_LOOKS):
            if len(api.messages) >= wanted:
                return
            await client.get("/health/ready")


async def test_killed_at_one_step_after_the_other_it_answers_once(served, tmp_path):
    api, url = served
    said = said_by(api)
    for step in ("noted", "replied", "committed"):
        with serving(tmp_path, url, step, "SIGKILL") as (address, _):
            assert await post(address, [*said.values()]) == [0]
        assert api.messages == []
    with serving(tmp_path, url) as (address, process):
        assert await post(address, [*said.values()]) == [200]
        await wait_for(api, address, 1)
        assert await post(address, [*said.values()]) == [200]
        process.terminate()
        process.wait(STOPS_WITHIN_SECONDS)
    assert [one.channel for one in api.messages] == [*said]
    assert "What has happened?" in api.messages[0].read()


async def test_stopped_while_many_are_answered_nobody_is_left_out_and_nobody_is_answered_twice(served, tmp_path):
    api, url = served
    said = said_by(api, PEOPLE)
    with serving(tmp_path, url, "noted", "SIGTERM", f"{PEOPLE // 3}") as (address, process):
        first = await post(address, [*said.values()])
        assert process.wait(STOPS_WITHIN_SECONDS) is not None
    # Whoever was told that it was taken has been answered before the server went.
    taken = {channel for channel, status in zip(said, first, strict=True) if status == 200}
    assert len(taken) >= PEOPLE // 3
    assert taken <= {one.channel for one in api.messages}
    with serving(tmp_path, url) as (address, process):
        assert set(await post(address, [*said.values()])) == {200}
        await wait_for(api, address, PEOPLE)
        process.terminate()
        process.wait(STOPS_WITHIN_SECONDS)
    assert Counter(one.channel for one in api.messages) == dict.fromkeys(said, 1)
