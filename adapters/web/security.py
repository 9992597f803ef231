"""What every answer carries to protect the person reading it, and how a form is read without trusting it."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web.fields import Sent
from adapters.web.refused import Refused

MOST_BYTES = 64 * 1024
_MOST_FIELDS = 100
_FORM_TYPE = "application/x-www-form-urlencoded"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_STRICT_TRANSPORT = "max-age=31536000"


def protecting(*, secure: bool) -> dict[str, str]:
    """The headers of every answer; where people come by https, their browser is to stay with it."""
    return {**HEADERS, "Strict-Transport-Security": _STRICT_TRANSPORT} if secure else dict(HEADERS)


# Under which name a request keeps what its form said.
_READ = "form"


class SecurityHeaders:
    """Puts the protecting headers on every answer of an application."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(protecting(secure=self._secure))
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


async def sent_by(request: Request) -> Sent:
    """The fields of a posted form. Raises Refused where it is too long, of another kind or cannot be read."""
    known: Sent | None = getattr(request.state, _READ, None)
    if known is None:
        known = await _read(request)
        # It comes once over the wire, and more than one may have to know what it says.
        setattr(request.state, _READ, known)
    return known


async def _read(request: Request) -> Sent:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise Refused(415)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Refused(413)
        return parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except (ValueError, ClientDisconnect) as error:
        raise Refused(400) from error
