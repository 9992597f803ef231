"""Whether a request comes from this very machine, as the sign-in for trying the bot asks."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from adapters.passed_on import was_passed_on
from adapters.settings import Settings
from bot.loopback import is_loopback


def only_for_trying(settings: Settings) -> bool:
    """Whether the settings allow signing in as anyone: served on this machine only, with no sign-in service set up."""
    return not settings.public_url and not settings.oidc_issuer and is_loopback(settings.host)


def came_by_itself(request: Request) -> bool:
    """Whether a request was sent from this machine, to it by its own address, and passed on by nobody."""
    # Proxies that say nothing of themselves mostly still speak the older protocol, and no browser does.
    is_browsers = request.scope.get("http_version", "1.1") != "1.0"
    sent_from = request.client.host if request.client else ""
    # By its own address: a page of another site may give this machine a name of its own, and then read what we answer.
    return (
        is_browsers
        and not was_passed_on(request.headers.keys())
        and is_loopback(sent_from)
        and is_loopback(host_of(request))
    )


def host_of(request: Request) -> str:
    """The host that was asked for, without its port; empty where that cannot be read."""
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""
