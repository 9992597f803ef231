"""The Telegram bot as a client: sends one message or document, edits, answers a button; limits kept, faults sorted."""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter
from telegram import (
    Bot,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from adapters.connections import Connections
from adapters.patience import Pause
from adapters.styled_words import Line, bare
from adapters.telegram.entities import entities
from adapters.telegram.in_time import TELEGRAM
from adapters.telegram.parse import Me
from adapters.telegram.place import Place
from adapters.telegram.render import Document, Message, Rows
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.why import UNREAD, unreachable
from bot.channel import Unreachable
from bot.decisions.documents import Document as Written
from bot.loopback import is_loopback

T = TypeVar("T")

# Below Telegram's ceiling of about 30 a second over all chats.
_A_SECOND = 25
_ANSWER_WITHIN_SECONDS = 15
_LATE_SECONDS = 30
_CONNECTIONS = 32
_CONNECT_WITHIN_SECONDS = 5
_NOT_CHANGED = "message is not modified"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# An error that is made says that one of its attributes will be of another kind some day.
warnings.filterwarnings("ignore", message=".*`?retry_after`?.*")


class Client:
    """Talks to the Bot API. Every method raises Unreachable."""

    def __init__(
        self,
        settings: TelegramSettings,
        pause: Pause = asyncio.sleep,
        within: float = _ANSWER_WITHIN_SECONDS,
        *,
        keep_open: bool = True,
    ) -> None:
        here = is_loopback(urlsplit(settings.telegram_api_url).hostname or "")
        self.bot = Bot(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_api_url,
            request=_request(within, keep_open=keep_open, here=here),
            # A long poll is answered late on purpose.
            get_updates_request=_request(within + _LATE_SECONDS, keep_open=keep_open, here=here),
        )
        self._pause = pause
        self._within = within
        self._limiter = AsyncLimiter(_A_SECOND, 1)
        self._me: Me | None = None

    async def close(self) -> None:
        """Let go of every connection."""
        for request in self.bot._request:
            await request.shutdown()

    async def me(self) -> Me:
        """Who the bot is."""
        if self._me is None:
            found = await self.asked(self.bot.get_me)
            self._me = Me(found.id, found.username or "", hears_all=bool(found.can_read_all_group_messages))
        return self._me

    async def me_in(self, group: int) -> Me:
        """Who the bot is in a group: one that administers it hears all there, whatever BotFather was told."""
        me = await self.me()
        if me.hears_all:
            return me
        try:
            found = await self.asked(lambda: self.bot.get_chat_member(group, me.id))
        except Unreachable as fault:
            if not fault.permanent:
                raise
            return replace(me, hears_all=True)
        return replace(me, hears_all=found.status in {ChatMember.ADMINISTRATOR, ChatMember.OWNER})

    async def write(self, place: Place, message: Message) -> str:
        """Send a message of words; its id."""
        answered = ReplyParameters(place.message, allow_sending_without_reply=True) if place.message else None

        async def sent() -> str:
            one = await self.bot.send_message(
                place.chat,
                bare(message.text),
                entities=entities(message.text),
                reply_markup=keyboard(message.buttons),
                link_preview_options=_NO_PREVIEW,
                # What is said here is not passed on by a slip; a document is there to be filed.
                protect_content=True,
                reply_parameters=answered,
            )
            return str(one.message_id)

        return await self.asked(sent)

    async def hand_over(self, place: Place, document: Document, written: Written) -> str:
        """Send a document; the message's id."""
        file = InputFile(written.content, filename=document.name)

        async def sent() -> str:
            return str((await self.bot.send_document(place.chat, file, filename=document.name)).message_id)

        return await self.asked(sent)

    async def rewrite(self, chat: int, message: int, text: Line | None, rows: Rows) -> None:
        """Change a message that was sent: its words and buttons, or with no `text` only its buttons."""
        markup = keyboard(rows)
        try:
            if text is None:
                await self.asked(lambda: self.bot.edit_message_reply_markup(chat, message, reply_markup=markup))
            else:
                await self.asked(
                    lambda: self.bot.edit_message_text(
                        bare(text),
                        chat,
                        message,
                        entities=entities(text),
                        reply_markup=markup,
                        link_preview_options=_NO_PREVIEW,
                    )
                )
        except _NotChanged:
            return

    async def answer(self, query: str, text: str = "") -> None:
        """Answer a button, so that it no longer waits; with words in a small window."""
        await self.asked(lambda: self.bot.answer_callback_query(query, text=text or None, show_alert=bool(text)))

    async def updates(self, after: int | None, seconds: int, kinds: Sequence[str]) -> list[Any]:
        """What people did, as Telegram wrote it; with none it is waited for so long.

        The library's own way reads all of it or none, and writes what it could not read into the log, words and all.
        """
        given = {"offset": after, "timeout": seconds, "allowed_updates": kinds}
        within = self._within + _LATE_SECONDS + seconds
        found = await self.asked(lambda: self.bot._post("getUpdates", given, read_timeout=within))
        if not isinstance(found, list):
            raise Unreachable(UNREAD, permanent=False)
        return found

    async def asked(self, call: Callable[[], Awaitable[T]]) -> T:
        """What Telegram answers to a call. Raises Unreachable."""

        async def once() -> T:
            try:
                async with self._limiter:
                    return await call()
            except TelegramError as fault:
                if isinstance(fault, BadRequest) and _NOT_CHANGED in str(fault).casefold():
                    raise _NotChanged from None
                raise unreachable(fault) from None
            except (AttributeError, LookupError, TypeError, ValueError) as fault:
                raise Unreachable(UNREAD, permanent=False, may_have_arrived=True) from fault

        return await TELEGRAM.asked(once, self._pause)


class _NotChanged(Exception):
    """An edit that changes nothing, which is as good as one that does."""


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(one.label, url=one.url)
                if one.url
                else InlineKeyboardButton(one.label, callback_data=one.data)
                for one in row
            ]
            for row in rows
        ]
    )


class _Request(HTTPXRequest):
    """Takes as Telegram's own only answers with a result or an error's code; any other is that of a filter on the way.

    https://core.telegram.org/bots/api#making-requests
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises TelegramError, which repeats nothing of it, where it is not Telegram's."""
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except (RecursionError, ValueError):
            found = None
        if not isinstance(found, dict) or not _is_telegrams(found):
            raise TelegramError("Invalid server response")
        return found


def _is_telegrams(found: dict[str, Any]) -> bool:
    if found.get("ok") is True:
        return "result" in found
    return found.get("ok") is False and isinstance(found.get("error_code"), int)


def _request(within: float, *, keep_open: bool, here: bool) -> HTTPXRequest:
    # What is on this machine itself is reached without a proxy.
    kwargs = {"transport": Connections(_CONNECTIONS, trust_env=not here, keep_open=keep_open), "trust_env": not here}
    return _Request(
        connection_pool_size=_CONNECTIONS,
        read_timeout=within,
        write_timeout=within,
        connect_timeout=_CONNECT_WITHIN_SECONDS,
        pool_timeout=within,
        httpx_kwargs=kwargs,
    )
