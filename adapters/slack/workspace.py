"""One workspace, spoken to with the app's token there: sends, changes and looks up messages; faults sorted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.patience import Pause
from adapters.slack import in_time
from adapters.slack.parse import Me
from adapters.slack.render import Message
from adapters.slack.why import FAULTS, is_of_app, unreachable, unread
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

Json = dict[str, Any]
Token = Callable[[], Awaitable[str]]
"""The token that is kept for a workspace now; empty where none is."""

EVENT = "outbox"
"""The type of the metadata by which a message is found again."""
_LOOKED_AT = 30


class Workspace:
    """Talks to the Web API of one workspace. Every method raises Unreachable.

    `me` is who the app is there, asked for where it is not given. `token_now` is asked where Slack takes the token no
    longer: the app may have been installed again since, by way of another process.
    """

    def __init__(self, web: AsyncWebClient, pause: Pause, me: Me | None = None, token_now: Token | None = None) -> None:
        self.web = web
        self._pause = pause
        self._me = me
        self._token_now = token_now
        self._direct: dict[str, str] = {}

    async def me(self) -> Me:
        """Who the app is."""
        if self._me is None:
            found = await self._asked(self.web.auth_test)
            scopes = next((value for name, value in found.headers.items() if name.lower() == "x-oauth-scopes"), "")
            self._me = Me(
                _word(found, "team_id"),
                _word(found, "user_id"),
                str(found.get("bot_id", "")),
                str(found.get("user", "")),
                frozenset(one.strip() for one in str(scopes).split(",") if one.strip()),
            )
        return self._me

    async def direct(self, person: str) -> str:
        """The channel of a person's direct messages with the app, opened where it is not open yet."""
        if person not in self._direct:
            found = await self._asked(lambda: self.web.conversations_open(users=[person]))
            self._direct[person] = _word(found, "channel", "id")
        return self._direct[person]

    async def write(self, channel: str, message: Message, key: str, part: int, thread: str = "") -> str:
        """Send a message; its time stamp, which is its id."""
        sent = await self._asked(
            lambda: self.web.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread or None,
                metadata={"event_type": EVENT, "event_payload": {"id": key, "part": part}},
                unfurl_links=False,
                unfurl_media=False,
                mrkdwn=False,
                parse="none",
            )
        )
        return _word(sent, "ts")

    async def write_to_one(self, channel: str, person: str, message: Message, thread: str = "") -> str:
        """Send a message that only one person in the channel sees."""
        sent = await self._asked(
            lambda: self.web.chat_postEphemeral(
                channel=channel,
                user=person,
                text=message.text,
                blocks=message.blocks or None,
                thread_ts=thread or None,
                parse="none",
            )
        )
        return _word(sent, "message_ts")

    async def hand_over(self, channel: str, name: str, content: bytes, thread: str = "") -> str:
        """Send a document; its id."""
        sent = await self._asked(
            lambda: self.web.files_upload_v2(
                channel=channel, filename=name, title=name, content=content, thread_ts=thread or None
            )
        )
        return _word(sent, "files", 0, "id")

    async def rewrite(self, channel: str, stamp: str, message: Message) -> None:
        """Change a message that was sent."""
        await self._asked(
            lambda: self.web.chat_update(
                channel=channel, ts=stamp, text=message.text, blocks=message.blocks, parse="none"
            )
        )

    async def open_window(self, trigger: str, window: Json) -> None:
        """Open a window over Slack, for whoever set the trigger off just now."""
        await self._asked(lambda: self.web.views_open(trigger_id=trigger, view=window))

    async def show_page(self, person: str, page: Json) -> None:
        """Show somebody the app's page."""
        await self._asked(lambda: self.web.views_publish(user_id=person, view=page))

    async def arrived(self, channel: str, key: str) -> dict[int, str]:
        """The parts of a reply that are among the newest messages of a channel, each with its time stamp."""
        found = await self._asked(
            lambda: self.web.conversations_history(channel=channel, limit=_LOOKED_AT, include_all_metadata=True)
        )
        parts: dict[int, str] = {}
        for message in found.get("messages") or ():
            with suppress(KeyError, TypeError, ValueError):
                metadata = message["metadata"]
                if metadata["event_type"] == EVENT and str(metadata["event_payload"]["id"]) == key:
                    parts[int(metadata["event_payload"]["part"])] = str(message["ts"])
        return parts

    async def _asked(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """What a call gives; a short pause that Slack asks for is waited out."""
        return await in_time.asked(lambda: self._once(call), self._pause)

    async def _once(self, call: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await call()
        except FAULTS as fault:
            if not (is_of_app(fault) and await self._has_another_token()):
                raise unreachable(fault) from None
        try:
            return await call()
        except FAULTS as fault:
            raise unreachable(fault) from None

    async def _has_another_token(self) -> bool:
        """Take the token that is kept now; whether it is another one."""
        try:
            token = await self._token_now() if self._token_now is not None else ""
        except DatabaseTrouble:
            raise Unreachable("the token could not be looked up", permanent=False) from None
        is_another = bool(token) and token != self.web.token
        if is_another:
            self.web.token = token
        return is_another


def _word(found: Any, *way: str | int) -> str:
    """What stands there in an answer. Raises Unreachable where nothing does, as where it only says "ok"."""
    try:
        for step in way:
            found = found[step]
    except FAULTS:
        raise unread() from None
    if not isinstance(found, str) or not found:
        raise unread()
    return found
