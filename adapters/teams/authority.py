"""The bot's own token: asked of Microsoft when there is none, kept until shortly before it ends, and of a bounded wait.

It is asked for here and not by the vendor's library, which waits for it without end and on the event loop's own time.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx

from adapters.teams.settings import TeamsSettings
from bot.channel import Unreachable

SCOPE = "https://api.botframework.com"
ANSWER_WITHIN_SECONDS = 10
_EARLIER_SECONDS = 300
NO_ANSWER = "Microsoft does not answer for a token: check BOT_TEAMS_AUTHORITY_URL and the way out"


class Authority:
    """Gives the token. Every method raises Unreachable."""

    def __init__(self, settings: TeamsSettings, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._http = http
        self._token = ""
        self._ends = 0.0
        self._asking = asyncio.Lock()

    async def token(self) -> str:
        """A token that is good for a while."""
        if self._settings.teams_allow_unauthenticated and not self._settings.teams_app_id:
            return ""
        async with self._asking:
            if time.monotonic() >= self._ends:
                try:
                    async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                        await self._ask()
                except (TimeoutError, httpx.HTTPError):
                    raise Unreachable(NO_ANSWER, permanent=False) from None
            return self._token

    def drop(self, token: str) -> None:
        """Let go of a token that was refused."""
        if token == self._token:
            self._ends = 0.0

    async def _ask(self) -> None:
        managed = self._settings.teams_identity == "managed"
        found = await (asyncio.to_thread(self._from_machine) if managed else self._from_service())
        token, lasts = found.get("access_token"), found.get("expires_in", 0)
        if not isinstance(token, str) or not token:
            raise Unreachable("Microsoft does not know the bot: check its ID, tenant and secret", permanent=False)
        self._token = token
        lasting = int(lasts) if str(lasts).isdigit() else 0
        self._ends = time.monotonic() + max(lasting - _EARLIER_SECONDS, lasting / 2)

    async def _from_service(self) -> dict[str, Any]:
        settings = self._settings
        answer = await self._http.post(
            f"{settings.teams_authority_url}/{settings.teams_tenant_id}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials",
                "client_id": settings.teams_app_id,
                "client_secret": settings.teams_client_secret.get_secret_value(),
                "scope": f"{SCOPE}/.default",
            },
        )
        if answer.status_code == 429 or answer.status_code >= 500:
            raise Unreachable("Microsoft gives no token for now", permanent=False)
        return _object(answer)

    def _from_machine(self) -> dict[str, Any]:
        # Imported late: only a machine with an identity of its own needs it.
        from adapters.teams.machine_identity import token_of_this_machine

        return token_of_this_machine(self._settings.teams_app_id, SCOPE, ANSWER_WITHIN_SECONDS)


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
