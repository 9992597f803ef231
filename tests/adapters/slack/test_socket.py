"""Without an address of its own the bot opens a socket: what comes over it is handled first and acknowledged after."""

from __future__ import annotations

import asyncio
import json

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from adapters.workplace import opened
from bot.definitions import load_definitions

from .house import House, settings_for
from .member import Member

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

    async def bring(self, payload: dict, id_: str) -> dict:
        await self.socket.send_json({"type": "events_api", "envelope_id": id_, "payload": payload})
        return await asyncio.wait_for(self.acknowledged.get(), 10)


async def test_what_comes_over_the_socket_is_answered_once_and_there_is_no_endpoint(served, tmp_path):
    api, url = served
    hub = Hub()
    runner, api.socket = await hub.serve()
    more = {"slack_events": "socket", "slack_app_token": SecretStr(APP_TOKEN), "public_url": ""}
    settings = settings_for(url, tmp_path, **more, slack_signing_secret=SecretStr(""))
    with opened(settings, load_definitions("exampleshire")) as exchange:
        async with House(api, exchange, settings).open() as house:
            await asyncio.wait_for(hub.connected.wait(), 10)
            member = Member(api, None, lambda: house.at.timestamp())
            payload = json.loads(member.envelope(member.message("refer"), "Ev1"))
            for id_ in ("one", "two"):
                assert (await hub.bring(payload, id_))["envelope_id"] == id_
            other = json.loads(member.envelope(member.message("refer"), "Ev2", "T0OTHER01"))
            await hub.bring(other, "three")
            await house.settled()
            assert len(api.said_to("U0PAT0001")) == 1
            assert (await house.post(member.envelope(member.message("x")))).status_code == 404
            assert house.warned == []
    await runner.cleanup()
