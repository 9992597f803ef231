"""What every channel offers: a name, what it can do, a way to send, and the one error it may raise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.messages import Reply

if TYPE_CHECKING:  # to answer one question from a command line no database is loaded
    from bot.storage.outbox import Due


LONGEST_PAUSE = timedelta(hours=1)
"""No platform names a longer one in earnest, and a day would hold up what is urgent."""


class Unreachable(Exception):
    """The person was not reached, as far as is known.

    `permanent`: trying this way again cannot help, so another way has to be tried.
    `may_have_arrived`: it was handed over and no answer came, so nobody can say whether it arrived. It may be said
    again only if that is safe, with words that it may be a repeat. What is permanent has certainly not arrived.
    `retry_after`: for how long the channel wants nothing more, where it says so, LONGEST_PAUSE at most; `limit` is the
    one of `limited_by` that was met, where it says that too. `of_app`: the platform refuses the bot itself, which an
    administrator mends.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        may_have_arrived: bool = False,
        retry_after: timedelta | None = None,
        limit: str | None = None,
        of_app: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.may_have_arrived = may_have_arrived
        self.retry_after = None if retry_after is None else min(retry_after, LONGEST_PAUSE)
        self.limit = limit
        self.of_app = of_app


@dataclass(frozen=True)
class Rate:
    """At most `most` messages in any `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """The most a channel can show, and how fast: `text` in characters, `options` in one prompt; None is no limit.

    `conversation` is what may be said in one conversation, `app` what this bot may say in all of them together.
    """

    text: int | None = None
    options: int | None = None
    conversation: tuple[Rate, ...] = ()
    app: tuple[Rate, ...] = ()


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do, as it declares it: each is a few plain words, empty where it cannot do it at all.

    `title` is its name in full, `called` as people say it in a sentence, if that is different. `limits` is what its
    renderer keeps to. The published matrix is made from these. `needs` is the package that its extra brings, by which
    it is seen whether that is installed; empty where it needs none. `long_text` is what becomes of a text that is too
    long for one part; empty where it is shown whole. `secret_shapes` are patterns of what must never be logged even
    where no setting holds it; `loggers` are those of its libraries that say too much.
    """

    title: str
    limits: Limits
    private: str
    groups: str
    only_one: str
    one_choice: str
    many_choices: str
    date: str
    form: str
    card: str
    file_out: str
    file_in: str
    link: str
    change_sent: str
    reminders: str
    identity: str
    arrives_by: str
    called: str = ""
    needs: str = ""
    long_text: str = ""
    secret_shapes: tuple[str, ...] = ()
    loggers: tuple[str, ...] = ()


class Carrier(Protocol):
    """What brings replies to people right after a turn."""

    def begin(self, due: Sequence[Due]) -> None:
        """Begin to send what a turn put in, now that its transaction has been committed."""
        ...

    async def say(self, channel: str, address: str, reply: Reply) -> None:
        """Say something at once that is kept nowhere, as in a group. Raises Unreachable."""
        ...

    async def idle(self) -> None:
        """Wait until no reply is on its way."""
        ...


class Channel(Protocol):
    """A way to reach people."""

    name: str
    limits: Limits

    async def send(self, address: str, reply: Reply) -> str:
        """Deliver a reply and return the platform's id for it. Raises Unreachable."""
        ...

    async def limited_by(self, address: str) -> tuple[str, ...]:
        """What the platform's limits on sending there are kept on, from the narrowest to the widest, each by a name.

        Where it wants nothing more for a time, others under other limits are sent meanwhile.
        """
        ...
