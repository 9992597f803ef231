"""Teams, beside a strict stand-in of Microsoft's services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from adapters.teams.authority import Authority
from adapters.teams.channel import Teams
from adapters.teams.client import Client, http_client
from adapters.teams.place import Reference
from bot.decisions.documents import Document
from bot.storage import KeyRing
from tests.adapters.contract.platform import Refusal
from tests.adapters.teams.house import settings_for
from tests.adapters.teams.microsoft import APP, TENANT, Microsoft, microsoft


class TeamsPlatform:
    """The channel and a personal chat."""

    address = "a:1someone"
    elsewhere = "a:1other"
    says_how_long = True

    def __init__(self, there: Microsoft, channel: Teams) -> None:
        self.channel = channel
        self._there = there

    def read(self) -> list[str]:
        return [one.read() for one in self._there.said_in(self.address)]

    def refuse(self, how: Refusal | None) -> None:
        answers = {"for good": (403, {}), "for now": (429, {"Retry-After": "300"})}
        self._there.always = answers.get(how or "")
        self._there.hangs = how == "no answer"


@contextmanager
def platform() -> Iterator[TeamsPlatform]:
    """The stand-in is there for as long as needed."""

    async def fetch(channel: str, address: str, key: str) -> Document | None:
        return Document("decision.docx", "application/msword", b"a document")

    with microsoft() as there:
        settings = settings_for(there.url, Path("unused"))
        http = http_client(settings, within=0.4, keep_open=False)

        async def reference(address: str) -> Reference | None:
            return Reference(f"{there.url}/connector", TENANT, f"28:{APP}", "29:someone")

        client = Client(http, Authority(settings, http))
        yield TeamsPlatform(
            there, Teams(client, KeyRing.from_keys([Fernet.generate_key().decode()]), fetch, reference, APP)
        )
