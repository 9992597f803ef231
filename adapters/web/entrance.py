"""Puts signing in together from the settings: the door, and the addresses at which people come in and go out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from adapters.settings import Settings
from adapters.web.door import Door
from adapters.web.on_this_machine import only_for_trying
from adapters.web.sign_in import Entry, SignIn
from adapters.web.site import Site
from bot.clock import Clock
from bot.exchange import Exchange
from bot.people.signing_in import Doorkeeper

if TYPE_CHECKING:
    from adapters.web.provider import Provider

FOR_TRYING = (
    "Signing in on the web page is only for trying: anyone at this machine can sign in as anyone. "
    "Set BOT_OIDC_ISSUER for real use, and BOT_PUBLIC_URL before a proxy stands in front."
)
NOT_AT_ALL = "Nobody can sign in on the web page: set BOT_OIDC_ISSUER, BOT_OIDC_CLIENT_ID and BOT_OIDC_CLIENT_SECRET."


def door_of(exchange: Exchange, settings: Settings, site: Site, clock: Clock) -> Door:
    """The door to this installation's pages for people who are signed in."""
    idle, whole = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    keeper = Doorkeeper(exchange.database, exchange.keys, exchange.definitions.area.key, idle, whole)
    return Door(keeper, site, clock, local=only_for_trying(settings))


def entrance(
    door: Door, area: str, settings: Settings, report: Callable[[str], None], entries: Sequence[Entry] = ()
) -> list[BaseRoute]:
    """The addresses for signing in and out, and the home page, which leads to `entries`; `area` is its name."""
    if not settings.oidc_issuer:
        return SignIn(door, area, "", entries).routes()
    # Loaded only where it is used: it takes a third of a second.
    from adapters.web.sign_in_elsewhere import SignInElsewhere

    elsewhere = SignInElsewhere(door, provider_of(settings), area, report)
    return [*SignIn(door, area, settings.oidc_name, entries).routes(), *elsewhere.routes()]


def provider_of(settings: Settings) -> Provider:
    """The sign-in service that is set up."""
    from adapters.web.provider import Provider

    return Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())


def warning(settings: Settings) -> str:
    """What an administrator has to know of signing in when the bot starts; empty where it is set up."""
    if settings.oidc_issuer:
        return ""
    return FOR_TRYING if only_for_trying(settings) else NOT_AT_ALL
