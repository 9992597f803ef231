"""How long Telegram is waited for while it waits itself, of which it says nothing."""

from __future__ import annotations

from adapters.in_time import InTime

# Telegram brings a chat's updates again until they are taken, and calls over so many connections at most: a longer
# pause would keep one from others. https://core.telegram.org/bots/api#setwebhook
TELEGRAM = InTime("Telegram", 10.0, pauses=2.0)
