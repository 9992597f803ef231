"""What the contract needs of a platform: the channel, somebody to reach by it, and what that person has read."""

from __future__ import annotations

from typing import Literal, Protocol

from bot.channel import Channel

Refusal = Literal["for good", "for now", "no answer"]


class Platform(Protocol):
    """A channel, and beside it the platform it talks to: the vendor's own or a strict one, on this machine."""

    channel: Channel
    address: str
    elsewhere: str
    """An address that no limit on sending to the first one concerns."""
    says_how_long: bool
    """Whether the platform says how long to wait when it wants less."""

    def read(self) -> list[str]:
        """What has arrived, each message as the person reads it, in order."""
        ...

    def refuse(self, how: Refusal | None) -> None:
        """From now on refuse every message for good, or for now, or take it and never answer; None: take it."""
        ...
