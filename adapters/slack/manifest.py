"""Whether a manifest asks Slack for what the channel needs, and where its addresses lead; pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.slack.installing import REDIRECT_PATH, SCOPES
from adapters.slack.opening import PATH
from adapters.slack.parse import SHORTCUT

EVENTS = frozenset({"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"})
"""What Slack has to tell of: people's messages and mentions, the app's page, and that the app was taken out."""
_SHIPPED = Path(__file__).with_name("manifest.json")
_PLACEHOLDER = "bot.example.gov.uk"


def shipped() -> dict[str, Any]:
    """The manifest beside this file, where whoever runs the bot puts their own address."""
    return dict(json.loads(_SHIPPED.read_text(encoding="utf-8")))


def faults(manifest: dict[str, Any], public_url: str, *, socket: bool) -> Iterator[str]:
    """What is wrong with a manifest, in a few words each. Over a socket Slack calls no address."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    oauth, events = manifest.get("oauth_config", {}), settings.get("event_subscriptions", {})
    if lacking := SCOPES - set(oauth.get("scopes", {}).get("bot", ())):
        yield f"it does not ask for {', '.join(sorted(lacking))}"
    if lacking := EVENTS - set(events.get("bot_events", ())):
        yield f"it does not subscribe to {', '.join(sorted(lacking))}"
    if SHORTCUT not in {one.get("callback_id") for one in features.get("shortcuts", ())}:
        yield f"it has no message shortcut {SHORTCUT}"
    if not features.get("slash_commands"):
        yield "it has no slash command"
    if socket:
        return
    asked = [events.get("request_url"), settings.get("interactivity", {}).get("request_url")]
    asked += [one.get("url") for one in features.get("slash_commands", ())]
    wanted = [*((one, PATH) for one in asked), *((one, REDIRECT_PATH) for one in oauth.get("redirect_urls", ()))]
    yield from sorted({f"{one} is not {public_url}{path}" for one, path in wanted if not _leads(one, public_url, path)})


def _leads(url: str | None, public_url: str, path: str) -> bool:
    """Whether an address is the bot's, or would be with the bot's own in place of the example."""
    parts = urlsplit(url or "")
    return url == public_url + path or (parts.hostname == _PLACEHOLDER and parts.path == path)
