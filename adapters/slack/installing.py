"""Lets the workspaces on the list install the app themselves: Slack's own steps in the browser of whoever does it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urljoin

from slack_bolt import BoltResponse
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.channels import Around
from adapters.slack import wording_installing
from adapters.slack.client import Client
from adapters.slack.installations import STATE_LASTS, Declined, Installations, Kept, States
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS
from adapters.styled_words import one_line
from bot.channel import Unreachable
from bot.storage import DatabaseTrouble

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
SCOPES = frozenset({"app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write"})
"""What the app has to be permitted: no more than the checked-in manifest asks for."""
_KEPT_BY_NOBODY = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# The vendor's steps write the code that Slack gave into their log.
_SILENT = logging.Logger("slack installing", logging.CRITICAL + 1)

Step = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Installing:
    """The two addresses: where installing begins, and where Slack sends the browser back to."""

    def __init__(self, around: Around[SlackSettings], client: Client, kept: Kept) -> None:
        self._warn = around.warn
        self._kept = kept
        self.begins_at = around.settings.public_url + INSTALL_PATH
        self._flow = AsyncOAuthFlow(client=client.web(), logger=_SILENT, settings=self._settings(around, client))

    def routes(self) -> list[Route]:
        """Both addresses."""
        return [
            Route(INSTALL_PATH, self._begin, methods=["GET"]),
            Route(REDIRECT_PATH, self._come_back, methods=["GET"]),
        ]

    def _settings(self, around: Around[SlackSettings], client: Client) -> AsyncOAuthSettings:
        settings = around.settings
        return AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=sorted(SCOPES),
            user_scopes=[],
            redirect_uri=settings.public_url + REDIRECT_PATH,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            # The vendor's page would fetch a picture from elsewhere.
            install_page_rendering_enabled=False,
            callback_options=AsyncCallbackOptions(self._installed, self._failed),
            authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
            installation_store=Installations(self._kept, client, settings, around.clock),
            state_store=States(around.exchange, around.clock),
            state_expiration_seconds=int(STATE_LASTS.total_seconds()),
            logger=_SILENT,
        )

    async def _begin(self, request: Request) -> Response:
        if not all(self._kept.allows(team) for team in request.query_params.getlist("team")):
            return _page(wording_installing.NOT_ON_LIST, 403)
        return await self._stepped(request, self._flow.handle_installation)

    async def _come_back(self, request: Request) -> Response:
        return await self._stepped(request, self._flow.handle_callback)

    async def _stepped(self, request: Request, step: Step) -> Response:
        """One of the vendor's steps. What is wrong is told in a line without its words, which may hold a code."""
        try:
            response = to_starlette_response(await step(to_async_bolt_request(request, b"")))
        except (DatabaseTrouble, Unreachable, *FAULTS) as fault:
            self._warn(f"slack: the app could not be installed for now ({type(fault).__name__}).")
            response = _page(f"{wording_installing.NOT_INSTALLED_NOW} {self.begins_at}", 503)
        except Exception as fault:
            self._warn(f"slack: the app could not be installed ({type(fault).__name__}).")
            response = _page(f"{wording_installing.NOT_INSTALLED_NOW} {self.begins_at}", 500)
        response.headers.update(_KEPT_BY_NOBODY)
        return response

    async def _installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        name = one_line(args.installation.team_name or args.installation.team_id or "")
        return _answer(wording_installing.INSTALLED.format(name=name), 200, args)

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        if isinstance(args.error, Declined):
            return _answer(args.error.words, args.error.status, args)
        words = _WHY.get(args.reason, wording_installing.NOT_CONFIRMED)
        return _answer(f"{words} {self.begins_at}", args.suggested_status_code, args)


_WHY = {
    "access_denied": wording_installing.NOT_ALLOWED,
    "invalid_browser": wording_installing.STATE_NO_LONGER,
    "invalid_state": wording_installing.STATE_NO_LONGER,
}


def _answer(words: str, status: int, args: AsyncSuccessArgs | AsyncFailureArgs) -> BoltResponse:
    """A page as the vendor's steps give it, with which the browser lets go of its state."""
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/plain; charset=utf-8",
        "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=f"{words}\n", headers=headers)


def _page(words: str, status: int) -> Response:
    return PlainTextResponse(f"{words}\n", status, _KEPT_BY_NOBODY)
