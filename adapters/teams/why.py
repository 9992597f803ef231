"""Why Teams did not take a message, in one line, and whether trying again can help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.channel import Unreachable

# Nothing had left this machine yet.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
# What Microsoft says may be sent again.
_AGAIN = {408, 412, 425, 429, 502, 503, 504}
# A proxy wants whoever passes it to sign in: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8
_OF_A_PROXY = 407
_PERMANENT = {
    403: "the app is not installed for the person, or they have blocked it",
    404: "the conversation is gone",
    413: "Teams finds the message too long",
}
UNREAD = "Teams answered what cannot be read: check what stands between it and this machine"


def unreachable(fault: httpx.HTTPError) -> Unreachable:
    """The fault sorted. No line repeats what Microsoft said of a person or a message."""
    if isinstance(fault, httpx.HTTPStatusError):
        return _refused(fault.response)
    if isinstance(fault, _NOT_SENT):
        return Unreachable("Teams cannot be reached", permanent=False)
    return Unreachable("Teams did not answer", permanent=False, may_have_arrived=True)


def _refused(response: httpx.Response) -> Unreachable:
    status = response.status_code
    if status in _AGAIN:
        return Unreachable("Teams wants less for now", permanent=False, retry_after=pause_of(response))
    if status == 401 and "text/html" not in response.headers.get("content-type", ""):
        # This is mended in the settings, and then the same message goes.
        return Unreachable("Teams does not take the bot's token: check BOT_TEAMS_APP_ID", permanent=False, of_app=True)
    if status >= 500:
        return Unreachable("Teams failed", permanent=False, may_have_arrived=True)
    if response.is_redirect or status == _OF_A_PROXY or not _is_microsofts(response):
        return Unreachable(UNREAD, permanent=False, may_have_arrived=True)
    return Unreachable(_PERMANENT.get(status, "Teams refused the message"), permanent=True)


def is_kept(answer: httpx.Response) -> bool:
    """Whether the store of files says that it has a file; a filter on the way may say only that all is well.

    https://learn.microsoft.com/graph/api/driveitem-createuploadsession#completing-a-file
    """
    return isinstance(_object(answer).get("id"), str)


def _is_microsofts(response: httpx.Response) -> bool:
    """Whether a refusal is in the shape of the service's own; anything else is that of a filter on the way.

    https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#errorresponse-object
    """
    error = _object(response).get("error")
    return isinstance(error, dict) and isinstance(error.get("code"), str)


def _object(response: httpx.Response) -> dict[str, Any]:
    """What was answered; empty where it is no object."""
    try:
        found: Any = response.json()
    except (RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def pause_of(response: httpx.Response) -> timedelta | None:
    """For how long Teams wants nothing more, in seconds or until a moment, as it may say either."""
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit() and len(told) < 8:
        return timedelta(seconds=int(told))
    try:
        until = parsedate_to_datetime(told) - datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return max(until, timedelta(0))
