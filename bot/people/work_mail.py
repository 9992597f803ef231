"""A work e-mail address as a person types it: one address, of an employer and not of a mail service for anyone."""

from __future__ import annotations

from bot.people.mail_address import mail_address

# Anyone can have an address there in a minute, so it says nothing of where they work.
FOR_ANYONE = frozenset(
    (
        "aol.com btinternet.com gmail.com gmx.com googlemail.com hotmail.co.uk hotmail.com icloud.com live.co.uk "
        "live.com mail.com me.com msn.com ntlworld.com outlook.com proton.me protonmail.com sky.com talktalk.net "
        "tiscali.co.uk virginmedia.com yahoo.co.uk yahoo.com ymail.com"
    ).split()
)
_AROUND = " \t<>()[]\"'“”‘’,;:.!?"


def kept_address(text: str) -> str:
    """An address as it is kept: in small letters. Raises ValueError, in words for a person."""
    return mail_address(text.strip(_AROUND)).lower()


def work_address(text: str) -> str:
    """The same, refused too where it is no employer's. Raises ValueError, in words for a person."""
    address = kept_address(text)
    if address.rpartition("@")[2] in FOR_ANYONE:
        raise ValueError("that is an address that anyone can have; I need the one from your work")
    return address
