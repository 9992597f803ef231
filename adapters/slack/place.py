"""Where in Slack something is said: by a person in private, or by a person in a channel's thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"([A-Z0-9]{2,30})/(?:([A-Z0-9]{2,30})/(\d{1,12}\.\d{1,8})/)?([A-Z0-9]{2,30})")
DIRECT = "D"
"""What the id of every channel of direct messages between two begins with."""
_STAMP = re.compile(r"\d{1,12}\.\d{1,8}")


def is_stamp(text: str) -> bool:
    """Whether this may be a message's time stamp, by which Slack knows it."""
    return _STAMP.fullmatch(text) is not None


@dataclass(frozen=True)
class Place:
    """A person of a workspace; in a channel also the channel and the thread that is answered in.

    Alone too something may be said in a thread, which is no other place: it is not in the address.
    """

    team: str
    person: str
    channel: str = ""
    thread: str = ""

    @property
    def is_private(self) -> bool:
        """Whether nobody else is there."""
        return not self.channel

    @property
    def private(self) -> Place:
        """The same person alone."""
        return Place(self.team, self.person)

    @property
    def address(self) -> str:
        """The place as an address."""
        middle = f"{self.channel}/{self.thread}/" if self.channel else ""
        return f"{self.team}/{middle}{self.person}"

    @classmethod
    def at(cls, address: str) -> Place:
        """The place an address names. Raises ValueError where it names none."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise ValueError("this is no place in Slack")
        return cls(found[1], found[4], found[2] or "", found[3] or "")
