"""What the vendor's installing keeps with us: tokens by workspace, sealed, and states that are good once."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack import wording_installing
from adapters.slack.client import Client, Installed
from adapters.slack.parse import Me
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS
from bot.clock import Clock
from bot.exchange import Exchange
from bot.storage import Connection, Database, KeyRing, installations

CHANNEL = "slack"
STATE_LASTS = timedelta(minutes=10)


class Declined(BoltError):
    """What was installed is not kept: words for whoever installed it, and the status they go with."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words, self.status = words, status


class Kept:
    """The installations in the database; of those only what is on the list of workspaces is ever found."""

    def __init__(self, database: Database, keys: KeyRing, allowed: tuple[str, ...]) -> None:
        self._database = database
        self._keys = keys
        self._allowed = allowed

    def allows(self, team: str) -> bool:
        """Whether a workspace is on the list."""
        return team in self._allowed

    async def has(self, team: str) -> bool:
        """Whether it is installed in a workspace, also in one that has been taken off the list since."""
        return team in await self._database.run(lambda c: installations.workspaces(c, CHANNEL))

    async def find(self, team: str) -> Installed | None:
        """What is installed in a workspace; None where nothing is, or it is not on the list."""
        return await self._database.run(lambda c: found(c, self._keys, team)) if self.allows(team) else None

    async def keep(self, installed: Installed, at: datetime) -> None:
        """Keep what is installed in a workspace, in place of what was kept before."""
        me = installed.me
        body = json.dumps({"token": installed.token, "user": me.user, "bot": me.bot, "name": me.name})
        await self._database.run(lambda c: installations.keep(c, self._keys, CHANNEL, me.team, body, at))

    async def forget(self, team: str, at: datetime) -> None:
        """Forget the token of a workspace that the app was taken out of at that moment."""
        await self._database.run(lambda c: installations.forget(c, CHANNEL, team, at))


def found(connection: Connection, keys: KeyRing, team: str) -> Installed | None:
    """What is installed in a workspace."""
    body = installations.find(connection, keys, CHANNEL, team)
    if body is None:
        return None
    kept = json.loads(body)
    return Installed(Me(team, kept["user"], kept["bot"], kept["name"]), kept["token"])


class Installations(AsyncInstallationStore):
    """Where the vendor's installing leaves what it was given. Nothing is kept of whoever installed it."""

    def __init__(self, kept: Kept, client: Client, settings: SlackSettings, clock: Clock) -> None:
        self._kept = kept
        self._client = client
        self._settings = settings
        self._clock = clock

    async def async_save(self, installation: Installation) -> None:
        """Keep it. Raises Declined where the workspace is not on the list, or the token would soon be good no more.

        Raises Unreachable where it is not known whether the workspace is the bot's own.
        """
        team, token = installation.team_id or "", installation.bot_token or ""
        if installation.is_enterprise_install:
            # Which workspaces it is for is not said: the bot's own may be one of them.
            raise Declined(wording_installing.NOT_ON_LIST, 403)
        if not self._kept.allows(team):
            if await self._speaks_in(team):
                raise Declined(wording_installing.HERE_ALREADY, 403)
            await self._take_out(token)
            raise Declined(wording_installing.NOT_ON_LIST, 403)
        if installation.bot_refresh_token or not token:
            raise Declined(wording_installing.ROTATING, 400)
        me = Me(team, installation.bot_user_id or "", installation.bot_id or "", installation.team_name or "")
        await self._kept.keep(Installed(me, token), self._clock())
        self._client.forget(team)

    async def _speaks_in(self, team: str) -> bool:
        """Whether the bot has a token of this workspace besides the one that it was given just now."""
        own = self._client.own
        return await self._kept.has(team) or (own is not None and (await own.me()).team == team)

    async def _take_out(self, token: str) -> None:
        """Slack has put the app into somebody else's workspace already: it is taken out again.

        This ends every token of the app there, so never where the bot speaks by one. `auth.revoke` is no milder way:
        it puts the app's own user out of every channel there, and Slack may give the same token a second time.
        """
        with suppress(*FAULTS):
            await self._client.web(token).apps_uninstall(
                client_id=self._settings.slack_client_id,
                client_secret=self._settings.slack_client_secret.get_secret_value(),
            )


class States(AsyncOAuthStateStore):
    """What a browser is given when it begins to install, and brings back once."""

    def __init__(self, exchange: Exchange, clock: Clock) -> None:
        self._exchange = exchange
        self._clock = clock

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new state."""
        keys, at = self._exchange.keys, self._clock()
        return await self._exchange.database.run(lambda c: installations.begin(c, keys, CHANNEL, at, STATE_LASTS))

    async def async_consume(self, state: str) -> bool:
        """Use a state up; whether it was good."""
        keys, at = self._exchange.keys, self._clock()
        return await self._exchange.database.run(lambda c: installations.spend(c, keys, CHANNEL, state, at))
