"""A real mail server on this machine, in a thread of its own, that can be told to refuse, to stall or to hang up."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

LOGIN = LoginPassword(b"bot", b"correct horse")
GREETING = "greeting"


@dataclass(frozen=True)
class Letter:
    """A message as it came: from whom, to whom, byte for byte, by whose login, and whether encrypted on the way."""

    sender: str
    to: tuple[str, ...]
    raw: bytes
    login: str
    is_encrypted: bool

    @property
    def message(self) -> EmailMessage:
        """The message as a mail reader parses it."""
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def plain(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())


@dataclass
class PostOffice:
    """What the server does. Steps are GREETING, EHLO, MAIL, RCPT, DATA (before the message), END (after it) and QUIT.

    `answers`: what it says at a step instead of yes. `stalls`: where it never answers. `hangs_up`: where it breaks off.
    """

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    stalls: set[str] = field(default_factory=set)
    hangs_up: set[str] = field(default_factory=set)
    logins: list[str] = field(default_factory=list)
    greeted_as: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0

    async def reached(self, server: Counter, step: str) -> str | None:
        """What the server says at a step instead of yes, having stalled or hung up where it is to."""
        self.steps.append(step)
        if step in self.stalls:
            await asyncio.Event().wait()
        if step in self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
            # The line is gone, and with it this session.
            await asyncio.Event().wait()
        return self.answers.get(step)

    def authenticate(self, server: object, session: object, envelope: object, way: str, data: Any) -> AuthResult:
        """Take the one login there is."""
        self.logins.append(way)
        return AuthResult(success=data == LOGIN, handled=data == LOGIN, auth_data=data)

    async def handle_EHLO(self, server: Counter, session: Any, envelope: Any, host: str, said: list[str]) -> list[str]:  # noqa: N802
        session.host_name = host
        self.greeted_as.add(host)
        answer = await self.reached(server, "EHLO")
        return said if answer is None else [answer]

    async def handle_MAIL(self, server: Counter, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        return await self.reached(server, "MAIL") or "250 OK"

    async def handle_RCPT(self, server: Counter, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = await self.reached(server, "RCPT")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_QUIT(self, server: Counter, session: Any, envelope: Any) -> str:  # noqa: N802
        return await self.reached(server, "QUIT") or "221 Bye"

    async def handle_DATA(self, server: Counter, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await self.reached(server, "END")
        if answer is None:
            login = session.auth_data.login.decode() if session.auth_data else ""
            self.letters.append(
                Letter(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content, login, bool(server.is_encrypted))
            )
        return answer or "250 OK: queued"


class Counter(SMTP):
    """Where one client is served."""

    event_handler: PostOffice

    @property
    def is_encrypted(self) -> bool:
        """Whether the line is."""
        return self.transport is not None and self.transport.get_extra_info("sslcontext") is not None

    async def _handle_client(self) -> None:
        office = self.event_handler
        office.at_once += 1
        office.most_at_once = max(office.most_at_once, office.at_once)
        try:
            answer = await office.reached(self, GREETING)
            if answer is None:
                await super()._handle_client()
            else:
                await self.push(answer)
        finally:
            office.at_once -= 1
            if self.transport is not None:
                self.transport.abort()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        answer = await self.event_handler.reached(self, "DATA")
        if answer is None:
            await super().smtp_DATA(arg)
        else:
            await self.push(answer)


@contextmanager
def opened(
    starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, *, login: bool = False
) -> Iterator[PostOffice]:
    """A mail server on a free port for as long as needed: with STARTTLS, TLS from the start, or neither."""
    office = PostOffice()
    loop = asyncio.new_event_loop()
    ways = {"auth_require_tls": starttls is not None, "authenticator": office.authenticate} if login else {}

    def counter() -> Counter:
        # TLS from the start happens before the server knows of it, so a login there is not made to wait for STARTTLS.
        return Counter(office, loop=loop, hostname="post.example", tls_context=starttls, auth_required=False, **ways)

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        opening = loop.create_server(counter, "127.0.0.1", 0, ssl=tls)
        server = asyncio.run_coroutine_threadsafe(opening, loop).result(10)
        office.port = server.sockets[0].getsockname()[1]
        yield office
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    serving = asyncio.all_tasks() - {asyncio.current_task()}
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving, return_exceptions=True)
    # Lines are let go in the loop's next round.
    await asyncio.sleep(0)


def context_for(certificate_file: str) -> ssl.SSLContext:
    """What a server needs to speak TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file)
    return context
