"""What the contract needs of a platform that has groups, and the bot in one: what is asked, who sees the answer."""

from __future__ import annotations

from typing import Any, Protocol

from tests.adapters.platform_house import PlatformHouse

from .incoming import Brought


class Group(Protocol):
    """Somebody in a group."""

    house: PlatformHouse[Any]

    def asking(self, words: str) -> Brought:
        """They ask the bot in the group."""
        ...

    def seen_by_all(self) -> list[str]:
        """What the bot has said that everybody in the group sees."""
        ...

    def seen_by_one(self) -> list[str]:
        """What it has said that they alone see."""
        ...

    def following(self) -> Brought | None:
        """They follow the way to a private chat that stands in the newest message; None where it is told in words."""
        ...

    def fail_once(self, after: int = 0) -> None:
        """The next message after so many is answered as a platform answers that has a fault of its own."""
        ...

    def close_private(self) -> None:
        """There is no way to them alone."""
        ...

    def open_private(self) -> None:
        """There is one again."""
        ...
