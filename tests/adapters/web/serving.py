"""A real server of a web application on this machine, in a thread of the tests or as a process of its own."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from sse_starlette.sse import AppStatus
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.web.chat_routes import chat_routes
from adapters.web.conversations import Conversations
from adapters.web.routes import error_pages, routes
from adapters.web.site import Site

from .canned import Canned

SECRET = b"a secret that only these tests know"
ELSEWHERE = "/weather"
SITE = Site(SECRET, exit_url=ELSEWHERE, recheck=0.2)


def application(bot: Conversations, site: Site = SITE) -> Starlette:
    """The page, with a harmless page to exit to."""

    async def weather(_: Request) -> Response:
        return PlainTextResponse("Dry, with sunny spells.")

    pages = [Route(ELSEWHERE, weather), *routes(bot, site), *chat_routes(bot, site)]
    return Starlette(routes=pages, exception_handlers=error_pages(site))


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """An application, served on a free port for as long as needed; gives its address."""
    listening = _listen()
    server = uvicorn.Server(_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield _address(listening)
    finally:
        # Open streams are told by a flag of the whole process, which nothing else resets.
        AppStatus.should_exit = True
        server.should_exit = True
        thread.join(10)
        AppStatus.should_exit = False


def _listen() -> socket.socket:
    listening = socket.create_server(("127.0.0.1", 0))
    listening.listen(64)
    return listening


def _address(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=20)


if __name__ == "__main__":
    own = _listen()
    sys.stdout.write(f"{_address(own)}\n")
    sys.stdout.flush()
    uvicorn.Server(_config(application(Canned()))).run(sockets=[own])
