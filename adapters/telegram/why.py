"""Why Telegram did not take a message, in one line, and whether trying again can help."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channel import Unreachable

# What the vendor's library wraps, where nothing had left this machine yet.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


UNREAD = "Telegram answered what cannot be read: check what stands between it and this machine"
_TWICE = "another process asks for this bot's updates: stop it, or give it a token of its own"
_NOT_REACHED = "Telegram cannot be reached: check this machine's way out, and BOT_TELEGRAM_API_URL"


def unreachable(fault: TelegramError) -> Unreachable:
    """The fault sorted. No line repeats what Telegram said of a person or a message."""
    if type(fault) is TelegramError or (type(fault) is not NetworkError and type(fault.__cause__) is TelegramError):
        # So the library says that an answer was cut, or was a page of a filter on the way.
        return Unreachable(UNREAD, permanent=False, may_have_arrived=True)
    if isinstance(fault, RetryAfter):
        return Unreachable("Telegram wants less for now", permanent=False, retry_after=_pause(fault))
    if isinstance(fault, Conflict):
        return Unreachable(_TWICE, permanent=False)
    if isinstance(fault, Forbidden):
        return Unreachable("the person has not begun a chat, or has stopped it", permanent=True)
    if isinstance(fault, ChatMigrated):
        return Unreachable("the group has become another", permanent=True)
    if isinstance(fault, InvalidToken):
        # This is mended in the settings, and then the same message goes.
        return Unreachable("Telegram does not take the token: check BOT_TELEGRAM_TOKEN", permanent=False, of_app=True)
    if isinstance(fault, BadRequest):
        return Unreachable("Telegram refused the message or the chat", permanent=True)
    if isinstance(fault.__cause__, _NOT_SENT):
        return Unreachable(_NOT_REACHED, permanent=False)
    if isinstance(fault, NetworkError):
        return Unreachable("Telegram did not answer", permanent=False, may_have_arrived=True)
    return Unreachable("Telegram refused it for now", permanent=False)


def _pause(fault: RetryAfter) -> timedelta:
    # The public attribute is a number or a length of time by a variable of the environment, and warns of that.
    return fault._retry_after
