"""Killed or stopped at any moment, what was said is answered once: it is brought again until it is acknowledged."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from adapters.channel_folders import WEB, served

from .beginners import Beginners
from .channel_parts import parts
from .incoming import Brought

MOST_LOOKS = 3000
STOPS_WITHIN_SECONDS = 60
PEOPLE = 30


class Server:
    """A server of its own, which may signal itself at a step."""

    def __init__(self, process: subprocess.Popen[str], address: str, there: Beginners) -> None:
        self.process = process
        self.address = address
        self.there = there

    async def bring(self, brought: Iterable[Brought]) -> list[int]:
        """All at once; each one's status as the platform sees it, 0 where nothing came back."""

        async def one(client: httpx.AsyncClient, request: Brought) -> int:
            try:
                answer = await client.post(self.there.path, content=request.body, headers=request.headers)
            except httpx.TransportError:
                return 0
            return answer.status_code

        async with httpx.AsyncClient(base_url=self.address, timeout=60, trust_env=False) as client:
            return list(await asyncio.gather(*(one(client, request) for request in brought)))

    async def greets(self, wanted: int) -> None:
        """Each look takes a moment, in which what was put in before is swept up and sent."""
        async with httpx.AsyncClient(base_url=self.address, trust_env=False) as client:
            for _ in range(MOST_LOOKS):
                if len(self.there.said()) >= wanted:
                    return
                await client.get("/health/ready")

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self.process.terminate()
        self.process.wait(STOPS_WITHIN_SECONDS)


class Place:
    """Where servers of one platform run, one after the other, over the same data."""

    def __init__(self, channel: str, there: Beginners, folder: Path) -> None:
        self.there = there
        self._command = [sys.executable, "-m", "tests.adapters.contract.crash_serve", channel, str(folder), there.url]

    @contextmanager
    def serving(self, *signal: str) -> Iterator[Server]:
        """A server, until the end of the block at the latest."""
        with subprocess.Popen([*self._command, *signal], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield Server(process, process.stdout.readline().strip(), self.there)
            finally:
                process.kill()


BEGINNERS = parts("beginners", "beginners")


def test_every_channel_that_is_opened_by_its_folder_is_killed_too():
    assert {*BEGINNERS, WEB} == set(served())


@pytest.fixture(params=BEGINNERS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with BEGINNERS[request.param]() as there:
        yield Place(request.param, there, tmp_path)


async def test_killed_at_one_step_after_the_other_it_answers_once(place):
    said = place.there.begin(1)
    for step in ("noted", "replied", "committed"):
        with place.serving(step, "SIGKILL") as server:
            assert await server.bring(said.values()) == [0]
        assert place.there.said() == []
    with place.serving() as server:
        assert await server.bring(said.values()) == [200]
        await server.greets(1)
        assert await server.bring(said.values()) == [200]
        server.stop()
    ((chat, words),) = place.there.said()
    assert chat in said
    assert "What has happened?" in words


async def test_stopped_while_many_are_answered_nobody_is_left_out_and_nobody_is_answered_twice(place):
    said = place.there.begin(PEOPLE)
    with place.serving("noted", "SIGTERM", f"{PEOPLE // 3}") as server:
        first = await server.bring(said.values())
        assert server.process.wait(STOPS_WITHIN_SECONDS) is not None
    # Whoever was told that it was taken has been answered before the server went.
    taken = {chat for chat, status in zip(said, first, strict=True) if status == 200}
    assert len(taken) >= PEOPLE // 3
    assert taken <= {chat for chat, _ in place.there.said()}
    with place.serving() as server:
        assert set(await server.bring(said.values())) == {200}
        await server.greets(PEOPLE)
        server.stop()
    assert Counter(chat for chat, _ in place.there.said()) == dict.fromkeys(said, 1)
