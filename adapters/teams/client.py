"""Talks to the Bot Connector with the vendor's own client: writes messages, changes them, opens a personal chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit
from warnings import filterwarnings

import httpx
from microsoft_teams.api.activities.message.message import MessageActivityInput
from microsoft_teams.api.activities.sent_activity import SentActivity
from microsoft_teams.api.clients.conversation.client import ConversationClient
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models.account import Account
from microsoft_teams.api.models.attachment.attachment import Attachment
from microsoft_teams.common.experimental import ExperimentalWarning
from microsoft_teams.common.http import Client as HttpClient
from microsoft_teams.common.http import ClientOptions

from adapters.connections import Connections
from adapters.patience import Pause
from adapters.teams.authority import Authority
from adapters.teams.in_time import TEAMS
from adapters.teams.place import Reference, is_id
from adapters.teams.settings import TeamsSettings
from adapters.teams.why import UNREAD, is_kept, unreachable
from bot.channel import Unreachable
from bot.loopback import is_loopback

CARD = "application/vnd.microsoft.card.adaptive"
T = TypeVar("T")
ANSWER_WITHIN_SECONDS = 12.0
_CONNECTIONS = 32
_MADE_UP = "DO_NOT_USE_PLACEHOLDER_ID"


def http_client(
    settings: TeamsSettings, within: float = ANSWER_WITHIN_SECONDS, *, keep_open: bool = True
) -> httpx.AsyncClient:
    """A client that waits for nothing without end, and reaches this machine without a proxy."""
    here = is_loopback(urlsplit(settings.teams_authority_url).hostname or "")
    trying = here or bool(settings.teams_allow_unauthenticated)
    transport = Connections(_CONNECTIONS, trust_env=not trying, keep_open=keep_open)
    return httpx.AsyncClient(timeout=within, transport=transport, trust_env=not trying, follow_redirects=False)


class Client:
    """Writes to conversations. Every method raises Unreachable."""

    def __init__(self, http: httpx.AsyncClient, authority: Authority, pause: Pause = asyncio.sleep) -> None:
        self._http = http
        self._authority = authority
        self._pause = pause

    async def write(self, to: Reference, conversation: str, attachment: dict[str, Any], summary: str) -> str:
        """Send a message with one attachment; its id."""
        message = _message(attachment, summary)
        return await self._asked(to, lambda api: _written(api, conversation, message))

    async def write_to_one(self, to: Reference, conversation: str, attachment: dict[str, Any], summary: str) -> str:
        """Send a message that one person of a group alone sees there; its id."""
        filterwarnings("ignore", ".*create_targeted is in preview", ExperimentalWarning)
        filterwarnings("ignore", ".*is_targeted parameter", ExperimentalWarning)
        message = _message(attachment, summary).with_recipient(Account(id=to.person), is_targeted=True)
        return await self._asked(to, lambda api: _written_to_one(api, conversation, message))

    async def rewrite(self, to: Reference, conversation: str, message: str, card: dict[str, Any], summary: str) -> None:
        """Put another card in place of one that was sent."""
        changed = _message({"content_type": CARD, "content": card}, summary)
        await self._asked(to, lambda api: api.update_activity(conversation, message, changed))

    async def personal_chat(self, to: Reference) -> str:
        """The conversation with somebody alone, opened if there is none; not where the app is not installed."""
        wanted = CreateConversationParams(
            members=[Account(id=to.person)], tenant_id=to.tenant, channel_data={"tenant": {"id": to.tenant}}
        )
        found = await self._asked(to, lambda api: api.create(wanted))
        if not is_id(found.id):
            raise Unreachable("Teams named no conversation", permanent=True)
        return found.id

    async def upload(self, url: str, content: bytes) -> None:
        """Put a document where Teams said; without the bot's token, which is nobody else's business."""
        headers = {
            "Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}",
            "Content-Type": "application/octet-stream",
        }

        async def put() -> None:
            try:
                answer = (await self._http.put(url, content=content, headers=headers)).raise_for_status()
            except httpx.HTTPError as fault:
                raise unreachable(fault) from None
            if not is_kept(answer):
                raise Unreachable(UNREAD, permanent=False, may_have_arrived=True)

        await TEAMS.asked(put, self._pause)

    async def _asked(self, to: Reference, call: Callable[[ConversationClient], Awaitable[T]]) -> T:
        """What the service answers; a short pause that it wants is waited out, a token that it refuses replaced."""

        async def once() -> T:
            token = await self._authority.token()
            try:
                return await call(self._api(to, token))
            except httpx.HTTPStatusError as fault:
                if fault.response.status_code != 401:
                    raise
                self._authority.drop(token)
            return await call(self._api(to, await self._authority.token()))

        async def sorted_() -> T:
            try:
                return await once()
            except httpx.HTTPError as fault:
                raise unreachable(fault) from None
            except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as fault:
                raise Unreachable(UNREAD, permanent=False, may_have_arrived=True) from fault

        return await TEAMS.asked(sorted_, self._pause)

    def _api(self, to: Reference, token: str) -> ConversationClient:
        level = logging.getLogger("httpx").level
        http = HttpClient(ClientOptions(timeout=ANSWER_WITHIN_SECONDS, token=token or None), _http=self._http)
        # The vendor's client lowers this logger's level; other channels' tokens would be logged.
        logging.getLogger("httpx").setLevel(level)
        return ConversationClient(to.service, http)


async def _written(api: ConversationClient, conversation: str, message: MessageActivityInput) -> str:
    return _id_of(await api.create_activity(conversation, message))


async def _written_to_one(api: ConversationClient, conversation: str, message: MessageActivityInput) -> str:
    return _id_of(await api.create_targeted_activity(conversation, message))


def _id_of(sent: SentActivity) -> str:
    """The id of what was sent. The library makes one up where it was told none, as by a filter on the way."""
    if sent.id == _MADE_UP:
        raise ValueError("no id")
    return sent.id


def _message(attachment: dict[str, Any], summary: str) -> MessageActivityInput:
    # The library's own type has no name for the summary, and passes it on.
    return MessageActivityInput.model_validate({"summary": summary, "attachments": [Attachment(**attachment)]})
