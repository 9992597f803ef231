"""The e-mail channel: renders a reply and hands it to the mail server, a few at once."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage

from adapters.channel_folders import WEB
from adapters.mail.render import render
from adapters.mail.server import MailServer, Patience, mail_server
from adapters.mail.session import FAULTS, Session
from adapters.mail.why import unreachable
from adapters.settings import Settings
from bot.channel import Limits, Unreachable
from bot.clock import Clock
from bot.messages import Reply
from bot.people.mail_address import mail_address

# Mail servers turn a sender away who comes with many at once.
AT_ONCE = 4


class Mail:
    """Reaches people by e-mail. An address is the person's e-mail address; the platform's id is the Message-ID."""

    name = "mail"
    limits = Limits()

    def __init__(
        self,
        server: MailServer,
        clock: Clock,
        public_url: str = "",
        patience: Patience = Patience(),  # noqa: B008 - frozen
        at_once: int = AT_ONCE,
        *,
        has_chat: bool = True,
    ) -> None:
        self._server = server
        self._clock = clock
        self._public_url = public_url
        self._has_chat = has_chat
        self._patience = patience
        self._turns = asyncio.Semaphore(at_once)

    def render(self, address: str, reply: Reply) -> EmailMessage:
        """The e-mail as it would be sent now. Raises ValueError where the address is none."""
        return render(
            reply,
            to=mail_address(address),
            sender=self._server.sender,
            at=self._clock(),
            public_url=self._public_url,
            has_chat=self._has_chat,
        )

    async def send(self, address: str, reply: Reply) -> str:
        """Hand a reply over to the mail server and return its Message-ID. Raises Unreachable.

        Taken by the server is not yet delivered: a bounce goes to the sender's address. It takes at most the patience
        for a turn, for all steps and for a goodbye.
        """
        try:
            message = self.render(address, reply)
        except ValueError as fault:
            raise Unreachable(str(fault), permanent=True) from None
        await self._turn()
        try:
            await self._hand_over(mail_address(address), message.as_bytes())
        finally:
            self._turns.release()
        return str(message["Message-ID"])

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """A mail server never says how long to wait, nor is one mailbox's trouble another's."""
        return (address,)

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(self._patience.turn):
                await self._turns.acquire()
        except TimeoutError:
            busy = f"{self._server.place} is slow, and too much waits to be sent: this is tried again"
            raise Unreachable(busy, permanent=False) from None

    async def _hand_over(self, to: str, message: bytes) -> None:
        session = Session(self._server, self._patience)
        is_well = False
        try:
            async with asyncio.timeout(self._patience.whole):
                await session.open()
                await session.hand_over(to, message)
            is_well = True
        except FAULTS as fault:
            raise unreachable(fault, self._server, is_handed_over=session.is_handed_over) from fault
        finally:
            await session.close(well=is_well)


def mail_channel(settings: Settings, clock: Clock) -> Mail | None:
    """The channel as set; None where there is to be no e-mail."""
    server = mail_server(settings)
    # A page that is not served, or only says that it is off, is no place to answer at.
    has_chat = WEB in settings.channels and WEB not in settings.channels_off
    return None if server is None else Mail(server, clock, settings.public_url, has_chat=has_chat)
