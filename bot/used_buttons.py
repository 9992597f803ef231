"""What became of the buttons of a message with several parts, each part apart, by what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.button_tokens import ButtonTokens, apart, event_of
from bot.messages import Chosen, Reply
from bot.storage import Connection, KeyRing, conversations, events
from bot.took import KEPT, Took, kept_as


@dataclass(frozen=True)
class Use:
    """A button that was used: its words, what became of it, and when."""

    label: str
    took: Took
    at: datetime


@dataclass(frozen=True)
class Part:
    """One part of a message: the tokens its buttons bear, and how they were used; its buttons are gone where any was.

    Of two that were pressed at once both may have been taken: it is said of both.
    """

    tokens: frozenset[str]
    uses: tuple[Use, ...]


def parts(connection: Connection, keys: KeyRing, channel: str, address: str, reply: Reply) -> tuple[Part, ...]:
    """The parts of a message that was sent to an address, in order; its key is the message's own."""
    conversation = conversations.id_at(connection, channel, address) or ""
    tokens_of = ButtonTokens(keys, channel, address, reply.key).tokens
    found = [
        [(option.label, tokens_of(Chosen(block.prompt, (option.id,)))) for option in block.options]
        for block in apart(reply)
    ]
    every = [event_of(token) for part in found for _, tokens in part for token in tokens]
    asked = [*every, *(kept_as(took, event) for event in every for took in KEPT)]
    noted = events.noted_at(connection, asked, conversation)
    return tuple(
        Part(
            frozenset(token for _, tokens in part for token in tokens),
            tuple(use for label, tokens in part for use in _uses(label, tokens, noted)),
        )
        for part in found
    )


def _uses(label: str, tokens: list[str], noted: Mapping[str, datetime]) -> Iterator[Use]:
    for event in map(event_of, tokens):
        if event in noted:
            took = next((one for one in KEPT if kept_as(one, event) in noted), Took.UP)
            yield Use(label, took, noted[event])
