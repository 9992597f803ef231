"""Identities of the sign-in service: whose each is, and how one is joined to a person at their first sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select

from bot.storage import people
from bot.storage.crypto import KeyRing
from bot.storage.people import Person, Taken
from bot.storage.people_tables import accounts

OIDC = "oidc"
MAIL = "mail"

Stranger = Literal["nobody", "somebody else's"]
"""Why an identity is nobody's here: nobody has its address, or whoever has it signs in with another identity."""


@dataclass(frozen=True)
class Identity:
    """Who the sign-in service says someone is; `mail` is an address it vouches for, empty where there is none.

    A subject is never given to anyone else by its issuer, an address may be:
    https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability
    """

    issuer: str
    subject: str
    mail: str = ""

    @property
    def address(self) -> str:
        """The account's address."""
        return f"{self.issuer}|{self.subject}"


def recognise(connection: Connection, keys: KeyRing, identity: Identity, at: datetime) -> Person | Stranger:
    """Whose an identity is. One not seen before becomes that of whoever is registered with its address."""
    known = people.at_account(connection, keys, OIDC, identity.address)
    if known is not None:
        return known
    registered = _with_mail(connection, keys, identity.mail) if identity.mail else None
    if registered is None:
        return "nobody"
    theirs = [one.address for one in registered.accounts if one.channel == OIDC]
    if identity.address in theirs:
        # Joined a moment ago, by another try.
        return registered
    # An address is given to the next person who does the job. What belongs to the one before must not go with it.
    if any(one.startswith(f"{identity.issuer}|") for one in theirs):
        return "somebody else's"
    try:
        people.add_account(connection, keys, registered.id, OIDC, identity.address, at)
    except Taken:
        return "somebody else's"
    return people.read(connection, keys, registered.id) or "nobody"


def _with_mail(connection: Connection, keys: KeyRing, mail: str) -> Person | None:
    """The one person with an e-mail address, in capitals or small letters; None also where there are several."""
    theirs = (accounts.c.channel == MAIL) & (func.lower(accounts.c.address) == mail.lower())
    ids = set(connection.execute(select(accounts.c.person_id).where(theirs)).scalars())
    return people.read(connection, keys, ids.pop()) if len(ids) == 1 else None
