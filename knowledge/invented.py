"""Tells numbers and addresses set aside for fiction from ones that could reach a real person."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Ofcom, "Telephone numbers for use in TV and radio drama programmes": each range is a thousand numbers or more.
_DRAMA_RANGES = (
    "01134960",
    "01144960",
    "01154960",
    "01164960",
    "01174960",
    "01184960",
    "01214960",
    "01314960",
    "01414960",
    "01514960",
    "01614960",
    "01632960",
    "01914980",
    "02079460",
    "02896496",
    "02920180",
    "03069990",
    "07700900",
    "08081570",
    "09098790",
)
# RFC 2606 and RFC 6761 keep these from ever being registered.
_EXAMPLE_HOSTS = re.compile(r"(?:.*\.)?(?:example|example\.(?:com|net|org))", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|example)")

# The service shows these itself, so an area can neither mistype them nor leave them out.
_NATIONAL = ("999", "112", "101", "111", "116123", "08001111", "08088005000")


def digits(number: str) -> str | None:
    """A British number's digits, starting with 0 unless it is a short one; None if it does not read as a number."""
    squeezed = re.sub(r"[\s().-]", "", number)
    squeezed = re.sub(r"^(?:\+|00)44(?:0(?=[1-9]))?", "0", squeezed)
    readable = re.fullmatch(r"0[1-9]\d{7,9}|1[01]\d|11[68]\d{3}|999", squeezed)
    return squeezed if readable else None


def is_national(number: str) -> bool:
    """Whether a number is a national line such as 999 or the NSPCC's helpline."""
    return digits(number) in _NATIONAL


def is_drama_number(number: str) -> bool:
    """Whether a number lies in a range reserved for fiction."""
    found = digits(number)
    return found is not None and found.startswith(_DRAMA_RANGES)


def link_host(link: str) -> str | None:
    """The host of an https link without a user name in it, else None."""
    if re.search(r"\s", link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme == "https" and parts.username is None else None


def email_host(address: str) -> str | None:
    """The host of one e-mail address, else None."""
    found = _EMAIL.fullmatch(address)
    return found.group(1) if found else None


def is_example_host(host: str) -> bool:
    """Whether a host can never belong to anybody."""
    return _EXAMPLE_HOSTS.fullmatch(host) is not None
