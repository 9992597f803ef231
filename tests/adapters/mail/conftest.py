"""The fixtures: certificates, a mail server that offers STARTTLS and a login, and the channel that uses it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.mail.channel import Mail
from adapters.mail.server import MailServer, Patience

from . import certificates
from .certificates import Certificates
from .post_office import LOGIN, PostOffice, context_for, opened

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
SENDER = Address("Safeguarding bot", addr_spec="bot@example.gov.uk")
# Long enough for a busy machine where an answer comes.
PATIENCE = Patience(step=20, answer=20, whole=60, goodbye=5)


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates.made(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def office(trusted: Certificates) -> Iterator[PostOffice]:
    """A mail server as an organisation has it: encrypted by STARTTLS, with a login."""
    with opened(starttls=context_for(str(trusted.server)), login=True) as office:
        yield office


@pytest.fixture
def server(office: PostOffice, trusted: Certificates) -> MailServer:
    """That server, as the settings name it."""
    return server_at(office.port, trusted.signer)


def server_at(port: int, signer: Path | None = None) -> MailServer:
    """A server on this machine, whose signer is trusted if given."""
    tls = ssl.create_default_context()
    if signer is not None:
        tls.load_verify_locations(signer)
    name, password = LOGIN.login.decode(), SecretStr(LOGIN.password.decode())
    return MailServer("127.0.0.1", port, "starttls", SENDER, name, password, tls)


MailFor = Callable[..., Mail]


@pytest.fixture
def mail(server: MailServer) -> MailFor:
    """Makes the channel to that server; values of the server or the patience can be given."""

    def made(patience: Patience = PATIENCE, at_once: int = 4, **changes: object) -> Mail:
        return Mail(replace(server, **changes), lambda: AT, "https://bot.example.gov.uk", patience, at_once)

    return made
