"""An echo bot with microsoft-teams-apps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from microsoft_teams.api import MessageActivityInput
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import App
from microsoft_teams.common import ClientOptions
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.teams.client import CARD
from adapters.teams.opening import PATH
from tests.adapters.teams.microsoft import APP, BOT_TOKEN, TENANT
from tests.bench.ledger import Ledger

NOTED = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Again"}


class Routes:
    """The application's routes, to be served by any server."""

    def __init__(self) -> None:
        self.handlers: dict[str, Any] = {}

    def register_route(self, method: str, path: str, handler: Any) -> None:
        assert method == "POST"
        self.handlers[path] = handler

    def serve_static(self, path: str, directory: str) -> None:
        pass

    async def start(self, port: int) -> None:
        pass

    async def stop(self) -> None:
        pass


def message(text: str) -> MessageActivityInput:
    words = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]}
    again = {"type": "Action.Execute", "verb": "again", "title": "Again", "data": {"press": "again"}}
    body = [words, {"type": "ActionSet", "actions": [again]}]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
    given = {"summary": text, "attachments": [{"contentType": CARD, "content": card}]}
    return MessageActivityInput.model_validate(given)


def app(url: str, ledger: Ledger) -> Starlette:
    async def token(*_: Any) -> str:
        return BOT_TOKEN

    routes = Routes()
    teams = App(
        client_id=APP,
        tenant_id=TENANT,
        token=token,
        http_server_adapter=routes,
        client=ClientOptions(timeout=10),
        cloud=replace(PUBLIC, login_endpoint=url, openid_metadata_url=f"{url}/openidconfiguration"),
        dangerously_allow_unauthenticated_requests=False,
    )

    async def echo(ctx: Any, text: str) -> None:
        id_ = await ledger.taken(ctx.activity.id, ctx.activity.conversation.id, text)
        await ledger.sending(id_)
        await ctx.send(message(text))
        await ledger.sent(id_)

    @teams.on_message
    async def said(ctx: Any) -> None:
        await echo(ctx, ctx.activity.text)

    @teams.on_card_action
    async def pressed(ctx: Any) -> Any:
        await echo(ctx, ctx.activity.value.action.data["press"])
        return NOTED

    async def brought(request: Request) -> Response:
        found = await routes.handlers[PATH]({"body": await request.json(), "headers": dict(request.headers)})
        return JSONResponse(found["body"], found["status"])

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await teams.initialize()
        yield

    return Starlette(routes=[Route(PATH, brought, methods=["POST"])], lifespan=lifespan)
