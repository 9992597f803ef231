"""The way out by e-mail for what is sent right after a turn, as the settings have it."""

from __future__ import annotations

from adapters.mail.settings import named
from adapters.settings import Settings
from bot.clock import Clock
from bot.letters import Post


def post_of(settings: Settings, clock: Clock) -> Post:
    """The post; without a mail server it sends nothing, and the conversation says so."""
    if named(settings) is None:
        return Post(public_url=settings.public_url)
    # Imported late: without a mail server nobody needs it, and the first prompt should come quickly.
    from adapters.mail.channel import mail_channel

    return Post(mail_channel(settings, clock), settings.public_url)
