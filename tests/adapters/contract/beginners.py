"""What the contract needs of people of a platform who open their chat with the bot for the first time."""

from __future__ import annotations

from typing import Any, Protocol

from .incoming import Brought


class Beginners(Protocol):
    """The platform as it brings beginnings, and what has come of them. The bot is in a process of its own."""

    url: str
    path: str

    def begin(self, count: int) -> dict[str, Brought]:
        """So many people begin: what is brought of it, by the chat that each is to be greeted in."""
        ...

    def said(self) -> list[tuple[str, str]]:
        """Every message of the bot's: the chat that it came to, and its words."""
        ...


async def nowhere(*_: Any) -> Any:
    """What is said by hand goes nowhere of itself."""
    raise AssertionError("it is brought by the test itself")
