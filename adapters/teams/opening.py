"""Opens the Teams channel: the endpoint where Microsoft brings what people say, and the way back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from adapters.beginning import Beginning
from adapters.beside import stopped
from adapters.channels import Around
from adapters.endpoint import Refused, endpoint, json_object
from adapters.passed_on import was_passed_on
from adapters.teams.authority import Authority
from adapters.teams.channel import Teams
from adapters.teams.client import Client, http_client
from adapters.teams.desk import Desk, References
from adapters.teams.in_time import TEAMS
from adapters.teams.parse import Malformed
from adapters.teams.settings import TeamsSettings
from adapters.teams.signature import Keys, check_service, check_signed, check_tenant
from bot.loopback import is_loopback

PATH = "/api/messages"
_OPENS_EVERYTHING = "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS"
_MOST_BYTES = 256 * 1024


def missing(settings: TeamsSettings) -> str:
    """What is still to be set before the channel can be served; empty where nothing is."""
    if _OPENS_EVERYTHING in os.environ:
        return f"{_OPENS_EVERYTHING} must not be set: it would let anybody speak as anybody"
    if settings.teams_allow_unauthenticated:
        return _not_on_this_machine(settings)
    for name in ("app_id", "tenant_id"):
        if not getattr(settings, f"teams_{name}"):
            return f"BOT_TEAMS_{name.upper()} must be set: Microsoft Entra shows it in the app's overview"
    if settings.teams_identity == "secret" and not settings.teams_client_secret.get_secret_value():
        return "BOT_TEAMS_CLIENT_SECRET must be set, or BOT_TEAMS_IDENTITY=managed where the machine has an identity"
    return ""


def _not_on_this_machine(settings: TeamsSettings) -> str:
    """Why the endpoint may not be without authentication; empty where it may."""
    if not is_loopback(settings.host):
        return "BOT_TEAMS_ALLOW_UNAUTHENTICATED is only for BOT_HOST=127.0.0.1: nobody else may reach it"
    if settings.public_url and not is_loopback(urlsplit(settings.public_url).hostname or ""):
        return "BOT_TEAMS_ALLOW_UNAUTHENTICATED is not for a bot that others reach: BOT_PUBLIC_URL is another host"
    return ""


def opened(around: Around[TeamsSettings]) -> TeamsHere:
    """The channel in this process."""
    return TeamsHere(around)


class TeamsHere:
    """The channel and its endpoint."""

    def __init__(self, around: Around[TeamsSettings]) -> None:
        self._around = around
        self._settings = around.settings
        self._http = http_client(around.settings)
        self._keys = Keys(around.settings.teams_metadata_url, self._http)
        self._authority = Authority(around.settings, self._http)
        client = Client(self._http, self._authority)
        known = References(around.exchange, around.clock)
        app_id = around.settings.teams_app_id
        self.channel = Teams(client, around.exchange.keys, around.exchange.document, known.find, app_id)
        self.desk = Desk(client, around.exchange, known, self.channel.invited, around.clock)
        self._beginning = Beginning("Teams", around.warn)

    def routes(self) -> Sequence[BaseRoute]:
        """The endpoint."""
        return (endpoint(PATH, self._answer, self._around.warn, admitting=self._admit, most=_MOST_BYTES),)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """It can send until the end of the block."""
        try:
            yield
        finally:
            await self._http.aclose()

    @asynccontextmanager
    async def taking(self) -> AsyncIterator[None]:
        """The keys are had before they are needed."""
        try:
            async with self._beginning.going(self._warmed):
                yield
        finally:
            await stopped(self.desk.settled())

    def trouble(self) -> str:
        """What is wrong now; empty where nothing is."""
        return self._beginning.trouble

    def _admit(self, headers: Headers) -> None:
        if self._settings.teams_allow_unauthenticated:
            host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
            elsewhere = "origin" in headers or headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
            if was_passed_on(headers.keys()) or elsewhere or not is_loopback(host):
                raise Refused(403)
        elif not headers.get("authorization", "").casefold().startswith("bearer "):
            raise Refused(401)

    async def _answer(self, request: Request, body: bytes) -> Response:
        payload = json_object(body)
        try:
            with TEAMS.answering():
                await self._verify(request, payload)
                answer = await self.desk.take(payload)
        except Malformed:
            raise Refused(400) from None
        return Response(status_code=200) if answer is None else JSONResponse(answer)

    async def _verify(self, request: Request, payload: dict[str, object]) -> None:
        if self._settings.teams_allow_unauthenticated:
            if request.client is None or not is_loopback(request.client.host):
                raise Refused(403)
        else:
            await check_signed(request.headers["authorization"], payload, self._keys, self._settings.teams_app_id)
            check_tenant(payload, self._settings)
        check_service(payload, self._settings)

    async def _warmed(self) -> None:
        """Fetch what later would be waited for: Microsoft's keys and the bot's own token."""
        if not self._settings.teams_allow_unauthenticated:
            await self._keys.warm()
            await self._authority.token()
