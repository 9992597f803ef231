"""What `bot doctor` has to say of Slack: the token, its permissions, the endpoint, and where each is mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from adapters.channels import Finding
from adapters.slack.client import Client
from adapters.slack.opening import PATH, missing
from bot.channel import Unreachable
from bot.settings import Settings

APPS = "https://api.slack.com/apps"
SCOPES = frozenset({"app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write"})
"""What the app has to be permitted: no more than the checked-in manifest asks for."""


async def check(settings: Settings) -> Sequence[Finding]:
    """Everything found out; nothing is changed."""
    if lacking := missing(settings):
        return (Finding(lacking, well=False, page=APPS if "SLACK" in lacking else ""),)
    client = Client(settings)
    await client.open()
    try:
        return [one async for one in _found(client, settings)]
    except Unreachable as fault:
        return (Finding(str(fault), well=False, page=APPS if "app" in str(fault) else ""),)
    finally:
        await client.close()


async def _found(client: Client, settings: Settings) -> AsyncIterator[Finding]:
    me = await client.me()
    yield Finding(f"the token is {me.name}'s in workspace {me.team}", well=True)
    if me.scopes:
        lacking = sorted(SCOPES - me.scopes)
        if lacking:
            words = f"not permitted: {', '.join(lacking)}; add them under OAuth & Permissions, then install again"
            yield Finding(words, well=False, page=APPS)
        else:
            yield Finding("everything it needs is permitted", well=True)
    if settings.slack_events == "socket":
        yield Finding("messages come over a socket: Socket Mode has to be on in the app's pages", well=None)
        return
    yield Finding(f"Request URL, in three places of the app's pages: {settings.public_url}{PATH}", well=None)
