"""Killed or stopped at any moment, what was said is answered once: Teams brings it again until it is acknowledged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from adapters.teams.opening import PATH
from bot.clock import now

from .microsoft import Json, Microsoft, microsoft
from .person import CHAT, Person

OTHER = ("29:other", "a:1other")
MOST_LOOKS = 3000
STOPS_WITHIN_SECONDS = 60


@contextmanager
def serving(folder: Path, url: str, *signal: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own, which may signal itself at a step."""
    command = [sys.executable, "-m", "tests.adapters.teams.crash_serve", str(folder), url, *signal]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def post(api: Microsoft, address: str, activity: Json) -> int:
    """The status, as Teams sees it; 0 where nothing came back."""
    headers = {"authorization": api.signed(activity)}
    try:
        return httpx.post(address + PATH, json=activity, headers=headers, timeout=60, trust_env=False).status_code
    except httpx.TransportError:
        return 0


def said(api: Microsoft, *who: str) -> Json:
    """Something that somebody writes."""

    async def nowhere(_: Json) -> httpx.Response:
        raise AssertionError("it is brought by the test itself")

    return Person(api, nowhere, now, *who).activity(text="refer")


def wait_for_an_answer(api: Microsoft, address: str, chat: str = CHAT) -> None:
    """Each look takes a moment, in which what was put in before is swept up and sent."""
    for _ in range(MOST_LOOKS):
        if api.said_in(chat):
            return
        httpx.get(address + "/health/ready", trust_env=False)


def test_killed_at_one_step_after_the_other_it_answers_once(tmp_path):
    with microsoft() as api:
        activity = said(api)
        for step in ("noted", "replied", "committed"):
            with serving(tmp_path, api.url, step, "SIGKILL") as (address, _):
                assert post(api, address, activity) == 0
            assert api.sent == []
        with serving(tmp_path, api.url) as (address, _):
            assert post(api, address, activity) == 200
            wait_for_an_answer(api, address)
            assert post(api, address, activity) == 200
        assert [one.conversation for one in api.sent] == [CHAT]
        assert "in danger" in api.sent[0].read()


def test_stopped_during_a_turn_it_finishes_it_and_nothing_is_said_twice(tmp_path):
    with microsoft() as api:
        activity = said(api)
        with serving(tmp_path, api.url, "noted", "SIGTERM") as (address, process):
            assert post(api, address, activity) == 200
            assert process.wait(STOPS_WITHIN_SECONDS) is not None
        assert [one.conversation for one in api.sent] == [CHAT]
        with serving(tmp_path, api.url) as (address, _):
            assert post(api, address, activity) == 200
            assert post(api, address, said(api, *OTHER)) == 200
            wait_for_an_answer(api, address, OTHER[1])
        assert [one.conversation for one in api.sent] == [CHAT, OTHER[1]]
