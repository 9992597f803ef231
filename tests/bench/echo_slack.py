"""An echo bot with slack-bolt."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack.opening import PATH
from tests.adapters.slack.house import SECRET
from tests.adapters.slack.web_api import BOT, BOT_USER, TEAM, TOKEN
from tests.bench.ledger import Ledger

BUTTON = {"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}, "value": "again"}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]


def app(url: str, ledger: Ledger) -> Starlette:
    client = AsyncWebClient(base_url=url)
    client.proxy = None

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=BOT_USER, bot_id=BOT, bot_token=TOKEN)

    bolt = AsyncApp(client=client, signing_secret=SECRET, authorize=authorize)

    async def echo(event: str, channel: str, text: str) -> None:
        id_ = await ledger.taken(event, channel, text)
        await ledger.sending(id_)
        await client.chat_postMessage(
            token=TOKEN, channel=channel, text=text, blocks=BLOCKS, unfurl_links=False, unfurl_media=False
        )
        await ledger.sent(id_)

    @bolt.event("message")
    async def said(body: dict[str, Any], event: dict[str, Any]) -> None:
        await echo(body["event_id"], event["channel"], event["text"])

    @bolt.action(re.compile("."))
    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await echo(body["trigger_id"], body["channel"]["id"], body["actions"][0]["value"])

    handler = AsyncSlackRequestHandler(bolt)

    async def brought(request: Request) -> Response:
        return await handler.handle(request)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Kept open, as any bot with more to say than an example would keep them.
        async with aiohttp.ClientSession() as client.session:
            yield

    return Starlette(routes=[Route(PATH, brought, methods=["POST"])], lifespan=lifespan)
