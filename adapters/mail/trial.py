"""Tries the mail server that is set: whether it is willing, and whether a test e-mail goes."""

from __future__ import annotations

import asyncio

from adapters.mail.channel import Mail
from adapters.mail.server import MailServer, Patience
from adapters.mail.session import FAULTS, Session
from adapters.mail.why import why
from bot import wording_mail
from bot.clock import Clock
from bot.messages import Reply, Text


async def trouble(server: MailServer, patience: Patience) -> str:
    """What keeps the server from taking e-mail, with what to mend; empty if it is willing. Sends none."""
    session = Session(server, patience)
    is_well = False
    try:
        async with asyncio.timeout(patience.whole):
            await session.open()
            await session.announce()
        is_well = True
    except FAULTS as fault:
        return why(fault, server)
    finally:
        await session.close(well=is_well)
    return ""


async def send_test(mail: Mail, address: str, clock: Clock) -> str:
    """Send a test e-mail; its Message-ID. Raises Unreachable."""
    return await mail.send(address, Reply((Text.of(wording_mail.TEST),), key=f"test {clock().isoformat()}"))
