"""The settings of e-mail: the server that takes it, and whom it comes from."""

from __future__ import annotations

import ssl
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from adapters.settings import Settings
from bot.loopback import is_loopback
from bot.people.mail_address import host_name, named_address


class MailSettings(Settings):
    """What an administrator can set of e-mail; `bot doctor` asks the server itself."""

    mail_host: str = Field("", description="The mail server that takes what the bot sends; empty is no e-mail.")
    mail_port: int = Field(
        0, ge=0, le=65535, description="The mail server's port; 0 is the usual one: starttls 587, tls 465, none 25."
    )
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", validate_default=True, description="How it is encrypted; none only for a server on this machine."
    )
    mail_ca_file: Path | None = Field(
        None, description="Certificates to trust besides this machine's own, if the mail server's is from elsewhere."
    )
    mail_username: str = Field("", description="The name to log in to the mail server with; empty is no login.")
    mail_password: SecretStr = Field(
        SecretStr(""), validate_default=True, description="The password that belongs to it."
    )
    mail_from: str = Field(
        "", validate_default=True, description="The address e-mail comes from, or Name <address>; bounces go there."
    )

    @field_validator("mail_host")
    @classmethod
    def _is_host(cls, value: str) -> str:
        with suppress(ValueError):
            return str(ip_address(value))
        if value and not host_name(value):
            raise ValueError("must be only the server's name, such as smtp.example.gov.uk")
        return value

    @field_validator("mail_security")
    @classmethod
    def _is_encrypted(cls, value: str, others: ValidationInfo) -> str:
        host = others.data.get("mail_host", "")
        if value == "none" and host and not is_loopback(host):
            raise ValueError("none is only for a mail server on this machine; use starttls or tls")
        return value

    @field_validator("mail_ca_file")
    @classmethod
    def _is_certificates(cls, value: Path | None) -> Path | None:
        try:
            if value is not None:
                ssl.create_default_context(cafile=value)
        except OSError as fault:
            raise ValueError(f"there are no certificates to read in {value} ({fault.strerror or fault})") from None
        return value

    @field_validator("mail_password")
    @classmethod
    def _belongs_to_name(cls, value: SecretStr, others: ValidationInfo) -> SecretStr:
        if bool(value.get_secret_value()) != bool(others.data.get("mail_username")):
            raise ValueError("BOT_MAIL_USERNAME and BOT_MAIL_PASSWORD belong together: set both, or neither")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str, others: ValidationInfo) -> str:
        if value:
            named_address(value)
        elif others.data.get("mail_host"):
            raise ValueError("must be set where BOT_MAIL_HOST is: the address e-mail comes from")
        return value


SETTINGS = MailSettings


def named(settings: Settings) -> MailSettings | None:
    """The settings of e-mail; None where no server is named."""
    return settings if isinstance(settings, MailSettings) and settings.mail_host else None
