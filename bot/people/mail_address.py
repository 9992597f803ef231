"""E-mail addresses as typed or set, read strictly: one, fit to stand in a header and on a mail server's line."""

from __future__ import annotations

import re

# The plain form of RFC 5321 section 4.1.2 and its lengths; quoted names and addresses of machines are not taken.
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
_WITH_NAME = re.compile(r'\s*"?(?P<name>[^"<>@\x00-\x1f\x7f]*?)"?\s*<(?P<address>[^<>]*)>\s*')
LONGEST_NAME = 64
LONGEST = 254


def mail_address(text: str) -> str:
    """The one address in a text, its domain in ASCII and small letters. Raises ValueError, in words for a person."""
    name, at, domain = text.strip().rpartition("@")
    whole = f"{name}@{host_name(domain)}"
    if not at or not _NAME.fullmatch(name) or not host_name(domain):
        raise ValueError("that is not an e-mail address such as name@example.gov.uk")
    if len(name) > LONGEST_NAME or len(whole) > LONGEST:
        raise ValueError("that e-mail address is too long")
    return whole


def named_address(text: str) -> tuple[str, str]:
    """The shown name and the address in `Name <name@host>`; of `name@host` the name is empty. Raises ValueError."""
    found = _WITH_NAME.fullmatch(text)
    return (found["name"], mail_address(found["address"])) if found else ("", mail_address(text))


def host_name(text: str) -> str:
    """A host's name in ASCII and small letters; empty where the text is none."""
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return name if _DOMAIN.fullmatch(name) else ""
