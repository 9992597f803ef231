"""The server stops at once where nothing is in hand, whenever a connection came, and finishes what is."""

from __future__ import annotations

import asyncio
import logging
import socket

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from adapters.delivering import _at_work
from adapters.stopping import Server

ASK = b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n"


class TakenWhileStopping(H11Protocol):
    """A connection that the server comes to know of only after it has asked the others to close."""

    holds = False
    held: list[tuple[TakenWhileStopping, asyncio.Transport]]
    arrived: asyncio.Event

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if not TakenWhileStopping.holds:
            super().connection_made(transport)
        else:
            self.held.append((self, transport))
        self.arrived.set()

    def shutdown(self) -> None:
        super().shutdown()
        while self.held:
            late, transport = self.held.pop()
            H11Protocol.connection_made(late, transport)


@pytest.fixture(autouse=True)
def nobody_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TakenWhileStopping, "holds", False)
    monkeypatch.setattr(TakenWhileStopping, "held", [], raising=False)
    monkeypatch.setattr(TakenWhileStopping, "arrived", asyncio.Event(), raising=False)


async def test_a_connection_taken_while_it_stops_is_let_go_and_what_is_in_hand_is_finished(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> Response:
        asked.set()
        await may_answer.wait()
        return PlainTextResponse("finished")

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Starlette(routes=[Route("/slow", slow)]),
        http=TakenWhileStopping,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    port = listening.getsockname()[1]
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    writing.write(ASK)
    await asked.wait()
    TakenWhileStopping.arrived.clear()
    TakenWhileStopping.holds = True
    late, silent = await asyncio.open_connection("127.0.0.1", port)
    await TakenWhileStopping.arrived.wait()
    with caplog.at_level(logging.ERROR):
        server.should_exit = True
        async with asyncio.timeout(10):
            assert await late.read() == b""
        assert not serving.done()
        may_answer.set()
        assert (await reading.read()).endswith(b"finished")
        await serving
    for one in (writing, silent):
        one.close()
        await one.wait_closed()
    assert caplog.records == []


async def test_workers_are_told_to_stop_while_what_is_in_hand_here_is_finished() -> None:
    """One after the other would take longer than a container is given to stop."""
    begun, told = asyncio.Event(), asyncio.Event()

    async def worker() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            told.set()

    class InHand:
        async def finish(self) -> None:
            await told.wait()

    async with asyncio.timeout(10), _at_work((), (worker(),), (InHand(),)):  # type: ignore[arg-type]
        await begun.wait()
    assert told.is_set()
