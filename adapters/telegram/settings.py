"""The settings of the Telegram channel."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from adapters.setting_shapes import api_ending_with, shaped
from adapters.settings import Settings

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{10,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramSettings(Settings):
    """What an administrator can set of Telegram; only a shape is checked here, `bot doctor` asks Telegram itself."""

    telegram_api_url: Annotated[str, api_ending_with("/bot")] = Field(
        "https://api.telegram.org/bot", description="Telegram's Bot API, without the token; ends in /bot."
    )
    telegram_token: Annotated[
        SecretStr, shaped(_TOKEN, "must be as BotFather gave it: digits, a colon, letters and digits")
    ] = Field(SecretStr(""), description="The bot's token, from BotFather.")
    telegram_secret_token: Annotated[SecretStr, shaped(_SECRET, "must be 16 to 256 letters, digits, - and _")] = Field(
        SecretStr(""), description="Any 16 to 256 letters, digits, - and _: by it Telegram shows that it is Telegram."
    )
    telegram_updates: Literal["webhook", "polling"] = Field(
        "webhook", description="How messages come: webhook needs BOT_PUBLIC_URL, polling is for one without it."
    )


SETTINGS = TelegramSettings
