"""aiohttp's connections under httpx, by which vendors' libraries speak, with the same faults for what was not sent."""

from __future__ import annotations

from functools import cache

import aiohttp
import httpx
from yarl import URL

# What aiohttp raises, as httpx names it; the first that fits. Nothing had left this machine where it could not connect;
# of what went wrong later nobody knows whether it arrived.
_NAMED: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
    (aiohttp.ClientError, httpx.ReadError),
    (OSError, httpx.ReadError),
)

# Whom to believe is read from a long file: once for a process.
_trusted = cache(httpx.create_ssl_context)


class Connections(httpx.AsyncBaseTransport):
    """Up to `most` connections, kept for the next request if `keep_open`; `trust_env` looks for a proxy.

    httpx's own pool looks at every connection for every request: more than half of the processor's time of a button
    turn where fifty people speak at once (Teams 19 ms, here 7.5; Telegram 24, here 8). Answers are read whole.
    """

    def __init__(self, most: int, *, trust_env: bool, keep_open: bool = True) -> None:
        self._most = most
        self._trust_env = trust_env
        self._keep_open = keep_open
        self._ssl = _trusted(trust_env=trust_env)
        self._kept: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """What is answered to a request. Raises httpx.TransportError."""
        if self._keep_open:
            # Made late: it belongs to the event loop that it is made in.
            self._kept = self._kept or self._session()
            return await _answered(self._kept, request)
        async with self._session() as session:
            return await _answered(session, request)

    async def aclose(self) -> None:
        """Let go of every connection."""
        if self._kept is not None:
            await self._kept.close()

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._most, ssl=self._ssl),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=self._trust_env,
            auto_decompress=False,
        )


async def _answered(session: aiohttp.ClientSession, request: httpx.Request) -> httpx.Response:
    wanted = request.extensions.get("timeout", {})
    timeout = aiohttp.ClientTimeout(
        total=sum(wanted.get(one) or 0 for one in ("connect", "write", "read")) or None,
        connect=wanted.get("pool"),
        sock_connect=wanted.get("connect"),
        sock_read=wanted.get("read"),
    )
    try:
        async with session.request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=request.headers.multi_items(),
            data=await request.aread() or None,
            allow_redirects=False,
            timeout=timeout,
        ) as answer:
            return httpx.Response(answer.status, headers=answer.raw_headers, content=await answer.read())
    except (aiohttp.ClientError, OSError) as fault:
        named = next(ours for theirs, ours in _NAMED if isinstance(fault, theirs))
        # Only its kind: its words name the address, which may hold a token.
        raise named(type(fault).__name__) from None
