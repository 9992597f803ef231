"""One session with a mail server: connect, encrypt, log in, hand a message over, and know how far it came."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPResponse, SMTPServerDisconnected

from adapters.mail.server import MailServer, Patience

# What the world can do to a session. A certificate that is not trusted, and a time limit, are OSErrors too.
FAULTS = (SMTPException, OSError)
_GO_AHEAD = 354
_LEADING_DOT = re.compile(rb"(?m)^\.")


class NotOffered(SMTPException):
    """The server does not offer what the settings ask for: its message is STARTTLS or AUTH."""


class Session:
    """A session to be opened, used for one message, and closed, whatever has happened. Each step has a time limit.

    `is_handed_over`: the whole message has left, so that without an answer nobody knows whether it arrives.
    """

    def __init__(self, server: MailServer, patience: Patience) -> None:
        self.is_handed_over = False
        # Held here, because the library lets go of it, half closed, where it has waited in vain.
        self._line: asyncio.BaseTransport | None = None
        self._server = server
        self._patience = patience
        self._client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=False,
            tls_context=server.tls,
            timeout=patience.step,
            # Said in greeting. Otherwise this machine's full name would be looked up, for as long as that takes.
            local_hostname=server.sender.domain,
        )

    async def open(self) -> None:
        """Connect, encrypt as set, and log in where there is a name. Raises one of FAULTS."""
        client = self._client
        await client.connect()
        self._line = client.transport
        await client.ehlo()
        if self._server.security == "starttls":
            if not client.supports_extension("starttls"):
                raise NotOffered("STARTTLS")
            await client.starttls()
            self._line = client.transport
            await client.ehlo()
        if self._server.username:
            await self._log_in()

    async def _log_in(self) -> None:
        # One way and no other: a wrong password tried in several ways can lock an account.
        ways: dict[str, Callable[[str, str], Awaitable[SMTPResponse]]] = {
            "plain": self._client.auth_plain,
            "login": self._client.auth_login,
        }
        offered = [way for name, way in ways.items() if name in self._client.server_auth_methods]
        if not offered:
            raise NotOffered("AUTH")
        await offered[0](self._server.username, self._server.password.get_secret_value())

    async def announce(self) -> None:
        """Say who the message is from, which the server may refuse. Raises one of FAULTS."""
        await self._client.mail(self._server.sender.addr_spec)

    async def hand_over(self, to: str, message: bytes) -> None:
        """Give the server a message for one address, its lines ended by CRLF. Raises one of FAULTS."""
        await self.announce()
        await self._client.rcpt(to)
        begun = await self._client.execute_command(b"DATA")
        if begun.code != _GO_AHEAD:
            raise SMTPDataError(begun.code, begun.message)
        # The library's own way with DATA cannot tell whether the message had left when the line went dead.
        line = self._client.protocol
        if line is None:
            raise SMTPServerDisconnected("Connection lost")
        line.write(_LEADING_DOT.sub(b"..", message) + b".\r\n")
        self.is_handed_over = True
        taken = await line.read_response(timeout=self._patience.answer)
        if taken.code // 100 != 2:
            raise SMTPDataError(taken.code, taken.message)

    async def close(self, *, well: bool) -> None:
        """End it; with a goodbye if all went well, else at once: a late answer would be taken for another's."""
        with suppress(*FAULTS):
            if well and self._client.is_connected:
                await self._client.quit(timeout=self._patience.goodbye)
        self._client.close()
        if isinstance(self._line, asyncio.WriteTransport):
            self._line.abort()
        # The line is let go in the loop's next round.
        await asyncio.sleep(0)
