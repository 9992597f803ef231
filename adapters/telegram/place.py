"""Where in Telegram something is said: a private chat, or a person's message in a group."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOBODY = 0
"""In a person's place, where nobody can be reached alone: they speak for the group, or for a channel."""
_ADDRESS = re.compile(r"(-?\d{1,20})(?:\|(\d{1,20})\|(\d{1,20}))?")


@dataclass(frozen=True)
class Place:
    """A chat; in a group also the message that is answered, and whose it is, or NOBODY."""

    chat: int
    message: int | None = None
    person: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether nobody else is there."""
        return self.person is None

    @property
    def address(self) -> str:
        """The place as an address."""
        return str(self.chat) if self.is_private else f"{self.chat}|{self.message or 0}|{self.person}"

    @classmethod
    def at(cls, address: str) -> Place:
        """The place an address names. Raises ValueError where it names none."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise ValueError(f"{address!r} is no chat")
        if found[2] is None:
            return cls(int(found[1]))
        return cls(int(found[1]), int(found[2]) or None, int(found[3]))
