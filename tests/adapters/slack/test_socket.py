"""Without an address of its own the bot opens a socket: what comes over it is handled first and acknowledged after."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
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
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in self.socket:
            if message.type == aiohttp.WSMsgType.TEXT and message.data[:1] == "{":
                await self.acknowledged.put(json.loads(message.data))
        return self.socket

    async def send(self, id_: str, **more: Any) -> None:
        await self.socket.send_json({"type": "events_api", "envelope_id": id_, **more})

    async def bring(self, payload: dict, id_: str) -> dict:
        await self.send(id_, payload=payload)
        return await self.heard()

    async def heard(self) -> dict:
        return await asyncio.wait_for(self.acknowledged.get(), 10)


@asynccontextmanager
async def connected(api: WebApi, url: str, folder: Path) -> AsyncIterator[tuple[House, Hub]]:
    """The bot, and Slack's end of the socket that it has opened."""
    hub = Hub()
    runner, api.socket = await hub.serve()
    more = {"slack_events": "socket", "slack_app_token": SecretStr(APP_TOKEN), "public_url": ""}
    settings = settings_for(url, folder, **more, slack_signing_secret=SecretStr(""))
    with opened(settings, load_definitions("exampleshire")) as exchange:
        async with House(api, exchange, settings).open() as house:
            await asyncio.wait_for(hub.connected.wait(), 10)
            yield house, hub
    await runner.cleanup()


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
