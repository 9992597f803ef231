"""`bot mail`: lets an administrator see that e-mail arrives."""

from __future__ import annotations

import click

from adapters.loading import settings


@click.group("mail")
def mail_group() -> None:
    """Try the mail server."""


@mail_group.command("test")
@click.argument("address")
def mail_test(address: str) -> None:
    """Send a test e-mail to ADDRESS."""
    import asyncio

    from adapters.mail.channel import mail_channel
    from adapters.mail.trial import send_test
    from bot.channel import Unreachable
    from bot.clock import now

    channel = mail_channel(settings(), now)
    if channel is None:
        raise click.ClickException("e-mail is not set up: set BOT_MAIL_HOST and BOT_MAIL_FROM")
    try:
        message_id = asyncio.run(send_test(channel, address, now))
    except Unreachable as fault:
        sent = "It may have been sent all the same" if fault.may_have_arrived else "Not sent"
        raise click.ClickException(f"{sent}: {fault}") from None
    click.echo(f"The mail server has taken it. See whether it arrives, or lies among junk. Message-ID: {message_id}")
