"""The settings of the Slack channel."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from adapters.setting_shapes import Listed, api_ending_with, check_shape, shaped
from adapters.settings import Settings

_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]{8,250}")
_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]{8,250}")
_SECRET = re.compile(r"[A-Za-z0-9]{16,128}")
_AS_GIVEN = "must be letters and digits only, as Slack gave it"
_CLIENT_ID = re.compile(r"\d{4,20}\.\d{4,20}")
_TEAM = re.compile(r"T[A-Z0-9]{2,29}")


class SlackSettings(Settings):
    """What an administrator can set of Slack; only a shape is checked here, `bot doctor` asks Slack itself."""

    slack_api_url: Annotated[str, api_ending_with("/api/")] = Field(
        "https://slack.com/api/", description="Slack's Web API; ends in /api/."
    )
    slack_bot_token: Annotated[SecretStr, shaped(_BOT_TOKEN, "must begin with xoxb-, as Slack gave it")] = Field(
        SecretStr(""), description="The Bot User OAuth Token (xoxb-…), from OAuth & Permissions of the Slack app."
    )
    slack_signing_secret: Annotated[SecretStr, shaped(_SECRET, _AS_GIVEN)] = Field(
        SecretStr(""), description="The Signing Secret, from Basic Information: by it Slack shows that it is Slack."
    )
    slack_app_token: Annotated[SecretStr, shaped(_APP_TOKEN, "must begin with xapp-, as Slack gave it")] = Field(
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
    slack_teams: Listed = Field(
        (), validate_default=True, description="The workspaces that may install it: T…, with commas between."
    )

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
        return check_shape(value, _SECRET, _AS_GIVEN)

    @field_validator("slack_teams")
    @classmethod
    def _are_teams(cls, value: tuple[str, ...], others: ValidationInfo) -> tuple[str, ...]:
        if wrong := [one for one in value if not _TEAM.fullmatch(one)]:
            raise ValueError(f"{wrong[0]} is no workspace's id: it is in the workspace's address, and begins with T")
        if others.data.get("slack_client_id") and not value:
            raise ValueError("must name the workspaces that may install the bot where BOT_SLACK_CLIENT_ID is set")
        return value


SETTINGS = SlackSettings
