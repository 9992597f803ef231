"""What `bot doctor` says of signing in: how people do, what to register at the service, and whether it answers."""

from __future__ import annotations

import asyncio

from adapters.settings import Settings
from adapters.web.door import BACK
from adapters.web.entrance import provider_of, warning
from bot.clock import Clock
from bot.people.issuer import entra_tenant

_ENTRA = (
    "Entra ID: add the optional claims email and xms_edov to the ID token; without them only an address in the same "
    "domain as the user name counts"
)


def redirect_address(settings: Settings) -> str:
    """Where the sign-in service sends people back to, to be registered there letter by letter."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return (settings.public_url or f"http://{host}:{settings.port}") + BACK


def notes(settings: Settings) -> tuple[str, ...]:
    """What an administrator should know."""
    if not settings.oidc_issuer:
        return (warning(settings),)
    registered = f"register {redirect_address(settings)} at the sign-in service as the address to send people back to"
    return (registered, _ENTRA) if entra_tenant(settings.oidc_issuer) else (registered,)


def trouble(settings: Settings, clock: Clock) -> str:
    """Why the sign-in service cannot be used; empty where it answers as it should, or none is set up."""
    if not settings.oidc_issuer:
        return ""
    from adapters.web.provider import ProviderTrouble

    try:
        asyncio.run(provider_of(settings).configured(clock()))
    except ProviderTrouble as found:
        return str(found)
    return ""
