"""Every setting, read from BOT_… in the environment or from a settings file, and checked at start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "BOT_"
# Read by the project's own tests, never by the service.
FOR_TESTS = frozenset({"BOT_TESTS_REQUIRE", "BOT_TEST_DATABASE_URL", "BOT_EVALUATION_SETS"})
DATABASES = ("postgresql://", "postgresql+psycopg://", "sqlite:///")


class BrokenSettings(Exception):
    """A setting is wrong or unknown; the message names it and says what it may be."""


class Settings(BaseSettings):
    """What an administrator can set. Each is BOT_ and its name in capitals, in the environment or the settings file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

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
    channels: Annotated[tuple[Literal["web", "slack", "teams", "telegram"], ...], NoDecode] = Field(
        ("web",), min_length=1, description="The channels to serve, with commas between."
    )
    keep_days: int = Field(
        90, ge=1, le=3650, description="Days after its last message that a conversation is kept, with its decisions."
    )

    @field_validator("channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value

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
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("must start with https:// (or be this machine's own address)")
        return value.rstrip("/")

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.key_file or self.data_dir / "keys"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and the file BOT_SETTINGS_FILE (or ./bot.env); `overrides` that are not None win.

    Raises BrokenSettings naming every setting at fault.
    """
    file = Path(os.environ.get("BOT_SETTINGS_FILE", "bot.env"))
    if "BOT_SETTINGS_FILE" in os.environ and not file.is_file():
        raise BrokenSettings(f"BOT_SETTINGS_FILE: there is no file {file}")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(_env_file=file if file.is_file() else None, **given)  # type: ignore[call-arg, arg-type]
    except ValidationError as error:
        raise BrokenSettings("\n".join(_explain(detail["loc"], detail["msg"]) for detail in error.errors())) from None


def unknown_settings() -> tuple[str, ...]:
    """Names in the environment that look like settings and are not: most likely slips of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | FOR_TESTS | {"BOT_SETTINGS_FILE"}
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known))


def _explain(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]).upper() if place else "settings"
    return f"{name if name.startswith(PREFIX) else PREFIX + name}: {message.removeprefix('Value error, ')}"
