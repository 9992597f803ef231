"""Requests go out and answers come in as by httpx's own connections; what may have arrived is never called unsent."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from adapters.connections import Connections

Speaking = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def served(speaking: Speaking) -> AsyncIterator[str]:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speaking(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def client(within: float = 5.0) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=Connections(2, trust_env=False), timeout=within) as found:
        yield found


async def fault(speaking: Speaking, within: float = 5.0) -> httpx.TransportError:
    async with served(speaking) as url, client(within) as http:
        with pytest.raises(httpx.TransportError) as caught:
            await http.post(url, json={"text": "hello"})
    return caught.value


async def heard(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    return head + await reader.readexactly(int(length.partition(b":")[2]))


async def test_a_request_goes_out_as_it_was_made_and_a_packed_answer_is_unpacked() -> None:
    taken: list[bytes] = []

    async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(await heard(reader))
        body = gzip.compress(b'{"id":"1"}')
        writer.write(b"HTTP/1.1 201 Created\r\nRetry-After: 7\r\nContent-Encoding: gzip\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    async with served(speaking) as url, client() as http:
        answer = await http.put(f"{url}/v3/a%3A1%2Fb;messageid=2?x=%20", json={"text": "é"}, headers={"X-One": "1"})
    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (201, {"id": "1"}, "7")
    assert taken[0].startswith(b"PUT /v3/a%3A1%2Fb;messageid=2?x=%20 HTTP/1.1\r\n")
    assert b"x-one: 1\r\n" in taken[0].lower()
    assert taken[0].endswith('{"text":"é"}'.encode())


async def test_what_nobody_listens_to_was_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    async with client() as http:
        with pytest.raises(httpx.ConnectError):
            await http.post(f"http://127.0.0.1:{port}", json={})


async def test_a_connection_lost_after_the_request_may_have_brought_it() -> None:
    async def speaking(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await heard(reader)

    assert type(await fault(speaking)) is httpx.ReadError


async def test_a_connection_lost_within_the_answer_may_have_brought_it() -> None:
    async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")

    assert type(await fault(speaking)) is httpx.ReadError


async def test_an_answer_that_does_not_come_in_time_may_have_been_brought() -> None:
    async def speaking(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await heard(reader)
        await reader.read()

    assert type(await fault(speaking, within=0.05)) is httpx.ReadTimeout


async def test_what_is_no_answer_may_have_been_brought_and_no_address_is_told() -> None:
    async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(b"never mind\r\n\r\n")

    found = await fault(speaking)
    assert type(found) is httpx.RemoteProtocolError
    assert "127.0.0.1" not in str(found)


async def test_where_all_connections_are_in_use_the_request_was_not_sent() -> None:
    taken: asyncio.Queue[bytes] = asyncio.Queue()

    async def speaking(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        taken.put_nowait(await heard(reader))
        await reader.read()

    async with served(speaking) as url, client() as http:
        held = [asyncio.create_task(http.post(url, json={})) for _ in range(2)]
        for _ in held:
            await taken.get()
        with pytest.raises(httpx.ConnectTimeout):
            await http.post(url, json={}, timeout=httpx.Timeout(5, pool=0.05))
        for one in held:
            one.cancel()
        await asyncio.gather(*held, return_exceptions=True)
    assert taken.empty()


async def test_a_redirect_is_not_followed_by_itself() -> None:
    async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n")

    async with served(speaking) as url, client() as http:
        assert (await http.post(url, json={})).status_code == 302
