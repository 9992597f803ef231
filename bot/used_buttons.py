"""What became of the buttons of a message, or of each of its parts apart, by what is kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.button_tokens import ButtonTokens, apart, buttons_of, event_of
from bot.messages import Chosen, Filled, Reply
from bot.storage import Connection, KeyRing, events
from bot.took import COUNTED, KEPT, Took, kept_as


@dataclass(frozen=True)
class Use:
    """A button that was used: its words, what became of it, and when.

    Of what was ticked, or filled in, there are no words; `token` is the button's own.
    """

    label: str
    took: Took
    at: datetime
    token: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a message: the tokens its buttons bear, and how they were used; its buttons are gone where any was.

    Of two that were pressed at once both may have been taken: it is said of both.
    """

    tokens: frozenset[str]
    uses: tuple[Use, ...]


def parts(connection: Connection, keys: KeyRing, channel: str, address: str, reply: Reply) -> tuple[Part, ...]:
    """The parts of a message that was sent to an address, in order; its key is the message's own."""
    tokens_of = ButtonTokens(keys, channel, address, reply.key).tokens
    found = [
        [(option.label, tokens_of(Chosen(block.prompt, (option.id,)))) for option in block.options]
        for block in apart(reply)
    ]
    every = [token for part in found for _, tokens in part for token in tokens]
    noted = _noted(connection, channel, address, every)
    return tuple(
        Part(
            frozenset(token for _, tokens in part for token in tokens),
            tuple(use for label, tokens in part for use in _uses(label, tokens, noted)),
        )
        for part in found
    )


def of_all(connection: Connection, keys: KeyRing, channel: str, address: str, reply: Reply) -> tuple[Use, ...]:
    """What is to be said of a message whose buttons all go at once, in order; nothing where none was used.

    Of one pressed from the message as it was, after another had counted, nothing is said: nothing came of it.
    """
    tokens_of = ButtonTokens(keys, channel, address, reply.key).tokens
    found = [
        ("" if isinstance(one.said, Filled) else one.label, tokens_of(one.said))
        for one in buttons_of(reply)
        if not one.toggle
    ]
    noted = _noted(connection, channel, address, [token for _, tokens in found for token in tokens])
    uses = sorted((use for label, tokens in found for use in _uses(label, tokens, noted)), key=lambda use: use.at)
    return tuple(use for use in uses if use.took in COUNTED) or tuple(uses[-1:])


def _noted(connection: Connection, channel: str, address: str, tokens: Iterable[str]) -> Mapping[str, datetime]:
    """When each button was used, and what is kept of that."""
    every = [event_of(token) for token in tokens]
    asked = [*every, *(kept_as(took, event) for event in every for took in KEPT)]
    return events.noted_at(connection, asked, channel, address)


def _uses(label: str, tokens: Iterable[str], noted: Mapping[str, datetime]) -> Iterator[Use]:
    for token in tokens:
        event = event_of(token)
        if event in noted:
            took = next((one for one in KEPT if kept_as(one, event) in noted), Took.UP)
            yield Use(label, took, noted[event], token)
