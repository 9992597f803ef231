"""Every setting, read from BOT_… in the environment or from a settings file, and checked at start."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import cast

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, create_model, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters import channel_folders
from adapters.setting_shapes import Listed
from bot.loopback import is_loopback, is_unread
from bot.people.issuer import issuer_address

PREFIX = "BOT_"
# Read by the project's own tests, never by the service.
FOR_TESTS = frozenset({"BOT_TESTS_REQUIRE", "BOT_TEST_DATABASE_URL", "BOT_EVALUATION_SETS"})
DATABASES = ("postgresql://", "postgresql+psycopg://", "sqlite:///")


class BrokenSettings(Exception):
    """A setting is wrong or unknown; the message names it and says what it may be."""


class Settings(BaseSettings):
    """What an administrator can set. Each is BOT_ and its name in capitals, in the environment or the settings file.

    A channel's own are in its folder, `settings.py`, in a class that inherits this one; `every_setting` is all of them.
    """

    # Deferred, because nobody asks most of these classes to check anything.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True, defer_build=True
    )

    area: str = Field("exampleshire", description="The area this bot serves; `bot area list` names them.")
    areas_dir: Path | None = Field(None, description="A folder with your own areas' files and templates.")
    data_dir: Path = Field(Path("data"), description="The one folder for everything that is kept.")
    database_url: str = Field("", description="A PostgreSQL address; empty is a file in the data folder.")
    key_file: Path | None = Field(
        None, description="Where the encryption keys are; empty is `keys` in the data folder."
    )
    host: str = Field("127.0.0.1", description="The address the web page is served on.")
    port: int = Field(8080, ge=0, le=65535, description="The port the web page is served on; 0 picks a free one.")
    public_url: str = Field(
        "", description="The address people use, such as https://bot.example.gov.uk, if not this one."
    )
    channels: Listed = Field(("web",), min_length=1, description="The channels to serve, with commas between.")
    channels_off: Listed = Field(
        (), description="Those of the channels that only say that they are switched off, with 999."
    )
    channels_off_message: str = Field(
        "", max_length=500, description="What people are told besides where a channel is switched off."
    )
    keep_days: int = Field(
        90, ge=1, le=3650, description="Days after its last message that a conversation is kept, with its decisions."
    )
    oidc_issuer: str = Field(
        "",
        description="The sign-in service (OpenID Connect), such as https://login.microsoftonline.com/TENANT-ID/v2.0.",
    )
    oidc_client_id: str = Field(
        "", validate_default=True, description="The name that the sign-in service knows this bot by."
    )
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), validate_default=True, description="The secret that belongs to it."
    )
    oidc_name: str = Field(
        "your work account", max_length=60, description="What the button says people sign in with, as `Sign in with …`."
    )
    session_idle_minutes: int = Field(
        30, ge=5, le=480, description="Minutes without use after which someone signed in is signed out."
    )
    session_hours: int = Field(8, ge=1, le=12, description="Hours after which someone has to sign in again.")

    @field_validator("channels", "channels_off")
    @classmethod
    def _are_served(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        known = channel_folders.served()
        if not set(value) <= set(known):
            *others, last = map(repr, known)
            raise ValueError(f"Input should be {' or '.join([', '.join(others), last] if others else [last])}")
        return value

    @field_validator("areas_dir")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not value.startswith(DATABASES):
            raise ValueError(f"must start with one of {', '.join(DATABASES)}")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not is_unread(value):
            raise ValueError("must start with https:// (or be this machine's own address)")
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_issuer(cls, value: str, others: ValidationInfo) -> str:
        if value and not others.data.get("public_url") and not is_loopback(others.data.get("host", "")):
            raise ValueError("BOT_PUBLIC_URL must be set too: the sign-in service sends people back to it")
        return issuer_address(value) if value else value

    @field_validator("oidc_client_id", "oidc_client_secret")
    @classmethod
    def _belongs_to_issuer(cls, value: str | SecretStr, others: ValidationInfo) -> str | SecretStr:
        given = value.get_secret_value() if isinstance(value, SecretStr) else value
        if "oidc_issuer" in others.data and bool(given) != bool(others.data["oidc_issuer"]):
            raise ValueError(
                "BOT_OIDC_ISSUER, BOT_OIDC_CLIENT_ID and BOT_OIDC_CLIENT_SECRET belong together: set all, or none"
            )
        return value

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.key_file or self.data_dir / "keys"


@cache
def every_setting() -> type[Settings]:
    """The bot's settings with those of every channel there is, as one class."""
    own = [
        cast(type[Settings], channel_folders.loaded(name, "settings", "SETTINGS"))
        for name in channel_folders.names()
        if channel_folders.has(name, "settings")
    ]
    # The fields of what comes last are listed first.
    return create_model("EverySetting", __base__=(*reversed(own), Settings))


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and the file BOT_SETTINGS_FILE (or ./bot.env); `overrides` that are not None win.

    Raises BrokenSettings naming every setting at fault.
    """
    file = Path(os.environ.get("BOT_SETTINGS_FILE", "bot.env"))
    if "BOT_SETTINGS_FILE" in os.environ and not file.is_file():
        raise BrokenSettings(f"BOT_SETTINGS_FILE: there is no file {file}")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return every_setting()(_env_file=file if file.is_file() else None, **given)  # type: ignore[call-arg, arg-type]
    except ValidationError as error:
        raise BrokenSettings("\n".join(_explain(detail["loc"], detail["msg"]) for detail in error.errors())) from None


def unknown_settings() -> tuple[str, ...]:
    """Names in the environment that look like settings and are not: most likely slips of the pen."""
    known = {PREFIX + name.upper() for name in every_setting().model_fields} | FOR_TESTS | {"BOT_SETTINGS_FILE"}
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known))


def _explain(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]).upper() if place else "settings"
    return f"{name if name.startswith(PREFIX) else PREFIX + name}: {message.removeprefix('Value error, ')}"
