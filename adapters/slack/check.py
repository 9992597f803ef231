"""What `bot doctor` has to say of Slack: each workspace's token and permissions, the endpoint, where each is mended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from slack_sdk.errors import SlackApiError

from adapters.channels import Finding
from adapters.reachable import reachable
from adapters.slack import manifest
from adapters.slack.client import Client, Installed
from adapters.slack.installations import CHANNEL, found
from adapters.slack.installing import INSTALL_PATH, REDIRECT_PATH, SCOPES
from adapters.slack.opening import PATH, missing
from adapters.slack.settings import SlackSettings
from adapters.slack.why import FAULTS, error_of, unreachable
from adapters.slack.workspace import Workspace
from adapters.workplace import CannotOpen, glanced
from bot.channel import Unreachable
from bot.storage import BrokenKeys, Connection, KeyRing, Unreadable, installations

APPS = "https://api.slack.com/apps"
# https://docs.slack.dev/reference/methods/oauth.v2.access#errors
_NOT_THE_APP = frozenset({"bad_client_secret", "invalid_client_id", "invalid_app_id"})
_NO_SUCH_CODE = "invalid_code"


async def check(settings: SlackSettings) -> Sequence[Finding]:
    """Everything found out; nothing is changed."""
    if lacking := missing(settings):
        return (Finding(lacking, well=False, page=APPS if "SLACK" in lacking else ""),)
    client = Client(settings)
    await client.open()
    try:
        return [one async for one in _found(client, settings)]
    finally:
        await client.close()


async def _found(client: Client, settings: SlackSettings) -> AsyncIterator[Finding]:
    if client.own is not None:
        async for one in _workspace(client.own, APPS):
            yield one
    if settings.slack_client_id:
        async for one in _installed(client, settings):
            yield one
        yield await _secret(client, settings)
        yield Finding(f"Redirect URL, under OAuth & Permissions: {settings.public_url}{REDIRECT_PATH}", None, APPS)
    yield _manifest(settings)
    if settings.slack_events == "socket":
        yield await _socket(client, settings)
        return
    yield await reachable(settings.public_url)
    yield Finding(f"Request URL, in three places of the app's pages: {settings.public_url}{PATH}", None, APPS)


def _manifest(settings: SlackSettings) -> Finding:
    """Whether the checked-in manifest, of which the app is made, asks for what is needed."""
    found = manifest.faults(manifest.shipped(), settings.public_url, socket=settings.slack_events == "socket")
    wrong = "; ".join(found)
    if wrong:
        return Finding(f"adapters/slack/manifest.json: {wrong}", False, APPS)
    return Finding("the manifest asks for what is needed", well=True)


async def _socket(client: Client, settings: SlackSettings) -> Finding:
    """Whether Slack opens a socket for the app's token; none is opened."""
    try:
        await client.web().apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except FAULTS as fault:
        words = f"Slack opens no socket: {unreachable(fault)}; check BOT_SLACK_APP_TOKEN, and that Socket Mode is on"
        return Finding(words, False, APPS)
    return Finding("Slack opens a socket for the app's token", well=True)


async def _secret(client: Client, settings: SlackSettings) -> Finding:
    """Whether Slack takes the app's ID and secret, by a code that it never gave: it looks at those two first."""
    secret = settings.slack_client_secret.get_secret_value()
    error = ""
    try:
        await client.web().oauth_v2_access(client_id=settings.slack_client_id, client_secret=secret, code="none")
    except FAULTS as fault:
        error = error_of(fault) if isinstance(fault, SlackApiError) else ""
        if error in _NOT_THE_APP:
            words = (
                f"Slack does not take BOT_SLACK_CLIENT_ID with BOT_SLACK_CLIENT_SECRET ({error}): nobody can install"
            )
            return Finding(words, False, APPS)
        if error != _NO_SUCH_CODE:
            return Finding(f"the client secret cannot be tried: {unreachable(fault)}", well=False)
    return Finding("Slack takes the app's client ID and secret", well=True)


async def _own_team(client: Client) -> str:
    """The workspace of the token that is a setting, which needs no installing; empty where there is none to be had."""
    with suppress(Unreachable):
        return (await client.own.me()).team if client.own is not None else ""
    return ""


async def _installed(client: Client, settings: SlackSettings) -> AsyncIterator[Finding]:
    """Each workspace that may install it, and each that once did."""
    try:
        kept = await asyncio.to_thread(_kept, settings)
    except (CannotOpen, BrokenKeys, Unreadable) as fault:
        yield Finding(f"what is installed cannot be read: {fault}", well=False)
        return
    own = await _own_team(client)
    for team in settings.slack_teams:
        page = f"{settings.public_url}{INSTALL_PATH}?team={team}"
        if team not in kept and team == own:
            continue
        if team not in kept:
            yield Finding(
                f"not installed in workspace {team} yet; somebody who may do so there opens the page", None, page
            )
            continue
        async for one in _workspace(Workspace(client.web(kept[team].token), asyncio.sleep), page):
            yield one
    for team in sorted(set(kept) - set(settings.slack_teams)):
        yield Finding(f"workspace {team} is not in BOT_SLACK_TEAMS any more, and is refused", well=None)


async def _workspace(there: Workspace, page: str) -> AsyncIterator[Finding]:
    """What there is to say of one workspace. `page` is where the app is installed again."""
    try:
        me = await there.me()
    except Unreachable as fault:
        yield Finding(str(fault), well=False, page=page if "app" in str(fault) else "")
        return
    yield Finding(f"the token is {me.name}'s in workspace {me.team}", well=True)
    lacking = sorted(SCOPES - me.scopes)
    if me.scopes and lacking:
        words = f"not permitted: {', '.join(lacking)}; add them under OAuth & Permissions, then install again"
        yield Finding(words, well=False, page=page)
    elif me.scopes:
        yield Finding("everything it needs is permitted", well=True)


def _kept(settings: SlackSettings) -> dict[str, Installed]:
    """What is installed, by workspace. Raises CannotOpen, BrokenKeys or Unreadable."""

    def work(connection: Connection) -> dict[str, Installed]:
        teams = installations.workspaces(connection, CHANNEL)
        keys = KeyRing.from_file(settings.keys) if teams else None
        looked = ((team, found(connection, keys, team)) for team in teams if keys is not None)
        return {team: one for team, one in looked if one is not None}

    return glanced(settings, work) or {}
