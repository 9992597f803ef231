"""Links that lead into the conversation: what a link's name means here, and what following it says to the bot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from bot import state
from bot.clock import london_date
from bot.commands import BEGIN, plainly
from bot.definitions import Definitions
from bot.exchange import Exchange
from bot.messages import COMMAND, Chosen, Said, Turn, Typed
from bot.moment import Moment
from bot.storage import Connection, conversations

_STOP = Chosen(COMMAND, ("stop",))
_MOST_LIKE = 5


@dataclass(frozen=True)
class Named:
    """A dialog or a topic that a link may name: its name, and what it is called."""

    name: str
    title: str


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands: what is under way in it, by name and title, and whether that is practice.

    `awaits` is whether words typed now would be taken for an answer.
    """

    name: str = ""
    title: str = ""
    practice: bool = False
    awaits: bool = False


class LinkDesk:
    """What links need of the bot."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    @property
    def _definitions(self) -> Definitions:
        return self._exchange.definitions

    def dialogs(self) -> tuple[Named, ...]:
        """Every dialog a link can begin: those with a door of their own first."""
        flows = sorted(self._definitions.flows.values(), key=lambda one: (one.entrance is not None, one.title))
        return tuple(Named(one.name, one.title) for one in flows)

    def topics(self) -> tuple[Named, ...]:
        """Every topic a link can ask for, by title."""
        found = (Named(id_, topic.title) for id_, topic in self._definitions.library.topics.items())
        return tuple(sorted(found, key=lambda one: one.title.casefold()))

    def dialog(self, name: str) -> Named | None:
        """The dialog of a name, or of words that begin it; None where there is none."""
        wanted = plainly(name).replace("-", "_").replace(" ", "_")
        found = wanted if wanted in self._definitions.flows else self._definitions.begins.get(plainly(name), "")
        return Named(found, self._definitions.flows[found].title) if found else None

    def topic(self, name: str) -> Named | None:
        """The topic of a name; None where there is none."""
        id_ = _topic_id(name)
        topic = self._definitions.library.topics.get(id_)
        return Named(id_, topic.title) if topic is not None else None

    def like(self, name: str) -> tuple[Named, ...]:
        """The topics whose names are most like one that there is not."""
        topics = self._definitions.library.topics
        return tuple(Named(id_, topics[id_].title) for id_ in get_close_matches(_topic_id(name), topics, _MOST_LIKE))

    async def standing(self, channel: str, address: str, at: datetime) -> Standing:
        """Where a conversation stands. Nothing is changed."""

        def work(connection: Connection) -> Standing:
            stored = conversations.peek(connection, self._exchange.keys, channel, address)
            if stored is None:
                return Standing()
            kept = state.from_json(stored.state)
            turn = Turn(channel, address, address, Typed(""), "", at)
            return _standing(Moment(turn, kept, self._definitions, stored.id, london_date(at)))

        return await self._exchange.database.run(work)


def begins(named: Named, now: Standing) -> Iterator[Said]:
    """What following a link to a dialog says: practice is ended first, as a link means the real thing."""
    if now.practice:
        yield _STOP
    yield Chosen(COMMAND, (f"{BEGIN}{named.name}",))


def asks_for(topic: Named) -> Iterator[Said]:
    """What following a link to a topic says."""
    yield Chosen(COMMAND, (topic.name,))


def asks(question: str, now: Standing) -> Iterator[Said]:
    """What asking a link's question says: what is under way is put aside, so that it is not taken for an answer."""
    if now.awaits:
        yield _STOP
    yield Typed(question)


def _topic_id(name: str) -> str:
    return plainly(name).replace("_", "-").replace(" ", "-")


def _standing(moment: Moment) -> Standing:
    dialog = moment.dialog
    awaits = moment.state.awaited is not None
    if dialog is None or dialog.flow not in moment.definitions.flows or moment.decided(dialog):
        return Standing(awaits=awaits)
    return Standing(dialog.flow, moment.flow(dialog).title, dialog.practice, awaits=True)
