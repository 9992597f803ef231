"""What a platform's button carries: an opaque token bound to one message and one person, and what it stands for.

The token is a keyed hash, so that it holds no content and nobody can make one; what it stands for is found among the
messages that were sent to that person. It is used once: pressing it is an event whose key is the token.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.delivering.nudge_buttons import read_button
from bot.messages import COMMAND, NOTHING_ASKED, Choices, Chosen, Filled, Form, Reply, Said, Typed
from bot.reply_text import from_text
from bot.storage import Connection, KeyRing, conversations, outbox
from bot.storage.crypto import DataKey

LENGTH = 22
"""Characters of A-Z, a-z, 0-9, - and _: 132 bits."""
DAYS = ("today", "yesterday")
"""What a date's own buttons say."""
_MOST_LOOKED_AT = 60
"""How many of the newest messages a button may belong to; one of an older message is no longer known."""
_PURPOSE = "button"


def event_of(token: str) -> str:
    """The event that using a button up is: whichever delivery brings it first does that."""
    return f"button:{token}"


@dataclass(frozen=True)
class Pressed:
    """What a token stands for, and the reply it belongs to.

    A `toggle` only ticks a box; what is ticked is sent by the `Chosen` without ids, and what a form was filled with by
    the `Filled` without values.
    """

    said: Said
    label: str
    toggle: bool = False
    reply: Reply | None = None

    @property
    def only_shows(self) -> bool:
        """Whether it shows something and does nothing: it is not used up, and can be pressed as often as one likes."""
        return isinstance(self.said, Chosen) and self.said.prompt == COMMAND and _is_read(self.said.ids)

    def event(self, token: str, delivery: str) -> str:
        """The event that pressing it is, once for the button, or once for each delivery where it only shows."""
        return delivery if self.only_shows and delivery else event_of(token)


class ButtonTokens:
    """Makes the tokens of one message to one person; `key` is the reply's own key."""

    def __init__(self, keys: KeyRing, channel: str, address: str, key: str) -> None:
        self._keys = keys
        self._bound = f"{channel}\n{address}\n{key}"

    def token(self, said: Said) -> str:
        """The token of a button that says this."""
        return self.tokens(said)[0]

    def tokens(self, said: Said) -> list[str]:
        """The same, and what it was under each earlier key."""
        found = self._keys.macs(_PURPOSE, f"{self._bound}\n{_written(said)}")
        return [base64.urlsafe_b64encode(one).decode()[:LENGTH] for one in found]


def meant(connection: Connection, keys: KeyRing, channel: str, address: str, token: str) -> Pressed | None:
    """What a token stands for, pressed at an address; None where no message there bears it, or none that is known."""
    conversation = conversations.id_at(connection, channel, address)
    return None if conversation is None else meant_in(connection, keys, conversation, channel, address, token)


def meant_in(
    connection: Connection,
    keys: KeyRing,
    conversation: str,
    channel: str,
    address: str,
    token: str,
    sealed_by: DataKey | None = None,
) -> Pressed | None:
    """The same in the conversation at the address; `sealed_by` is its data key, where that is held already."""
    if len(token) != LENGTH:
        return None
    for row in outbox.newest(connection, keys, conversation, _MOST_LOOKED_AT, sealed_by):
        if (row.channel, row.address) != (channel, address):
            continue
        tokens = ButtonTokens(keys, channel, address, str(row.id))
        reply = replace(from_text(row.body), key=str(row.id))
        for pressed in buttons_of(reply):
            if token in tokens.tokens(pressed.said):
                return replace(pressed, reply=reply)
    return None


def buttons_of(reply: Reply) -> Iterator[Pressed]:
    """Everything that can be pressed in a reply."""
    for block in reply.blocks:
        if isinstance(block, Choices):
            for option in block.options:
                yield Pressed(Chosen(block.prompt, (option.id,)), option.label, toggle=block.many)
            if block.many:
                yield Pressed(Chosen(block.prompt, ()), "")
        elif isinstance(block, Form):
            yield Pressed(Filled(block.id, ()), block.submit)
            for day in DAYS if asks_a_day(block) else ():
                yield Pressed(Typed(day, block.id), day.capitalize())
    for option in reply.shortcuts:
        yield Pressed(Chosen(COMMAND, (option.id,), under_of(reply)), option.label)


def apart(reply: Reply) -> tuple[Choices, ...]:
    """The parts of a message whose buttons are used apart, as those of reminders; none where all go at once.

    What is offered under a question is settled by any of its buttons; what is done about one duty settles no other.
    """
    return tuple(one for one in reply.blocks if isinstance(one, Choices) and one.prompt == COMMAND)


def asks_a_day(form: Form) -> bool:
    """Whether a form asks for a day and nothing else."""
    return [field.kind for field in form.fields] == ["date"]


def under_of(reply: Reply) -> str:
    """The prompt that a reply's short cuts stand under."""
    asking = [block for block in reply.blocks if isinstance(block, Choices | Form)]
    if not asking:
        return NOTHING_ASKED
    last = asking[-1]
    return last.id if isinstance(last, Form) else last.prompt


def _is_read(ids: tuple[str, ...]) -> bool:
    pressed = read_button(ids[0]) if len(ids) == 1 else None
    return pressed is not None and pressed.act == "why"


def _written(said: Said) -> str:
    if isinstance(said, Chosen):
        return f"chosen\n{said.prompt}\n{','.join(said.ids)}\n{said.under}"
    if isinstance(said, Filled):
        return f"filled\n{said.form}"
    assert isinstance(said, Typed)
    return f"typed\n{said.prompt}\n{said.text}"
