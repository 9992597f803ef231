"""The settings of the Telegram channel."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator

from adapters.settings import Settings
from bot.loopback import is_unread

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{10,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramSettings(Settings):
    """What an administrator can set of Telegram; only a shape is checked here, `bot doctor` asks Telegram itself."""

    telegram_api_url: str = Field(
        "https://api.telegram.org/bot", description="Telegram's Bot API, without the token; ends in /bot."
    )
    telegram_token: SecretStr = Field(SecretStr(""), description="The bot's token, from BotFather.")
    telegram_secret_token: SecretStr = Field(
        SecretStr(""), description="Any 16 to 256 letters, digits, - and _: by it Telegram shows that it is Telegram."
    )
    telegram_updates: Literal["webhook", "polling"] = Field(
        "webhook", description="How messages come: webhook needs BOT_PUBLIC_URL, polling is for one without it."
    )

    @field_validator("telegram_api_url")
    @classmethod
    def _is_api(cls, value: str) -> str:
        if not is_unread(value) or not value.endswith("/bot"):
            raise ValueError("must start with https:// (or be this machine's own address) and end with /bot")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must be as BotFather gave it: digits, a colon, letters and digits")
        return value

    @field_validator("telegram_secret_token")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 16 to 256 letters, digits, - and _")
        return value


SETTINGS = TelegramSettings
