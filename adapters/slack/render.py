"""A reply as Slack's messages: Block Kit within Slack's limits, buttons and pickers on opaque tokens; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters import block_words
from adapters.slack.capabilities import CAPABILITIES
from adapters.slack.rich import blocks, short
from adapters.styled_words import Line, joined, link, one_line, said, strong
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
    Filled,
    Form,
    Link,
    Option,
    Reply,
    Said,
    Text,
    Typed,
    Wait,
)

MOST_BLOCKS = 45
"""In one message; Slack takes 50, and a stamp comes into it later."""
MOST_CHARACTERS = 11_000
"""In all blocks of one message; Slack refuses somewhat over 13,000."""
LONGEST_LABEL = 75
_LONGEST_HEADER = 150
_LONGEST_FALLBACK = 3000
_BUTTONS = 25
_BOXES = 10
SAY, TICKS, DONE, DAY, ON_DAY, OPEN, PRIVATE = "say", "ticks", "done", "day", "on_day", "open", "private"
"""How the action of each kind of control begins; a number follows."""

TokenOf = Callable[[Said], str]
Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message: its blocks, and its words for notifications and screen readers."""

    text: str
    blocks: tuple[Json, ...]


@dataclass(frozen=True)
class Document:
    """One document to be sent."""

    name: str
    key: str


Payload = Message | Document


def render(reply: Reply, token_of: TokenOf) -> tuple[Payload, ...]:
    """What is sent for a reply, in order."""
    shown = within(CAPABILITIES.limits, reply.blocks)
    units = [list(_unit(block, token_of)) for block in shown if not isinstance(block, Wait | File)]
    units.append([*_shortcuts(reply, token_of), *_way_on(reply)])
    files = [Document(one_line(one.name), one.key) for one in reply.blocks if isinstance(one, File)]
    return (*files, *(_message(one) for one in _packed(units)))


def page(shown: Iterable[Block]) -> Json:
    """The app's page with these blocks, of which none is a question; what does not fit is left to the bot to say."""
    held = [one for block in shown for one in _unit(block, lambda _: "")]
    return {"type": "home", "blocks": held[:MOST_BLOCKS]}


def read(block: Text) -> str:
    """Running words in one style, for where Slack shows no other."""
    return said(block_words.of_text(block))


def escaped(text: str) -> str:
    """Words in a message's own text, where Slack looks for these three."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bears(message: Message, token: str) -> bool:
    """Whether a button of the message has this token."""
    return any(one.get("value") == token for block in message.blocks for one in block.get("elements", ()))


def size_of(block: Json) -> int:
    """How many characters of words are in a block."""
    if block["type"] == "rich_text":
        return sum(len(one["text"]) + len(one.get("url", "")) for part in block["elements"] for one in part["elements"])
    if block["type"] == "header":
        return len(block["text"]["text"])
    return sum(_size_of_element(one) for one in block.get("elements", ()))


def _size_of_element(element: Json) -> int:
    texts = [element.get("text"), element.get("placeholder")]
    for option in element.get("options", ()):
        texts += [option["text"], option.get("description")]
    return sum(len(one["text"]) for one in texts if isinstance(one, dict))


def _packed(units: Iterable[Sequence[Json]]) -> Iterator[list[Json]]:
    """The units in as few messages as hold them, each kept whole where it fits in one."""
    held: list[Json] = []
    characters = 0
    for unit in units:
        sizes = [size_of(one) for one in unit]
        if held and not _fits(len(held) + len(unit), characters + sum(sizes)):
            yield held
            held, characters = [], 0
        for block, size in zip(unit, sizes, strict=True):
            if held and not _fits(len(held) + 1, characters + size):
                yield held
                held, characters = [], 0
            held.append(block)
            characters += size
    if held:
        yield held


def _fits(blocks: int, characters: int) -> bool:
    return blocks <= MOST_BLOCKS and characters <= MOST_CHARACTERS


def _message(held: Sequence[Json]) -> Message:
    return Message(heard(held), tuple(held))


def heard(held: Iterable[Json]) -> str:
    """The words of a message with these blocks, for notifications and screen readers."""
    words = "\n".join(text for block in held for text in _heard(block)) or wording_controls.CHOOSE
    return escaped(words if len(words) <= _LONGEST_FALLBACK else words[: _LONGEST_FALLBACK - 1] + "…")


def _heard(block: Json) -> Iterator[str]:
    """The words of a block that is read out; buttons are read out by themselves."""
    if block["type"] == "rich_text":
        # Slack may give our own words back in more kinds of elements than we make.
        yield "".join(one.get("text", "") for part in block["elements"] for one in part.get("elements", ()))
    elif block["type"] == "context":
        yield "\n".join(one.get("text", "") for one in block["elements"])
    elif block["type"] == "header":
        yield block["text"]["text"]


def _unit(block: Block, token_of: TokenOf) -> Iterator[Json]:
    """The blocks that belong together for one block of a reply."""
    if isinstance(block, Card):
        yield from _card(block)
    elif isinstance(block, Choices):
        yield from blocks(block_words.of_choices(block, wording_controls.TICK_THEN_DONE, numbered=_is_numbered(block)))
        yield from (_boxes(block, token_of) if block.many else _buttons(block, token_of))
    elif isinstance(block, Form):
        yield from blocks(block_words.of_form(block))
        if asks_a_day(block):
            yield _day(block, token_of)
        else:
            label = wording_controls.WRITE_ANSWER if len(block.fields) == 1 else wording_controls.FILL_IN
            yield _actions([_button(f"{OPEN}-0", label, token_of(Filled(block.id, ())))])
    elif isinstance(block, Link):
        yield from blocks(link(block.label, block.url))
    elif isinstance(block, Text):
        yield from blocks(block_words.of_text(block))


def _card(card: Card) -> Iterator[Json]:
    title = one_line(card.title)
    lines: list[Line] = list(block_words.of_card(card))
    if title and len(title) <= _LONGEST_HEADER:
        yield {"type": "header", "text": _plain(title)}
    else:
        lines.insert(0, strong(title))
    yield from blocks(joined(lines, "\n"))


def _is_numbered(block: Choices) -> bool:
    """Whether the options stand in the text with numbers, because a control cannot show the whole of them."""
    return any(len(one_line(one.label)) > LONGEST_LABEL - 4 or one.hint for one in block.options)


def _labels(block: Choices) -> list[str]:
    numbered = _is_numbered(block)
    return [
        short(f"{number}. {one.label}" if numbered else one.label, LONGEST_LABEL) or str(number)
        for number, one in enumerate(block.options, 1)
    ]


def _buttons(block: Choices, token_of: TokenOf) -> Iterator[Json]:
    buttons = [
        (label, token_of(Chosen(block.prompt, (option.id,))))
        for label, option in zip(_labels(block), block.options, strict=True)
    ]
    yield from _rows(buttons)


def _rows(buttons: Sequence[tuple[str, str]]) -> Iterator[Json]:
    for at in range(0, len(buttons), _BUTTONS):
        row = buttons[at : at + _BUTTONS]
        yield _actions([_button(f"{SAY}-{number}", label, token) for number, (label, token) in enumerate(row)])


def _boxes(block: Choices, token_of: TokenOf) -> Iterator[Json]:
    options = [
        {"text": _plain(label), "value": token_of(Chosen(block.prompt, (option.id,)))}
        for label, option in zip(_labels(block), block.options, strict=True)
    ]
    boxes = [
        {"type": "checkboxes", "action_id": f"{TICKS}-{at}", "options": options[at : at + _BOXES]}
        for at in range(0, len(options), _BOXES)
    ]
    yield _actions([*boxes, _button(f"{DONE}-0", wording_controls.DONE, token_of(Chosen(block.prompt, ())))])


def _day(form: Form, token_of: TokenOf) -> Json:
    """A picker with its button, and a button for each of the form's days."""
    picker = {"type": "datepicker", "action_id": f"{DAY}-0", "placeholder": _plain(wording_controls.DAY)}
    chosen = _button(f"{ON_DAY}-0", short(form.submit, LONGEST_LABEL), token_of(Filled(form.id, ())))
    days = [
        _button(f"{SAY}-{number}", day.capitalize(), token_of(Typed(day, form.id))) for number, day in enumerate(DAYS)
    ]
    return _actions([picker, chosen, *days])


def _shortcuts(reply: Reply, token_of: TokenOf) -> Iterator[Json]:
    under = under_of(reply)

    def button(option: Option) -> tuple[str, str]:
        return short(option.label, LONGEST_LABEL), token_of(Chosen(COMMAND, (option.id,), under))

    yield from _rows([button(one) for one in reply.shortcuts])


def _way_on(reply: Reply) -> Iterator[Json]:
    if reply.private_way:
        yield _actions([_button(f"{PRIVATE}-0", short(reply.private_way, LONGEST_LABEL), PRIVATE)])


def _actions(elements: Sequence[Json]) -> Json:
    return {"type": "actions", "elements": list(elements)}


def _button(action: str, label: str, value: str) -> Json:
    return {"type": "button", "action_id": action, "text": _plain(label), "value": value}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
