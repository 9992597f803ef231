"""The settings of the Slack channel."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.loopback import is_unread

_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]{8,250}")
_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]{8,250}")
_SECRET = re.compile(r"[A-Za-z0-9]{16,128}")


class SlackSettings(BaseSettings):
    """What an administrator can set of Slack; only a shape is checked here, `bot doctor` asks Slack itself."""

    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API; ends in /api/.")
    slack_bot_token: SecretStr = Field(
        SecretStr(""), description="The Bot User OAuth Token (xoxb-…), from OAuth & Permissions of the Slack app."
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="The Signing Secret, from Basic Information: by it Slack shows that it is Slack."
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="An app-level token (xapp-…) with connections:write; for BOT_SLACK_EVENTS=socket."
    )
    slack_events: Literal["http", "socket"] = Field(
        "http", description="How messages come: http needs BOT_PUBLIC_URL, socket is for a machine without it."
    )

    @field_validator("slack_api_url")
    @classmethod
    def _is_web_api(cls, value: str) -> str:
        if not is_unread(value) or not value.endswith("/api/"):
            raise ValueError("must start with https:// (or be this machine's own address) and end with /api/")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr) -> SecretStr:
        return _shaped(value, _BOT_TOKEN, "must begin with xoxb-, as Slack gave it")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr) -> SecretStr:
        return _shaped(value, _APP_TOKEN, "must begin with xapp-, as Slack gave it")

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_signing_secret(cls, value: SecretStr) -> SecretStr:
        return _shaped(value, _SECRET, "must be letters and digits only, as Slack gave it")


def _shaped(value: SecretStr, shape: re.Pattern[str], words: str) -> SecretStr:
    if value.get_secret_value() and not shape.fullmatch(value.get_secret_value()):
        raise ValueError(words)
    return value
