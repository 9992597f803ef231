"""What `bot doctor` has to say of Teams: the settings, Microsoft's keys, the bot's token, and where each is mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

from adapters.channels import Finding
from adapters.reachable import reachable
from adapters.teams.authority import NO_ANSWER, Authority
from adapters.teams.client import http_client
from adapters.teams.opening import PATH, missing
from adapters.teams.package import NotReady, package
from adapters.teams.settings import TeamsSettings
from adapters.teams.signature import Keys
from bot.channel import Unreachable
from bot.loopback import is_loopback

ENTRA = "https://entra.microsoft.com, App registrations"
AZURE = "https://portal.azure.com, the Azure Bot's Configuration"


async def check(settings: TeamsSettings) -> Sequence[Finding]:
    """Everything found out; nothing is changed."""
    if lacking := missing(settings):
        return (Finding(lacking, well=False, page=ENTRA if "Entra" in lacking else ""),)
    if settings.teams_allow_unauthenticated:
        return (Finding("takes anything from this machine without a signature; only to try it", well=None),)
    http = http_client(settings)
    try:
        return [
            one async for one in _found(settings, Keys(settings.teams_metadata_url, http), Authority(settings, http))
        ]
    finally:
        await http.aclose()


async def _found(settings: TeamsSettings, keys: Keys, authority: Authority) -> AsyncIterator[Finding]:
    try:
        await keys.warm()
        yield Finding("Microsoft's keys are there", well=True)
    except Unreachable as fault:
        yield Finding(f"{fault}: check BOT_TEAMS_METADATA_URL and the way out", well=False)
    try:
        await authority.token()
        yield Finding("Microsoft gives the bot a token", well=True)
    except Unreachable as fault:
        # Where nothing answers, no page of Microsoft's can mend it.
        yield Finding(str(fault), well=False, page="" if str(fault) == NO_ANSWER else ENTRA)
    if settings.public_url:
        yield await reachable(settings.public_url)
        yield Finding(f"the messaging endpoint has to be {settings.public_url}{PATH}", None, AZURE)
        yield _package(settings)
    else:
        yield Finding("BOT_PUBLIC_URL is not set: Microsoft calls the bot at its address", well=False, page=AZURE)
    partners = len(settings.teams_allowed_tenants - {settings.teams_tenant_id})
    besides = f" and of {partners} other{'s' if partners > 1 else ''}" if partners else ""
    yield Finding(f"people of its own tenant{besides} may use it", well=None)


def _package(settings: TeamsSettings) -> Finding:
    """Whether the package that an administrator uploads can be made; that a loopback address has none is no fault."""
    try:
        package(settings)
    except NotReady as fault:
        return Finding(f"no package for Teams can be made: {fault}", well=None if _is_here(settings) else False)
    return Finding("the package for Teams can be made: python -m adapters.teams.package FILE", well=True)


def _is_here(settings: TeamsSettings) -> bool:
    return is_loopback(urlsplit(settings.public_url).hostname or "")
