"""A reply as Telegram's messages: texts of a fitting length, buttons under the last of them, and documents; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters import block_words
from adapters.styled_words import Line, joined, link, one_line, parted, strong, words
from adapters.telegram.capabilities import CAPABILITIES
from adapters.telegram.entities import LONGEST, MOST_STYLED, inert, units
from adapters.telegram.own_links import GOV_UK
from adapters.too_many import within
from bot import wording_controls
from bot.button_tokens import DAYS, asks_a_day, under_of
from bot.messages import (
    COMMAND,
    Block,
    Card,
    Choices,
    Chosen,
    File,
    Form,
    Link,
    Option,
    Reply,
    Said,
    Text,
    Typed,
    Wait,
)

PREFIX = "a:"
"""How the data of a button begins; a token follows. Together they are far below the 64 bytes there are."""
MOST_ROWS_OF_ONE = 8
_ACROSS = 8
# A phone shows about as much of a button's words; longer ones stand in the text, beside their number.
_SHORT_LABEL = 34
_ACROSS_SHORT = 2
UNTICKED, TICKED = "☐ ", "☑ "

TokenOf = Callable[[Said], str]


@dataclass(frozen=True)
class Button:
    """A button: its words, and the data it carries or the address it leads to."""

    label: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Message:
    """One message of words."""

    text: Line
    buttons: Rows = ()


@dataclass(frozen=True)
class Document:
    """One document to be sent."""

    name: str
    media_type: str
    key: str


Payload = Message | Document


def render(
    reply: Reply, token_of: TokenOf, private_link: str = "", own: Mapping[str, str] = GOV_UK
) -> tuple[Payload, ...]:
    """What is sent for a reply, in order.

    `private_link` leads from a group to a private chat; `own` words are links, whoever wrote them.
    """
    blocks = [one for one in within(CAPABILITIES.limits, reply.blocks) if not isinstance(one, Wait | File)]
    asking = [number for number, one in enumerate(blocks) if isinstance(one, Choices | Form)]
    # Buttons stand under a whole message, so each block that has its own ends one; what is left goes with the last.
    ends = [*(number + 1 for number in asking[:-1]), len(blocks)]
    messages: list[Message] = []
    for start, end in zip([0, *ends], ends, strict=False):
        rows = tuple(row for block in blocks[start:end] for row in _rows(block, token_of))
        last = (*_shortcuts(reply, token_of), *_way_on(reply, private_link)) if end == ends[-1] else ()
        messages += _messages(blocks[start:end], (*rows, *last), own)
    files = [Document(one.name, one.media_type, one.key) for one in reply.blocks if isinstance(one, File)]
    return (*files, *messages)


def _messages(blocks: Sequence[Block], rows: Rows, own: Mapping[str, str]) -> list[Message]:
    text = inert(joined((_block(block) for block in blocks), "\n\n"), own)
    texts = list(parted(text, LONGEST, units, MOST_STYLED)) or ([words(wording_controls.CHOOSE)] if rows else [])
    return [Message(one) for one in texts[:-1]] + [Message(one, rows) for one in texts[-1:]]


def _way_on(reply: Reply, private_link: str) -> Rows:
    return ((Button(reply.private_way, url=private_link),),) if reply.private_way and private_link else ()


def _shortcuts(reply: Reply, token_of: TokenOf) -> Iterator[tuple[Button, ...]]:
    under = under_of(reply)
    buttons = [_button(one, Chosen(COMMAND, (one.id,), under), token_of) for one in reply.shortcuts]
    yield from _in_rows(buttons, _ACROSS_SHORT)


def _rows(block: Block, token_of: TokenOf) -> Iterator[tuple[Button, ...]]:
    """The buttons of one block."""
    if isinstance(block, Choices):
        yield from _choices(block, token_of)
    elif isinstance(block, Form) and asks_a_day(block):
        yield tuple(Button(day.capitalize(), _data(token_of(Typed(day, block.id)))) for day in DAYS)


def _choices(block: Choices, token_of: TokenOf) -> Iterator[tuple[Button, ...]]:
    numbered = _is_numbered(block)
    is_grid = len(block.options) > MOST_ROWS_OF_ONE and not block.many
    buttons = []
    for number, option in enumerate(block.options, 1):
        label = f"{number}. {option.label}" if numbered else option.label
        label = str(number) if is_grid else label
        mark = UNTICKED if block.many else ""
        buttons.append(Button(mark + one_line(label), _data(token_of(Chosen(block.prompt, (option.id,))))))
    across = _ACROSS if is_grid else _ACROSS_SHORT if block.prompt == COMMAND and not numbered else 1
    yield from _in_rows(buttons, across)
    if block.many:
        yield (Button(wording_controls.DONE, _data(token_of(Chosen(block.prompt, ())))),)


def _in_rows(buttons: Sequence[Button], across: int) -> Iterator[tuple[Button, ...]]:
    for at in range(0, len(buttons), across):
        yield tuple(buttons[at : at + across])


def _button(option: Option, said: Said, token_of: TokenOf) -> Button:
    return Button(one_line(option.label), _data(token_of(said)))


def _data(token: str) -> str:
    return PREFIX + token


def _is_numbered(block: Choices) -> bool:
    """Whether the options stand in the text with numbers: where there are hints, many of them, or long ones."""
    is_long = any(len(one.label) > _SHORT_LABEL or one.hint for one in block.options)
    return is_long or len(block.options) > MOST_ROWS_OF_ONE


def _block(block: Block) -> Line:
    if isinstance(block, Text):
        return block_words.of_text(block)
    if isinstance(block, Card):
        return joined((strong(one_line(block.title)), *block_words.of_card(block)), "\n")
    if isinstance(block, Choices):
        return block_words.of_choices(block, wording_controls.TICK_THEN_DONE, numbered=_is_numbered(block))
    if isinstance(block, Form):
        return block_words.of_form(block)
    assert isinstance(block, Link)
    return link(block.label, block.url)
