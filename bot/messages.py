"""What is said in both directions: a person's turn, and the blocks of a reply, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Audience = Literal["everyone", "only", "private"]
FieldKind = Literal["text", "long", "date"]

# The prompt of the buttons that are commands.
COMMAND = "command"
# What stands in a prompt's place where the newest reply asks nothing.
NOTHING_ASKED = "nothing"


@dataclass(frozen=True)
class Typed:
    """Words a person typed; `prompt` is the prompt their box stood under, where the channel knows it."""

    text: str
    prompt: str = ""


@dataclass(frozen=True)
class Chosen:
    """Options a person pressed: which prompt they belong to, and the chosen options' ids.

    `under` is, for a command's button, the prompt it stood under, where the channel knows it.
    """

    prompt: str
    ids: tuple[str, ...]
    under: str = ""


@dataclass(frozen=True)
class Filled:
    """A form a person sent: its id and each field's value as typed."""

    form: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Began:
    """A person sat down anew: opened the conversation, or said hello in the platform's own way.

    With `keeps` nobody asked for a new sitting, as where an app was installed: what is in hand stays. `from_detail` is
    whether they followed the way shown in a group to whoever wrote there what looks like detail of a case.
    """

    keeps: bool = False
    from_detail: bool = False


@dataclass(frozen=True)
class Edited:
    """A message that a person changed after it was sent, in its new words."""

    text: str


@dataclass(frozen=True)
class Attached:
    """Something that is not words, such as a photo or a recording, with the words that came with it.

    `is_own` is whether whoever sent it wrote all of those: none of them was passed on, nor belongs to a poll.
    """

    text: str = ""
    is_own: bool = False


Said = Typed | Chosen | Filled | Began | Edited | Attached


def words_in(said: Said) -> str | None:
    """Everything a person wrote, typed, changed or in the fields of a form; None where a button was pressed."""
    if isinstance(said, Filled):
        return "\n".join(value for _, value in said.values)
    if isinstance(said, Typed | Edited):
        return said.text
    return (said.text or None) if isinstance(said, Attached) else None


@dataclass(frozen=True)
class Turn:
    """One thing a person said, pressed or sent.

    `event` is the platform's own key for this delivery: the same key twice is the same turn delivered again.
    `at` is when it was said, with its time zone. `delivery` is the platform's key where `event` is another, as a
    button's that may be pressed once. `thread` is the platform's own id of the thread in a private chat that it was
    said in; empty where in none.
    """

    channel: str
    conversation: str
    person: str
    said: Said
    event: str
    at: datetime
    private: bool = True
    delivery: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Bold:
    """Words to be shown strongly."""

    text: str


@dataclass(frozen=True)
class Anchor:
    """Words that lead to an address."""

    label: str
    url: str


@dataclass(frozen=True)
class Bullets:
    """A list, one line of plain text, or of words that lead to an address, for each item."""

    items: tuple[str | Anchor, ...]


Run = str | Bold | Anchor | Bullets


@dataclass(frozen=True)
class Text:
    """Running words. In a plain run a line break is a new line and an empty line a new paragraph."""

    runs: tuple[Run, ...]
    tone: Literal["plain", "emergency", "note", "problem"] = "plain"

    @classmethod
    def of(cls, *runs: Run, tone: Literal["plain", "emergency", "note", "problem"] = "plain") -> Text:
        """Text made of the given runs."""
        return cls(runs, tone)


@dataclass(frozen=True)
class Link:
    """An address with its words, standing on its own."""

    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """A titled list of facts, each a label and a value."""

    title: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen; `id` is at most 40 of a-z, 0-9, _ and -."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Choices:
    """A question with options; `prompt` is its id and comes back in `Chosen`."""

    prompt: str
    text: str
    options: tuple[Option, ...]
    many: bool = False
    help: str = ""


@dataclass(frozen=True)
class Field:
    """One thing to fill in."""

    id: str
    label: str
    kind: FieldKind
    help: str = ""


@dataclass(frozen=True)
class Form:
    """Things to fill in together; `id` comes back in `Filled`."""

    id: str
    title: str
    fields: tuple[Field, ...]
    submit: str = "Continue"


@dataclass(frozen=True)
class File:
    """A document to keep: a file name, its media type and where it is found (a key of the conversation's store)."""

    name: str
    media_type: str
    key: str


@dataclass(frozen=True)
class Wait:
    """The bot is working; shown as typing where the platform can."""


Block = Text | Card | Choices | Form | File | Link | Wait


@dataclass(frozen=True)
class Reply:
    """What the bot says at once: blocks in order, for whom, and a key that is the same if it is sent again.

    `private_way` is, in a group, the words of the way to a conversation with the bot alone; empty for none. `thread` is
    the one of the turn it answers.
    """

    blocks: tuple[Block, ...]
    audience: Audience = "private"
    key: str = ""
    updates: str | None = None
    shortcuts: tuple[Option, ...] = field(default=())
    private_way: str = ""
    thread: str = ""
