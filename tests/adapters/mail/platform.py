"""E-mail, beside a real mail server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.mail.channel import Mail
from adapters.mail.server import Patience
from tests.adapters.contract.platform import Refusal
from tests.adapters.mail.certificates import made
from tests.adapters.mail.conftest import AT, server_at
from tests.adapters.mail.post_office import PostOffice, context_for, opened

NO_WAY_IN = "replies to its e-mails are not read: each says so, and leads to the page"


class MailPlatform:
    """The channel and a mail server with one mailbox that matters."""

    address = "lead@example.gov.uk"
    elsewhere = "deputy@example.gov.uk"
    says_how_long = False

    def __init__(self, office: PostOffice, channel: Mail) -> None:
        self.channel = channel
        self._office = office

    def read(self) -> list[str]:
        return [letter.plain for letter in self._office.letters if letter.to == (self.address,)]

    def refuse(self, how: Refusal | None) -> None:
        answers = {"for good": "550 5.1.1 No such mailbox", "for now": "451 4.7.1 Come back later"}
        self._office.answers = {"RCPT": answers[how]} if how in answers else {}
        self._office.hangs_up = {"END"} if how == "no answer" else set()


@contextmanager
def platform() -> Iterator[MailPlatform]:
    """The mail server is there for as long as needed."""
    with tempfile.TemporaryDirectory() as folder:
        certificates = made(Path(folder))
        with opened(starttls=context_for(str(certificates.server)), login=True) as office:
            server = server_at(office.port, certificates.signer)
            yield MailPlatform(office, Mail(server, lambda: AT, "https://bot.example.gov.uk", Patience()))
