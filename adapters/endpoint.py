"""Where a platform brings what people say: read up to a cap, verified, handled, and answered without a traceback."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

MOST_BYTES = 512 * 1024
READ_WITHIN_SECONDS = 10
_KEPT_BY_NOBODY = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_WORDS = {400: "bad request", 401: "not signed", 403: "not allowed", 404: "not here", 413: "too long"}
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character, of which both halves may be there."""

Answering = Callable[[Request, bytes], Awaitable[Response]]
Admitting = Callable[[Headers], None]


class Refused(Exception):
    """The request is turned away with this status: 400, 401, 403, 404 or 413."""

    def __init__(self, status: int) -> None:
        super().__init__(_WORDS[status])
        self.status = status


def _anyone(_: Headers) -> None:
    """Nothing is asked of the headers."""


def endpoint(
    path: str,
    answering: Answering,
    warn: Callable[[str], None],
    *,
    admitting: Admitting = _anyone,
    most: int = MOST_BYTES,
) -> Route:
    """The route at `path`. `admitting` looks at the headers before a byte of the body is read; both may raise Refused.

    `answering` verifies, handles the turn in the request, and answers. What is wrong with the database or the platform
    for now gets 503, so that the platform brings the same again; any other fault 500 and a line with its kind alone.
    """

    async def answer(request: Request) -> Response:
        try:
            admitting(request.headers)
            response = await answering(request, await _body(request, most))
        except Refused as refused:
            response = PlainTextResponse(f"{refused}\n", refused.status)
        except (DatabaseTrouble, Unreachable) as fault:
            warn(f"{path}: not taken for now ({type(fault).__name__}); the platform brings it again.")
            response = PlainTextResponse("not now\n", 503, {"Retry-After": "5"})
        except Exception as fault:  # its words may be a person's: only its kind is told
            warn(f"{path}: a request could not be handled ({type(fault).__name__}); the platform may bring it again.")
            response = PlainTextResponse("not handled\n", 500)
        response.headers.update(_KEPT_BY_NOBODY)
        return response

    return Route(path, answer, methods=["POST"])


def json_object(body: bytes) -> dict[str, Any]:
    """The body as a JSON object. Raises Refused where it is none."""
    try:
        found = json_of(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused(400) from None
    if not isinstance(found, dict):
        raise Refused(400)
    return found


def json_of(text: str) -> Any:
    """What JSON says. Raises ValueError or RecursionError, also where its text could not be written again."""
    found = json.loads(text)
    if _HALF.search(text) and not is_writable(found):
        raise ValueError("half of a character")
    return found


def is_writable(found: Any) -> bool:
    """Whether all text in what JSON said can be written.

    JSON may name half of a character by its number, which neither a database nor a platform takes.
    """
    try:
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return True


async def _body(request: Request, most: int) -> bytes:
    if _number(request.headers.get("content-length", "")) > most:
        raise Refused(413)
    body = bytearray()
    try:
        async with asyncio.timeout(READ_WITHIN_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise Refused(413)
    except (TimeoutError, ClientDisconnect):
        raise Refused(400) from None
    return bytes(body)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
