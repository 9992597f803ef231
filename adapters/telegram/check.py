"""What `bot doctor` has to say of Telegram: the token, the webhook, the privacy mode, and where each is mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

from telegram import BotCommandScopeAllPrivateChats

from adapters.channels import Finding
from adapters.reachable import reachable
from adapters.telegram.client import Client
from adapters.telegram.opening import PATH, UPDATES, missing
from adapters.telegram.settings import TelegramSettings
from bot.channel import Unreachable

BOT_FATHER = "https://t.me/BotFather"
_PORTS = (443, 80, 88, 8443)


async def check(settings: TelegramSettings) -> Sequence[Finding]:
    """Everything found out; nothing is changed."""
    if lacking := missing(settings):
        return (Finding(lacking, well=False, page=BOT_FATHER if "BotFather" in lacking else ""),)
    client = Client(settings)
    try:
        return [one async for one in _found(client, settings)]
    except Unreachable as fault:
        return (Finding(str(fault), well=False, page=BOT_FATHER if "token" in str(fault) else ""),)
    finally:
        await client.close()


async def _found(client: Client, settings: TelegramSettings) -> AsyncIterator[Finding]:
    me = await client.asked(client.bot.get_me)
    yield Finding(f"the token is @{me.username}'s", well=True)
    if me.can_read_all_group_messages:
        yield Finding(
            "it hears everything in groups: say /setprivacy to BotFather and Enable", well=False, page=BOT_FATHER
        )
    known = await client.asked(lambda: client.bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()))
    if not known:
        yield Finding("no commands are registered yet; `bot serve` does that", well=None)
    info = await client.asked(client.bot.get_webhook_info)
    if settings.telegram_updates == "polling":
        if info.url:
            yield Finding(
                "this bot's updates go to a server elsewhere; use another token here", well=False, page=BOT_FATHER
            )
        return
    port = urlsplit(settings.public_url).port or 443
    if settings.public_url.startswith("https://") and port not in _PORTS:
        yield Finding(
            f"Telegram calls no port but {', '.join(map(str, _PORTS))}; BOT_PUBLIC_URL has {port}", well=False
        )
    yield await reachable(settings.public_url)
    if not info.url:
        yield Finding("no webhook is registered yet; `bot serve` does that", well=None)
    elif info.url != settings.public_url + PATH:
        yield Finding("its webhook is another server's; `bot serve` takes it over", well=None)
    elif info.allowed_updates and not set(UPDATES) <= set(info.allowed_updates):
        yield Finding("its webhook does not bring everything; `bot serve` asks for it", well=None)
    elif info.last_error_message and info.pending_update_count:
        yield Finding(
            f"Telegram could not bring {info.pending_update_count} updates: check that BOT_PUBLIC_URL leads here and "
            "that BOT_TELEGRAM_SECRET_TOKEN is the same as when `bot serve` last started",
            well=False,
        )
    else:
        yield Finding("the webhook is registered", well=True)
