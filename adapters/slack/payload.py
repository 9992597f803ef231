"""What Slack brings, taken out of the body of a request and seen to have its shape; pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from yarl import URL

from adapters.endpoint import json_of

Json = dict[str, Any]
_MOST_FIELDS = 60


class Malformed(Exception):
    """The body is nothing that Slack sends."""


def payload_of(body: bytes, content_type: str) -> Json:
    """The payload of a request: JSON, or a form with one. Raises Malformed."""
    try:
        text = body.decode("utf-8")
        if content_type.partition(";")[0].strip().lower() == "application/json":
            found = json_of(text)
        else:
            fields = _fields(text)
            found = json_of(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(found, dict) or not is_shaped(found):
        raise Malformed
    return found


def _fields(text: str) -> dict[str, str]:
    """The fields of a form; the first of each name. Raises ValueError."""
    if text.count("&") >= _MOST_FIELDS or not all("=" in one for one in text.split("&")):
        raise ValueError("no form that Slack sends")
    # The standard library took a twelfth of a pressed button's whole turn.
    query = URL.build(query_string=text, encoded=True).query
    return {name: query[name] for name in query}


def is_shaped(payload: Json) -> bool:
    """Whether what a payload of its type always has is there; the vendor's library trusts that it is."""
    kind = payload.get("type")
    # It looks for an event in payloads of every type.
    if not isinstance(kind, str | None) or not isinstance(payload.get("event", {}), dict):
        return False
    if kind == "event_callback":
        return "event" in payload
    if kind == "block_actions":
        actions = payload.get("actions")
        return isinstance(actions, list) and bool(actions) and all(isinstance(one, dict) for one in actions)
    return kind != "view_submission" or isinstance(payload.get("view"), dict)


def taken_out_at(payload: Json) -> datetime | None:
    """When the app was taken out of the workspace that an event comes from; None where it was not."""
    event = payload.get("event")
    if payload.get("type") != "event_callback" or not isinstance(event, dict):
        return None
    tokens = event.get("tokens")
    is_revoked = event.get("type") == "tokens_revoked" and isinstance(tokens, dict) and bool(tokens.get("bot"))
    if event.get("type") != "app_uninstalled" and not is_revoked:
        return None
    try:
        return datetime.fromtimestamp(int(payload["event_time"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
