"""Why Slack did not take something, in one line, and whether trying again can help."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.channel import LONGEST_PAUSE, Unreachable

# Slack says "not now" by these; in the last three it does not say whether anything came of it.
_BUSY = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org", "message_limit_exceeded"})
_IN_DOUBT = frozenset({"internal_error", "fatal_error", "request_timeout"})
# These are about the app, and an administrator mends them.
_APP = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type", "not_authed"}
    | {"token_expired", "token_revoked", "ekm_access_denied", "team_access_not_granted"}
)
_PLACE = frozenset(
    {"channel_not_found", "is_archived", "not_in_channel", "user_not_found", "user_disabled", "user_not_in_channel"}
    | {"cannot_dm_bot", "restricted_action", "user_not_visible", "users_not_found", "is_bot", "messages_tab_disabled"}
)
_SHORTEST_PAUSE = timedelta(seconds=1)
# The vendor's client takes every answer for an object, and lets what comes of any other out as it is.
_UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
UNSENT = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""Everything that can be raised where something could not be sent."""
FAULTS = (*UNSENT, *_UNREADABLE)
"""Everything a call can raise."""


_UNREAD = "Slack answered what cannot be read: check what stands between it and this machine"
_NOT_REACHED = "Slack cannot be reached: check this machine's way out, and BOT_SLACK_API_URL"


def unreachable(fault: Exception) -> Unreachable:
    """The fault sorted. No line repeats what Slack said of a person or a message."""
    if isinstance(fault, SlackApiError):
        return _refused(fault)
    if isinstance(fault, aiohttp.ClientConnectorError):
        return Unreachable(_NOT_REACHED, permanent=False)
    if not isinstance(fault, UNSENT):
        return unread()
    return Unreachable("Slack did not answer", permanent=False, may_have_arrived=True)


def unread() -> Unreachable:
    """An answer was cut, or is that of a filter on the way."""
    return Unreachable(_UNREAD, permanent=False, may_have_arrived=True)


def is_of_app(fault: Exception) -> bool:
    """Whether Slack refuses the app or its token, whatever it was asked."""
    return isinstance(fault, SlackApiError) and error_of(fault) in _APP


def error_of(fault: SlackApiError) -> str:
    """Slack's own word for what is wrong; empty where it gave none.

    A filter on the way may give one too, but Slack says with it that it is not "ok".
    """
    data = getattr(fault.response, "data", None)
    error = data.get("error") if isinstance(data, dict) and data.get("ok") is False else None
    return error if isinstance(error, str) else ""


def _refused(fault: SlackApiError) -> Unreachable:
    status = getattr(fault.response, "status_code", getattr(fault.response, "status", 0))
    error = error_of(fault)
    if status == 429 or error in _BUSY:
        method = str(getattr(fault.response, "api_url", "")).rpartition("/")[2]
        return Unreachable("Slack wants less for now", permanent=False, retry_after=_pause(fault), limit=method)
    if status >= 500 or error in _IN_DOUBT:
        return Unreachable("Slack had a fault of its own", permanent=False, may_have_arrived=True)
    if not error:
        return unread()  # Slack always says what is wrong
    if error in _APP:
        return Unreachable(f"Slack refused the app ({error})", permanent=True, of_app=True)
    if error in _PLACE:
        return Unreachable("there is no such person or channel, or it takes no messages", permanent=True)
    return Unreachable("Slack refused the message", permanent=True)


def _pause(fault: SlackApiError) -> timedelta:
    headers = getattr(fault.response, "headers", {}) or {}
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    if not str(found).isdecimal():
        return _SHORTEST_PAUSE
    return timedelta(seconds=min(int(found), LONGEST_PAUSE.total_seconds()))
