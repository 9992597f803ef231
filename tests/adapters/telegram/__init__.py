"""The Telegram channel, beside a strict stand-in of the Bot API on this machine."""
