"""The settings of the Microsoft Teams channel."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator

from adapters.setting_shapes import Listed
from adapters.settings import Settings
from bot.loopback import is_unread

_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


class TeamsSettings(Settings):
    """What an administrator can set of Teams; only a shape is checked here, `bot doctor` asks Microsoft itself."""

    teams_app_id: str = Field("", description="The bot's application (client) ID, from Microsoft Entra.")
    teams_tenant_id: str = Field("", description="The directory (tenant) ID of the organisation the bot belongs to.")
    teams_tenants: Listed = Field(
        (), description="The tenant IDs of partners whose people may use the bot too, with commas between."
    )
    teams_identity: Literal["secret", "managed"] = Field(
        "secret", description="How the bot shows who it is: a client secret, or the machine's managed identity."
    )
    teams_client_secret: SecretStr = Field(SecretStr(""), description="The value of its client secret.")
    teams_authority_url: str = Field(
        "https://login.microsoftonline.com", description="Where the bot gets its tokens, without the tenant."
    )
    teams_metadata_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where Microsoft says which keys sign what it brings.",
    )
    teams_allow_unauthenticated: Literal["", "loopback"] = Field(
        "", description="loopback only to try the bot on this machine with Microsoft's local client; else empty."
    )

    @field_validator("teams_app_id", "teams_tenant_id")
    @classmethod
    def _is_id(cls, value: str) -> str:
        return _id(value) if value else value

    @field_validator("teams_tenants")
    @classmethod
    def _are_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_id(one) for one in value)

    @property
    def teams_allowed_tenants(self) -> frozenset[str]:
        """The tenants whose people may use the bot: its own always, and those of partners."""
        return frozenset({self.teams_tenant_id, *self.teams_tenants} - {""})

    @field_validator("teams_authority_url", "teams_metadata_url")
    @classmethod
    def _is_service(cls, value: str) -> str:
        if not is_unread(value):
            raise ValueError("must start with https:// (or be this machine's own address)")
        return value.rstrip("/")


def _id(value: str) -> str:
    found = value.strip().casefold()
    if not _ID.fullmatch(found):
        raise ValueError("must be an ID such as 01234567-89ab-cdef-0123-456789abcdef")
    return found


SETTINGS = TeamsSettings
