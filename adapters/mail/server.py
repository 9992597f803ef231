"""The mail server that is set, and how long it is waited for."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from typing import Literal

from pydantic import SecretStr

from adapters.mail.settings import named
from adapters.settings import Settings
from bot import wording_mail
from bot.people.mail_address import named_address

Security = Literal["starttls", "tls", "none"]
_NO_PASSWORD = SecretStr("")
USUAL_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a turn, for each step, for the answer to a whole message, for all steps, and for a goodbye.

    RFC 5321 section 4.5.3.2 would wait ten minutes for that answer; a nudge is rather tried again, as maybe a repeat.
    """

    turn: float = 40.0
    step: float = 20.0
    answer: float = 90.0
    whole: float = 150.0
    goodbye: float = 2.0


@dataclass(frozen=True)
class MailServer:
    """Where e-mail is handed over, and as whom. Certificates are always verified, against `tls`."""

    host: str
    port: int
    security: Security
    sender: Address
    username: str = ""
    password: SecretStr = _NO_PASSWORD
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)

    @property
    def place(self) -> str:
        """Its name and port, as an administrator is told."""
        return f"{self.host}:{self.port}"


def mail_server(settings: Settings) -> MailServer | None:
    """The server the settings name; None where there is to be no e-mail."""
    given = named(settings)
    if given is None:
        return None
    name, address = named_address(given.mail_from)
    tls = ssl.create_default_context()
    if given.mail_ca_file is not None:
        tls.load_verify_locations(given.mail_ca_file)
    return MailServer(
        host=given.mail_host,
        port=given.mail_port or USUAL_PORTS[given.mail_security],
        security=given.mail_security,
        sender=Address(name or wording_mail.SENDER, addr_spec=address),
        username=given.mail_username,
        password=given.mail_password,
        tls=tls,
    )
