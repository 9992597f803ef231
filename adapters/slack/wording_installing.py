"""What is said on the pages by which a workspace installs the app: Slack's own mechanics, and no conversation."""

from __future__ import annotations

INSTALLED = "The bot is now installed in {name}. You can close this page."
NOT_ON_LIST = (
    "This bot is only for workspaces that its administrator has named, and yours is not among them. "
    "Nothing was kept. Please ask its administrator."
)
HERE_ALREADY = "The bot is in your workspace already, and nothing has changed. You can close this page."
ROTATING = (
    "Slack gave a key that soon ends. Nothing was kept. Its administrator can switch token rotation off "
    "in the app's pages."
)
NOT_ALLOWED = "You did not allow it, so nothing was installed. You can start again here:"
STATE_NO_LONGER = (
    "This page was used before, is more than ten minutes old, or belongs to another browser. "
    "Nothing was installed. Please start again here:"
)
NOT_CONFIRMED = "Slack did not confirm this, so nothing was installed. Please start again here:"
NOT_INSTALLED_NOW = "That did not work just now. Please wait a minute, and start again here:"
