"""The settings of the pigeon channel."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator

from adapters.settings import Settings


class PigeonSettings(Settings):
    """What an administrator can set of pigeons."""

    pigeon_ring: SecretStr = Field(SecretStr(""), description="What is engraved on the ring of each of our pigeons.")
    pigeon_loft: int = Field(0, ge=0, le=65535, description="The port of the loft that letters are flown to.")

    @field_validator("pigeon_ring")
    @classmethod
    def _is_ring(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("ring-"):
            raise ValueError("must begin with ring-")
        return value


SETTINGS = PigeonSettings
