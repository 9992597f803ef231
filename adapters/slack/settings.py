"""The settings of the Slack channel."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode

from adapters.settings import Settings
from bot.loopback import is_unread

_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]{8,250}")
_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]{8,250}")
_SECRET = re.compile(r"[A-Za-z0-9]{16,128}")
_CLIENT_ID = re.compile(r"\d{4,20}\.\d{4,20}")
_TEAM = re.compile(r"T[A-Z0-9]{2,29}")


class SlackSettings(Settings):
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

    slack_client_id: str = Field(
        "", description="The Client ID, from Basic Information, where several workspaces install the bot themselves."
    )
    slack_client_secret: SecretStr = Field(
        SecretStr(""), validate_default=True, description="The Client Secret that belongs to it."
    )
    slack_teams: Annotated[tuple[str, ...], NoDecode] = Field(
        (), validate_default=True, description="The workspaces that may install it: T…, with commas between."
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

    @field_validator("slack_client_id")
    @classmethod
    def _is_client_id(cls, value: str) -> str:
        if value and not _CLIENT_ID.fullmatch(value):
            raise ValueError("must be two numbers with a full stop between, as Slack gave it")
        return value

    @field_validator("slack_client_secret")
    @classmethod
    def _is_client_secret(cls, value: SecretStr, others: ValidationInfo) -> SecretStr:
        if bool(value.get_secret_value()) != bool(others.data.get("slack_client_id")):
            raise ValueError("BOT_SLACK_CLIENT_ID and BOT_SLACK_CLIENT_SECRET belong together: set both, or neither")
        return _shaped(value, _SECRET, "must be letters and digits only, as Slack gave it")

    @field_validator("slack_teams", mode="before")
    @classmethod
    def _split_teams(cls, value: object) -> object:
        return tuple(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value

    @field_validator("slack_teams")
    @classmethod
    def _are_teams(cls, value: tuple[str, ...], others: ValidationInfo) -> tuple[str, ...]:
        if wrong := [one for one in value if not _TEAM.fullmatch(one)]:
            raise ValueError(f"{wrong[0]} is no workspace's id: it is in the workspace's address, and begins with T")
        if others.data.get("slack_client_id") and not value:
            raise ValueError("must name the workspaces that may install the bot where BOT_SLACK_CLIENT_ID is set")
        return value


def _shaped(value: SecretStr, shape: re.Pattern[str], words: str) -> SecretStr:
    if value.get_secret_value() and not shape.fullmatch(value.get_secret_value()):
        raise ValueError(words)
    return value


SETTINGS = SlackSettings
