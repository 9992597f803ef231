"""The stream brings each turn once, from where the browser left off, and ends when it should."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sse_starlette import ServerSentEvent
from starlette.types import Message

from adapters.web.stream import EndedStream

from .canned import Canned
from .client import forms

ROOT = Path(__file__).parents[3]
WITHIN = httpx.Timeout(10)


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=WITHIN, follow_redirects=True) as made:
        begin(made)
        yield made


def events(answer: httpx.Response, count: int) -> list[dict[str, str]]:
    """The next events of a stream, each with its fields; what is more than one line is joined."""
    found: list[dict[str, str]] = []
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if line and name:
            fields[name] = fields.get(name, "") + value
        elif "event" in fields:
            found.append(fields)
            fields = {}
            if len(found) == count:
                break
    return found


def begin(client: httpx.Client) -> None:
    client.post("/chat/start", data=forms(client.get("/").text)[0]).raise_for_status()


def say(client: httpx.Client, text: str) -> None:
    page = client.get("/chat").text
    fields = {name: _after(page, f'name="{name}" value="') for name in ("csrf", "once")}
    client.post("/chat", data={**fields, "text": text}, headers={"X-By-Stream": "1"}).raise_for_status()


def _after(page: str, start: str) -> str:
    return page.partition(start)[2].partition('"')[0]


def test_a_turn_taken_elsewhere_arrives_with_its_number(client: httpx.Client) -> None:
    with client.stream("GET", "/chat/stream?after=1") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        say(client, "many")
        (event,) = events(stream, 1)
    assert (event["event"], event["id"]) == ("turns", "3")
    assert "Typed: many." in event["data"]
    assert "Which of these apply?" in event["data"]
    assert "I help you decide" not in event["data"]


def test_a_stream_taken_up_again_brings_what_was_missed_and_nothing_twice(client: httpx.Client) -> None:
    for words in ("many", "date", "card"):
        say(client, words)
    with client.stream("GET", "/chat/stream?after=1", headers={"Last-Event-ID": "3"}) as stream:
        (event,) = events(stream, 1)
    assert event["id"] == "7"
    assert "Typed: many." not in event["data"]
    assert [words in event["data"] for words in ("Typed: date.", "Typed: card.")] == [True, True]


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "１"])
def test_a_number_that_is_none_brings_the_whole_conversation(client: httpx.Client, number: str) -> None:
    headers = {"Last-Event-ID": number.encode()}
    with client.stream("GET", "/chat/stream", headers=headers) as stream:
        (event,) = events(stream, 1)
    assert "I help you decide" in event["data"]


def test_only_the_newest_reply_in_the_stream_can_be_answered(client: httpx.Client) -> None:
    say(client, "many")
    say(client, "date")
    with client.stream("GET", "/chat/stream?after=1") as stream:
        (event,) = events(stream, 1)
    assert event["data"].count("app-turn--latest") == 1
    assert 'type="checkbox"' not in event["data"]
    assert 'name="day"' in event["data"]


def test_a_browser_without_a_conversation_is_told_not_to_come_again(url: str) -> None:
    assert httpx.get(f"{url}/chat/stream").status_code == 204


def test_after_exit_the_stream_says_nothing(client: httpx.Client) -> None:
    client.get("/chat/exit")
    assert client.get("/chat/stream").status_code == 204


def test_a_browser_led_to_another_conversation_is_told_to_load_it(client: httpx.Client, bot: Canned) -> None:
    mark = _after(client.get("/chat").text, 'data-mark="')
    with client.stream("GET", f"/chat/stream?after=1&mark={mark}") as stream:
        with httpx.Client(base_url=str(client.base_url), follow_redirects=True) as other:
            begin(other)
        here, there = bot.entries
        bot.led_to[here] = there
        (event,) = events(stream, 1)
    assert event["event"] == "reload"


def test_news_nobody_announced_arrives_all_the_same(client: httpx.Client, bot: Canned) -> None:
    """Another process may have taken the turn."""
    with client.stream("GET", "/chat/stream?after=1") as stream:
        bot.announces = False
        say(client, "many")
        (event,) = events(stream, 1)
    assert event["id"] == "3"


async def test_a_stream_cut_short_still_ends_as_a_whole_answer_does() -> None:
    """Its work may take longer than the server waits."""
    stopping = asyncio.Event()
    sent: list[Message] = []

    async def endless() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent("one")
        stopping.set()
        await asyncio.Event().wait()

    async def left() -> Message:
        await stopping.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await EndedStream(endless())({"type": "http", "method": "GET"}, left, send)
    assert [message.get("more_body") for message in sent] == [None, True, False]


def test_a_server_told_to_stop_ends_its_streams_properly_and_at_once() -> None:
    order = [sys.executable, "-m", "tests.adapters.web.serving"]
    with subprocess.Popen(order, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        guard = threading.Timer(60, server.kill)
        guard.start()
        try:
            assert server.stdout is not None
            stopped = _stopped_within(server.pid, server.stdout.readline().strip())
            complaints = server.communicate(timeout=30)[1]
        finally:
            guard.cancel()
            server.kill()
    assert stopped < 3
    assert complaints == ""


def _stopped_within(server: int, url: str) -> float:
    """How long, in seconds, an open stream outlives the order to stop; it must end as a whole answer does."""
    with httpx.Client(base_url=url, timeout=WITHIN, follow_redirects=True) as client:
        begin(client)
        with client.stream("GET", "/chat/stream?after=0") as stream:
            lines = stream.iter_lines()
            next(lines)
            asked = time.monotonic()
            os.kill(server, signal.SIGTERM)
            for _ in lines:
                pass
    return time.monotonic() - asked


def test_of_a_long_conversation_the_stream_reads_only_what_is_near(client: httpx.Client, bot: Canned) -> None:
    for _ in range(30):
        say(client, "one")
    bot.looked_at = 0
    with client.stream("GET", "/chat/stream?after=59") as stream:
        (event,) = events(stream, 1)
    assert event["id"] == "61"
    assert bot.looked_at < 30
