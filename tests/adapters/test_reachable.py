"""Whether the bot answers at its public address, as far as this machine can tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from adapters.reachable import LIVE, reachable


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A server that says this on the bot's page for being alive, and where it is."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == LIVE else 400)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "body", "well"),
    [(200, b"live\n", True), (200, b"<html>", False), (404, b"", False), (301, b"", False), (502, b"", None)],
)
async def test_only_the_bot_itself_is_well_and_another_in_its_place_is_to_be_mended(status, body, well):
    with answering(status, body) as url:
        found = await reachable(url)
    assert found.well is well
    assert url in found.text


async def test_that_nobody_answers_is_only_to_be_known():
    with answering(200, b"") as url:
        pass
    found = await reachable(url)
    assert found.well is None
    assert "bot serve" in found.text


async def test_a_certificate_that_is_not_there_and_a_name_that_is_nobodys_are_to_be_mended():
    with answering(200, b"live\n") as url:
        assert (await reachable(url.replace("http:", "https:"))).well is False
    assert (await reachable("http://nobody.invalid")).well is False
