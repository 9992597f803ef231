"""Without an address of its own the bot opens a socket: what comes over it is handled first and acknowledged after."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.messages import Turn
from bot.took import Took

from .house import House, settings_for
from .member import Member
from .web_api import TEAM, WebApi

APP_TOKEN = "xapp-1-A0APP0001-1234567890123-abcdef"


class Hub:
    """Slack's end of the socket."""

    def __init__(self) -> None:
        self.acknowledged: asyncio.Queue[dict] = asyncio.Queue()
        self.over: list[web.WebSocketResponse] = []
        self.connected = asyncio.Event()

    async def serve(self) -> tuple[web.AppRunner, str]:
        app = web.Application()
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, f"ws://127.0.0.1:{runner.addresses[0][1]}/link"

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = self.socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in socket:
            if message.type == aiohttp.WSMsgType.TEXT and message.data[:1] == "{":
                self.over.append(socket)
                await self.acknowledged.put(json.loads(message.data))
        return socket

    async def send(self, id_: str, **more: Any) -> None:
        await self.socket.send_json({"type": "events_api", "envelope_id": id_, **more})

    async def bring(self, payload: dict, id_: str) -> dict:
        await self.send(id_, payload=payload)
        return await self.heard()

    async def heard(self) -> dict:
        return await asyncio.wait_for(self.acknowledged.get(), 10)


class Pauses:
    """What is waited before another socket is tried: nothing at all, once it is let go."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.over.wait()


@asynccontextmanager
async def starting(api: WebApi, url: str, folder: Path) -> AsyncIterator[tuple[House, Hub, Pauses]]:
    """The bot as it starts, and Slack's end of the socket that it may open."""
    hub = Hub()
    runner, api.socket = await hub.serve()
    more = {"slack_events": "socket", "slack_app_token": SecretStr(APP_TOKEN), "public_url": ""}
    settings = settings_for(url, folder, **more, slack_signing_secret=SecretStr(""))
    with opened(settings, load_definitions("exampleshire")) as exchange:
        house, pauses = House(api, exchange, settings), Pauses()
        house.here._socket._pause = pauses
        async with house.open():
            yield house, hub, pauses
    await runner.cleanup()


@asynccontextmanager
async def connected(api: WebApi, url: str, folder: Path) -> AsyncIterator[tuple[House, Hub]]:
    """The bot, and Slack's end of the socket that it has opened."""
    async with starting(api, url, folder) as (house, hub, _):
        await asyncio.wait_for(hub.connected.wait(), 10)
        yield house, hub


async def until(is_so: Callable[[], object]) -> None:
    """Let the bot go on until it is so."""
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.to_thread(lambda: None)


async def ready(house: House) -> str:
    return (await house.client.get("/health/ready")).text


async def is_answered(house: House, hub: Hub) -> None:
    member = Member(house.api, None, lambda: house.at.timestamp())
    before = len(house.api.said_to("U0PAT0001"))
    await hub.bring(json.loads(member.envelope(member.message("menu"), f"Ev{before}")), f"e{before}")
    await house.settled()
    assert len(house.api.said_to("U0PAT0001")) == before + 1


async def test_what_comes_over_the_socket_is_answered_once_and_there_is_no_endpoint(served, tmp_path):
    async with connected(*served, tmp_path) as (house, hub):
        member = Member(house.api, None, lambda: house.at.timestamp())
        payload = json.loads(member.envelope(member.message("refer"), "Ev1"))
        for id_ in ("one", "two"):
            assert (await hub.bring(payload, id_))["envelope_id"] == id_
        other = json.loads(member.envelope(member.message("refer"), "Ev2", "T0OTHER01"))
        await hub.bring(other, "three")
        await house.settled()
        assert len(house.api.said_to("U0PAT0001")) == 1
        assert (await house.post(member.envelope(member.message("x")))).status_code == 404
        assert house.warned == []


async def test_at_a_stop_what_is_in_hand_is_acknowledged_and_what_comes_then_is_left_to_slack(served, tmp_path, caplog):
    async with connected(*served, tmp_path) as (house, hub):
        take, in_hand, goes_on = house.exchange.take, asyncio.Semaphore(0), asyncio.Event()

        async def slowly(turn: Turn) -> Took:
            in_hand.release()
            await goes_on.wait()
            return await take(turn)

        house.exchange.take = slowly
        for number in range(4):
            member = Member(house.api, None, lambda: house.at.timestamp(), f"U0PAT000{number}")
            payload = json.loads(member.envelope(member.message("menu")))
            if number < 3:
                await hub.send(str(number), payload=payload)
                await in_hand.acquire()

        async def while_it_stops() -> None:
            while not house.here._socket.is_stopping:
                await asyncio.sleep(0)
            await hub.send("late", payload=payload)
            goes_on.set()

        late = asyncio.create_task(while_it_stops())
    await late
    acknowledged = [hub.acknowledged.get_nowait()["envelope_id"] for _ in range(hub.acknowledged.qsize())]
    assert sorted(acknowledged) == ["0", "1", "2"]
    assert [len(house.api.said_to(f"U0PAT000{number}")) for number in range(4)] == [1, 1, 1, 0]
    assert (house.warned, [one for one in caplog.records if one.levelno >= logging.WARNING]) == ([], [])


@pytest.mark.parametrize(
    "envelope",
    [
        {},
        {"payload": None},
        {"payload": [1]},
        {"payload": 5},
        {"payload": {}},
        {"payload": {"type": [], "team_id": TEAM}},
        {"type": [], "payload": {}},
        {"payload": {"type": "unknown", "team_id": TEAM, "event": "no object"}},
        {"payload": {"type": "event_callback", "team_id": TEAM, "event_id": "\ud800", "event": {"type": "message"}}},
    ],
)
async def test_an_envelope_that_slack_cannot_have_sent_so_is_acknowledged_and_dropped(
    served, tmp_path, envelope, caplog
):
    async with connected(*served, tmp_path) as (house, hub):
        await hub.send("odd", **envelope)
        assert (await hub.heard())["envelope_id"] == "odd"
    assert (house.warned, [one for one in caplog.records if one.levelno >= logging.WARNING]) == ([], [])


DEAD = "ws://127.0.0.1:9/link"
NOWHERE = "Slack cannot be reached: check this machine's way out, and BOT_SLACK_API_URL"


async def test_an_app_token_that_has_ended_is_said_until_there_is_a_socket(served, tmp_path):
    api, url = served
    api.app_tokens_ended = True
    async with starting(api, url, tmp_path) as (house, hub, pauses):
        await until(lambda: pauses.seconds)
        trouble = "Slack refused the app (invalid_auth)"
        assert await ready(house) == f"ready, to mend: slack ({trouble})\n"
        api.app_tokens_ended = False
        pauses.over.set()
        await until(lambda: not house.here.trouble())
        assert await ready(house) == "ready\n"
        await is_answered(house, hub)
        assert house.warned == [
            f"slack: no socket ({trouble}); it is tried again.",
            "slack: the socket is there again.",
        ]


async def test_before_the_first_socket_is_there_it_is_not_said_to_be(served, tmp_path):
    async with starting(*served, tmp_path) as (house, hub, _):
        assert house.here.trouble() == "no socket yet"
        await asyncio.wait_for(hub.connected.wait(), 10)
        await until(lambda: not house.here.trouble())
    assert house.warned == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (DEAD, NOWHERE),
        (None, "Slack gave no address for a socket"),
        ("no address", "Slack did not answer"),
    ],
)
async def test_each_try_is_by_an_address_of_its_own_for_one_that_failed_is_never_good(served, tmp_path, address, why):
    api, url = served
    api.other_sockets = [address] * 4
    async with starting(api, url, tmp_path) as (house, hub, pauses):
        await until(lambda: pauses.seconds)
        assert (house.here.trouble(), api.sockets_asked) == (why, 1)
        pauses.over.set()
        await until(lambda: not house.here.trouble())
        assert (api.sockets_asked, pauses.seconds) == (5, [1, 5, 10, 10])
        await is_answered(house, hub)


async def test_a_socket_that_is_lost_is_said_and_comes_back_by_itself(served, tmp_path, caplog):
    api, url = served
    async with starting(api, url, tmp_path) as (house, hub, pauses):
        await until(lambda: hub.connected.is_set() and not house.here.trouble())
        api.other_sockets = [DEAD]
        await hub.socket.close()
        await until(lambda: pauses.seconds)
        assert await ready(house) == "ready, to mend: slack (the socket was closed)\n"
        pauses.over.set()
        await until(lambda: not house.here.trouble())
        await is_answered(house, hub)
        assert house.warned == [
            "slack: no socket (the socket was closed); it is tried again.",
            f"slack: no socket ({NOWHERE}); it is tried again.",
            "slack: the socket is there again.",
        ]
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("refresh_requested", ""),
        ("warning", ""),
        ("link_disabled", "Socket Mode is switched off in the app's settings"),
        ("too_many_websockets", "the socket was closed"),
        (None, "the socket was closed"),
    ],
)
async def test_where_slack_ends_a_socket_another_is_opened_and_said_to_lack_unless_that_is_its_way(
    served, tmp_path, reason, why
):
    async with starting(*served, tmp_path) as (house, hub, pauses):
        await until(lambda: hub.connected.is_set() and not house.here.trouble())
        await hub.socket.send_json({"type": "disconnect", "reason": reason})
        if why:
            await until(lambda: pauses.seconds)
            assert house.here.trouble() == why
            pauses.over.set()
        await until(lambda: house.api.sockets_asked == 2 and not house.here.trouble())
        await until(lambda: not hub.socket.closed)
        await is_answered(house, hub)


async def test_what_is_in_hand_when_slack_wants_another_socket_is_acknowledged_on_the_old_one(served, tmp_path):
    async with starting(*served, tmp_path) as (house, hub, pauses):
        await until(lambda: hub.connected.is_set() and not house.here.trouble())
        take, in_hand, goes_on = house.exchange.take, asyncio.Event(), asyncio.Event()

        async def slowly(turn: Turn) -> Took:
            in_hand.set()
            await goes_on.wait()
            return await take(turn)

        house.exchange.take = slowly
        member = Member(house.api, None, lambda: house.at.timestamp())
        await hub.send("one", payload=json.loads(member.envelope(member.message("menu"))))
        await in_hand.wait()
        first = hub.socket
        await first.send_json({"type": "disconnect", "reason": "warning"})
        await until(lambda: hub.socket is not first)
        other = Member(house.api, None, lambda: house.at.timestamp(), "U0SAM0001")
        house.exchange.take = take
        assert (await hub.bring(json.loads(other.envelope(other.message("menu"))), "two"))["envelope_id"] == "two"
        assert not first.closed
        goes_on.set()
        assert (await hub.heard())["envelope_id"] == "one"
        assert hub.over == [hub.socket, first]
        await until(lambda: first.closed)
        assert (house.api.sockets_asked, pauses.seconds, house.warned) == (2, [], [])


async def test_a_socket_that_slack_ends_again_and_again_is_not_opened_without_a_pause(served, tmp_path):
    async with starting(*served, tmp_path) as (house, hub, pauses):
        for asked in (1, 2):
            await until(lambda asked=asked: house.api.sockets_asked == asked and not house.here.trouble())
            await until(lambda: hub.connected.is_set())
            hub.connected.clear()
            await hub.socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        await until(lambda: pauses.seconds)
        assert (pauses.seconds, house.api.sockets_asked) == ([1], 2)


@pytest.mark.parametrize("said", ["", "{", "[1]", "7", "[" * 5000, '"hello"'])
async def test_what_is_no_message_of_slacks_ends_no_socket(served, tmp_path, said):
    async with connected(*served, tmp_path) as (house, hub):
        await hub.socket.send_str(said)
        await hub.socket.send_bytes(b"x")
        await is_answered(house, hub)
        assert (house.api.sockets_asked, house.warned) == (1, [])
