"""Hands a document over to where Teams keeps a person's files, once they agreed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from adapters.teams.client import Client
from adapters.teams.parse import Consent
from bot.channel import Unreachable
from bot.decisions.documents import Document as Written

INFO = "application/vnd.microsoft.teams.card.file.info"
# Where Microsoft keeps people's files. The address comes with what the person pressed, and goes nowhere else.
_STORES = (".sharepoint.com", ".sharepoint.us", ".svc.ms")


async def handed_over(client: Client, consent: Consent, written: Written) -> dict[str, Any]:
    """Upload the document; the attachment that shows it. Raises Unreachable."""
    if not is_store(consent.upload):
        raise Unreachable("the document's place is not one of Microsoft's", permanent=True)
    await client.upload(consent.upload, written.content)
    kind = consent.kind or consent.name.rpartition(".")[2]
    return {
        "content_type": INFO,
        "content_url": consent.content,
        "name": consent.name,
        "content": {"uniqueId": consent.unique, "fileType": kind},
    }


def is_store(url: str) -> bool:
    """Whether an address is one of Microsoft's stores."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "https" and not parts.username and host.endswith(_STORES)
