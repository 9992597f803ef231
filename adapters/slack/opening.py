"""Opens the Slack channel: the endpoint, where signature and time are checked first, and the way out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from adapters.beginning import Beginning
from adapters.beside import stopped
from adapters.channels import Around
from adapters.endpoint import Refused, endpoint
from adapters.slack import in_time
from adapters.slack.channel import Slack
from adapters.slack.client import Client
from adapters.slack.desk import Desk
from adapters.slack.installations import Kept
from adapters.slack.installing import Installing
from adapters.slack.payload import Malformed, payload_of, taken_out_at
from adapters.slack.settings import SlackSettings
from adapters.slack.socket import Socket
from bot.clock import Clock

PATH = "/slack/events"
_STAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_OF_NO_TEAM = "url_verification"
_WORKSPACE = "workspace"
"""By this name the vendor's application hands the workspace on."""


def missing(settings: SlackSettings) -> str:
    """What has to be set besides, in one line; empty where nothing has."""
    if not settings.slack_bot_token.get_secret_value() and not settings.slack_client_id:
        return "set BOT_SLACK_BOT_TOKEN to the app's Bot User OAuth Token"
    if settings.slack_client_id and not settings.public_url:
        return "set BOT_PUBLIC_URL, where workspaces install the bot"
    if settings.slack_events == "socket":
        has_token = bool(settings.slack_app_token.get_secret_value())
        return "" if has_token else "set BOT_SLACK_APP_TOKEN to an app-level token with connections:write"
    if not settings.slack_signing_secret.get_secret_value():
        return "set BOT_SLACK_SIGNING_SECRET to the app's Signing Secret"
    if not settings.public_url:
        return "set BOT_PUBLIC_URL, where Slack brings what people say; or BOT_SLACK_EVENTS=socket"
    return ""


def opened(around: Around[SlackSettings]) -> OpenedSlack:
    """The channel in this process."""
    return OpenedSlack(around)


class OpenedSlack:
    """Slack in this process."""

    def __init__(self, around: Around[SlackSettings]) -> None:
        settings, exchange = around.settings, around.exchange
        self._kept = Kept(exchange.database, exchange.keys, settings.slack_teams) if settings.slack_client_id else None
        self._client = Client(settings, look=self._kept.find if self._kept is not None else None)
        self._installing = Installing(around, self._client, self._kept) if self._kept is not None else None
        self._around = around
        self._beginning = Beginning("Slack", around.warn)
        self.channel = Slack(self._client, around.exchange.keys, around.exchange.document)
        self.desk = Desk(self.channel, around.exchange, around.clock)
        self._app = app_of(self.desk, settings.slack_api_url)
        self._socket = Socket(settings, self._handled, around.warn) if settings.slack_events == "socket" else None

    def routes(self) -> Sequence[BaseRoute]:
        """Where workspaces install it, and where Slack brings everything if that does not come over the socket."""
        pages = self._installing.routes() if self._installing is not None else []
        if self._socket is not None:
            return pages
        checks = verifier(self._around.settings.slack_signing_secret.get_secret_value(), self._around.clock)

        async def answer(request: Request, body: bytes) -> Response:
            verify(checks, request.headers, body)
            try:
                payload = payload_of(body, request.headers.get("content-type", ""))
            except Malformed:
                raise Refused(400) from None
            return _response(await self._handled(payload))

        return [endpoint(PATH, answer, self._around.warn, admitting=admit), *pages]

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """It can send until the end of the block."""
        await self._client.open()
        try:
            yield
        finally:
            await stopped(self.desk.settled())
            await self._client.close()

    @asynccontextmanager
    async def taking(self) -> AsyncIterator[None]:
        """It takes what people say until the end of the block; who the app is, is asked for at once."""
        async with AsyncExitStack() as stack:
            if self._client.own is not None:
                await stack.enter_async_context(self._beginning.going(self._client.own.me))
            if self._socket is not None:
                await stack.enter_async_context(self._socket.running())
            yield

    def trouble(self) -> str:
        """What is wrong with it now."""
        return (self._socket.trouble if self._socket is not None else "") or self._beginning.trouble

    async def _handled(self, payload: dict[str, Any]) -> BoltResponse:
        """What is signed, or came over the bot's own socket, handled in time. Raises Refused."""
        with in_time.answering():
            return await self._dispatched(payload)

    async def _dispatched(self, payload: dict[str, Any]) -> BoltResponse:
        # It goes in as from a socket also where it did not: it is verified and parsed no second time.
        request = _request(payload)
        if payload.get("type") == _OF_NO_TEAM or payload.get("ssl_check") == "1":
            return await self._app.async_dispatch(request)
        team = request.context.team_id
        if not isinstance(team, str):
            raise Refused(403)
        if self._kept is not None and self._kept.allows(team) and (at := taken_out_at(payload)) is not None:
            await self._kept.forget(team, at)
            self._client.forget(team)
            return BoltResponse(status=200)
        there = await self._client.find(team)
        if there is None:
            raise Refused(403)
        request.context[_WORKSPACE] = there
        return await self._app.async_dispatch(request)


def app_of(desk: Desk, api_url: str) -> AsyncApp:
    """The vendor's application: it knows the workspace and its checks of an address; the desk does the rest."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        there = context[_WORKSPACE]
        me = await there.me()
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot, bot_token=there.web.token
        )

    async def take(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        try:
            answer = await desk.take(body, context[_WORKSPACE])
        except Malformed:
            raise Refused(400) from None
        return BoltResponse(status=200, body=answer if answer is not None else "")

    async def fault(error: Exception) -> None:
        raise error

    app = AsyncApp(
        name="safeguarding-bot",
        client=AsyncWebClient(base_url=api_url),
        authorize=authorize,
        signing_secret="",
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        process_before_response=True,
    )
    app.use(take)
    app.error(fault)
    return app


def admit(headers: Headers) -> None:
    """Refuse what is not even signed before a byte of it is read."""
    stamp = headers.get(_STAMP, "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13) or not headers.get(_SIGNATURE):
        raise Refused(401)


def verify(verifier: SignatureVerifier, headers: Headers, body: bytes) -> None:
    """Refuse what Slack did not sign just now."""
    try:
        is_valid = verifier.is_valid(body, headers.get(_STAMP), headers.get(_SIGNATURE))
    except (ValueError, TypeError):
        # Not UTF-8, or a signature that is not ASCII: Slack signs neither.
        raise Refused(400) from None
    if not is_valid:
        raise Refused(401)


def verifier(secret: str, clock: Clock) -> SignatureVerifier:
    """Checks signatures, with the time as this process has it."""

    class Now(SignatureClock):
        """The vendor's clock, kept by ours."""

        def now(self) -> float:
            return clock().timestamp()

    return SignatureVerifier(secret, Now())


def _request(payload: dict[str, Any]) -> AsyncBoltRequest:
    """The payload as the vendor's application takes it; it looks into it while it is made."""
    try:
        return AsyncBoltRequest(mode="socket_mode", body=payload)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise Refused(400) from None


def _response(answered: BoltResponse) -> Response:
    if not answered.body:
        return PlainTextResponse("", answered.status)
    kind = (answered.headers.get("content-type") or [""])[0]
    if kind.startswith("application/json"):
        return Response(answered.body, answered.status, media_type="application/json")
    return PlainTextResponse(answered.body, answered.status)
