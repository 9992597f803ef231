"""What is said in the windows over Slack that only Slack's own limits make necessary."""

from __future__ import annotations

TOO_LONG_TO_TAKE = (
    "That message is too long for this window, so it is not copied here. "
    "Please write what happened yourself, in general words."
)
