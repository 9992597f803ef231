"""What the contract needs of a platform whose people speak to the bot: its own requests, and what they see of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

import httpx

from tests.adapters.platform_house import PlatformHouse

Who = Literal["one", "other"]


@dataclass(frozen=True)
class Brought:
    """A request of the platform's."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Manner:
    """What comes in how, where that is not the same everywhere; as given, it is a chat platform's webhook."""

    kind: str = "application/json"
    unsigned: frozenset[int] = frozenset({401, 403})
    """The statuses of garbage that is not signed."""
    garbage: frozenset[int] = frozenset({400})
    """And of garbage that is."""
    away: int = 503
    """The status while the database is away."""
    rewrites: bool = True
    """Whether a question becomes what was chosen, and a button pressed again is told so; else its form is gone."""
    asks_to_tick: str = "first"
    """What is told at once where nothing is ticked; empty where the bot itself asks again."""


class Incoming(Protocol):
    """Two people of a platform and the bot there. What is given here is brought by the tests, as often as they like."""

    house: PlatformHouse[Any]
    manner: Manner
    addresses: Mapping[Who, str]
    secrets: Sequence[str]
    """What must never be logged."""

    def read(self, who: Who = "one") -> list[str]:
        """What stands in somebody's own chat with the bot, as they read it."""
        ...

    def told(self) -> str:
        """What was shown for a moment because of the newest press."""
        ...

    def saying(self, words: str, who: Who = "one") -> Brought:
        """Words."""
        ...

    def pressing(self, label: str, who: Who = "one") -> Brought:
        """The newest button with this label in the first person's chat, a delivery of its own each time."""
        ...

    def unknown_press(self) -> Brought:
        """A button that the bot never made."""
        ...

    async def tick(self, *labels: str) -> None:
        """These of the newest list, all at once; none of them is a press of its button alone."""
        ...

    async def pick(self, day: date) -> None:
        """A day, where the newest message asks for one."""
        ...

    async def fill(self, words: str) -> None:
        """Words, in the one field of the form that the newest message asks to fill in."""
        ...

    def sending_a_file(self, words: str) -> Brought:
        """A file, with words beside it."""
        ...

    def editing(self, before: str, after: str) -> Brought:
        """A message that was changed."""
        ...

    def by_no_person(self) -> Sequence[Brought]:
        """The bot's own words, another bot's, and notices that nobody wrote."""
        ...

    def from_elsewhere(self) -> Sequence[Brought]:
        """Well signed, from a workspace or tenant that is not served; nothing where the platform has no such thing."""
        ...

    def forged(self, words: str) -> Mapping[str, Brought]:
        """Words that the platform did not sign for this bot just now, each by what is wrong with it."""
        ...

    def signed(self, body: bytes) -> Brought:
        """Anything at all, signed as far as the platform can sign it."""
        ...

    def plainly_refused(self, answer: httpx.Response) -> bool:
        """Whether an answer that turns something away says nothing but that, as it is said there."""
        ...

    def malformed(self) -> Sequence[Brought]:
        """Objects that are signed and are not what the platform could send."""
        ...


class Opening(Protocol):
    """Opens the bot on a platform, with its data in a folder."""

    def __call__(self, folder: Path) -> AbstractAsyncContextManager[Incoming]:
        """It runs until the end of the block."""
        ...


def is_bare(answer: httpx.Response) -> bool:
    """Whether an answer is a word or two and no more."""
    return answer.text in {"not signed\n", "not allowed\n", "bad request\n"}


async def bring(there: Incoming, one: Brought) -> httpx.Response:
    """What the platform does with a request; what the bot sends because of it has arrived when this returns."""
    there.house.turned()
    answer = await there.house.posted(one.body, one.headers)
    await there.house.settled()
    return answer
