"""What a person does with their accounts, roles and absence, step by step: what has been given, what is asked next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Act = Literal["accounts", "join", "work e-mail", "remove", "away", "returned", "people", "give", "take"]
LEAVE = "leave"
"""The option under every step that leaves things as they are."""


@dataclass(frozen=True)
class AccountAsk:
    """What is to be done, and what has been given for it so far."""

    act: Act
    given: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """What was given under a name; empty where nothing was."""
        return dict(self.given).get(name, "")

    def having(self, **more: str) -> AccountAsk:
        """The same with more given; what is empty is given no longer."""
        values = {**dict(self.given), **more}
        return replace(self, given=tuple((name, value) for name, value in values.items() if value))


@dataclass(frozen=True)
class AccountStep:
    """One thing asked. `options` are ids with their words; where it `takes_words`, those may be typed instead.

    `said` is what the timeline says was typed: never the words themselves. `is_offer`: nothing was begun yet, so
    whoever says something else has simply begun something else.
    """

    ask: AccountAsk
    name: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    takes_words: bool = False
    help: str = ""
    said: str = "A few words."
    is_offer: bool = False

    @property
    def prompt(self) -> str:
        """The id of its prompt."""
        return f"account-{self.ask.act}-{self.name}".replace(" ", "-")
