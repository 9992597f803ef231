"""The address of the sign-in service (its OpenID Connect issuer), read strictly, and which Entra ID tenant it names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.loopback import is_unread

# Microsoft's clouds: https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud
_ENTRA = frozenset({"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"})
_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Personal Microsoft accounts, anyone's:
# https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference
_ANYONES = "9188040d-6c67-4c5b-b112-36a304b66dad"


def issuer_address(text: str) -> str:
    """The address, exactly as given: it is compared letter by letter. Raises ValueError, in words for a person."""
    parts = urlsplit(text)
    if not parts.hostname or parts.username or parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise ValueError("must be the address of the sign-in service alone, such as https://login.example.gov.uk/realm")
    if not is_unread(text):
        raise ValueError("must start with https:// (or be on this machine)")
    if parts.hostname in _ENTRA and entra_tenant(text) is None:
        raise ValueError(
            "must name your own tenant by its number: https://login.microsoftonline.com/TENANT-ID/v2.0 "
            "(common, organizations and consumers would let anyone in)"
        )
    return text


def entra_tenant(issuer: str) -> str | None:
    """The one organisation whose people an Entra ID issuer vouches for; None for any other issuer."""
    parts = urlsplit(issuer)
    tenant = parts.path.split("/")[1] if parts.path.startswith("/") else ""
    is_ones = bool(_TENANT.fullmatch(tenant)) and tenant != _ANYONES
    return tenant if parts.hostname in _ENTRA and is_ones else None
