"""What it takes to do something with accounts, roles or absence, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.account_step import AccountAsk, AccountStep
from bot.clock import london_date
from bot.letters import Letter, Post
from bot.messages import Block, Text
from bot.people.joining import Here
from bot.storage import Connection, KeyRing
from bot.storage import people as stored
from bot.storage.people import Person
from knowledge.area import Area


@dataclass(frozen=True)
class Desk:
    """What it takes: the transaction, the keys, the area served, the way out by e-mail, where it is asked, and when."""

    connection: Connection
    keys: KeyRing
    area: Area
    post: Post
    here: Here
    at: datetime

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.at)

    @property
    def person(self) -> Person | None:
        """Who is asking, if we know them."""
        return stored.at_account(self.connection, self.keys, *self.here)


@dataclass(frozen=True)
class Came:
    """What came of it: what is said, what is asked next (None: nothing), and what goes out by e-mail."""

    blocks: Sequence[Block] = ()
    step: AccountStep | None = None
    letters: tuple[Letter, ...] = ()


Deed = Callable[[Desk, AccountAsk], Came]


def said(text: str, *more: Block, step: AccountStep | None = None) -> Came:
    """A sentence, and what is asked next."""
    return Came((Text.of(text), *more), step)


def slip(text: str, step: AccountStep | None = None) -> Came:
    """A kind complaint, and the same asked again."""
    return Came((Text.of(text, tone="problem"),), step)
