"""A reply as Teams' messages: Adaptive Cards of a fitting size with their inputs and buttons, and documents; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic_core import to_json

from adapters.styled_words import clean, is_safe
from adapters.teams.capabilities import CAPABILITIES
from adapters.teams.controls import MOST_BUTTONS, TokenOf, action_set, button, entry, is_listed, options
from adapters.teams.parse import PRESSED
from adapters.teams.said import Element, line, link, paragraphs, run, set_off
from adapters.too_many import within
from bot import wording_controls
from bot.button_tokens import apart, under_of
from bot.delivering.nudge_buttons import read_button
from bot.messages import (
    COMMAND,
    Anchor,
    Block,
    Bold,
    Bullets,
    Card,
    Choices,
    Chosen,
    File,
    Filled,
    Form,
    Link,
    Reply,
    Text,
    Wait,
)

LARGEST = 24_000
"""Bytes of a card. Teams takes 28 KB with everything around it."""
VERSION = "1.5"
_STYLES = {"emergency": "attention", "problem": "warning", "note": "default", "plain": "default"}


@dataclass(frozen=True)
class Shown:
    """One message: a card, and the words that a notification shows of it."""

    card: Element
    summary: str


@dataclass(frozen=True)
class Document:
    """One document to be offered."""

    name: str
    media_type: str
    key: str


Payload = Shown | Document


def render(reply: Reply, token_of: TokenOf, private_link: str = "") -> tuple[Payload, ...]:
    """What is sent for a reply, in order. `private_link` leads from a group to a personal chat."""
    summary = _summary(reply)
    cards = [Shown(card_of(some), summary) for some in bodies(reply, token_of, private_link)]
    files = [Document(one.name, one.media_type, one.key) for one in reply.blocks if isinstance(one, File)]
    return (*files, *cards)


def bodies(reply: Reply, token_of: TokenOf, private_link: str = "") -> list[list[Element]]:
    """What stands in each card of a reply."""
    units: list[list[Element]] = []
    shown, parts = _shown(reply), apart(reply)
    # The button of a list brings every field of its card along, and would be held up by one that must be filled in.
    must = not any(isinstance(one, Choices) and is_listed(one) for one in shown)
    for number, block in enumerate(shown):
        elements = _block(block, number, token_of, must=must)
        is_whole = block in parts and size_of({"body": elements}) <= LARGEST // 2
        units += [elements] if is_whole else _together(elements)
    units += _together(_shortcuts(reply, token_of))
    if reply.private_way and private_link:
        units.append([action_set([{"type": "Action.OpenUrl", "title": line(reply.private_way), "url": private_link}])])
    return list(_parted(units))


def plain(*texts: str) -> Element:
    """A card that only says something."""
    return card_of([element for text in texts for element in paragraphs([run(clean(text))])])


def size_of(card: Element) -> int:
    """How many bytes a card takes."""
    return len(to_json(card))


def _shown(reply: Reply) -> list[Block]:
    return [one for one in within(CAPABILITIES.limits, reply.blocks) if not isinstance(one, Wait | File)]


def card_of(elements: Sequence[Element]) -> Element:
    """A card with this in it."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "msteams": {"width": "Full"},
        "body": list(elements),
    }


def _parted(units: Iterable[list[Element]]) -> Iterator[list[Element]]:
    """The elements in as few cards as they fit into, what belongs together in one."""
    here: list[Element] = []
    size = 600
    for some in units:
        more = size_of({"body": some})
        if here and size + more > LARGEST:
            yield here
            here, size = [], 600
        here += some
        size += more
    if here:
        yield here


def _together(elements: Iterable[Element]) -> Iterator[list[Element]]:
    """Each element; an input stays with the button that sends it."""
    waiting: list[Element] = []
    for one in elements:
        waiting.append(one)
        if not one["type"].startswith("Input."):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _summary(reply: Reply) -> str:
    """What a locked screen may show: the way to help where somebody is in danger, and else nothing of what is said."""
    for block in reply.blocks:
        if isinstance(block, Text) and block.tone == "emergency":
            return " ".join(
                one.text if isinstance(one, Bold) else one for one in block.runs if isinstance(one, str | Bold)
            )
        if isinstance(block, Choices) and any(read_button(option.id) for option in block.options):
            return wording_controls.REMINDS
    return wording_controls.ANSWERED


def _block(block: Block, number: int, token_of: TokenOf, *, must: bool) -> list[Element]:
    if isinstance(block, Choices):
        return [*_asked(block), *options(block, number, token_of)]
    if isinstance(block, Form):
        submit = button(block.submit, {PRESSED: token_of(Filled(block.id, ()))}, primary=True)
        return [*_asked(block), *(entry(field, must=must) for field in block.fields), action_set([submit])]
    return _said(block)


def _said(block: Block) -> list[Element]:
    if isinstance(block, Text):
        return running_words(block)
    if isinstance(block, Card):
        facts = [
            element
            for label, value in block.facts
            for element in paragraphs([run(f"{clean(label)}: ", strong=True), run(clean(value))], spacing="Small")
        ]
        links = [element for one in block.links for element in _link(one)]
        title = paragraphs([{**run(clean(block.title), strong=True), "size": "Medium"}])
        return [
            {"type": "Container", "style": "emphasis", "items": items} for items in _chunks([*title, *facts, *links])
        ]
    assert isinstance(block, Link)
    return _link(block)


def _chunks(items: list[Element]) -> Iterator[list[Element]]:
    here: list[Element] = []
    for one in items:
        if here and size_of({"items": here}) + size_of(one) > LARGEST // 2:
            yield here
            here = []
        here.append(one)
    if here:
        yield here


def _link(block: Link) -> list[Element]:
    if not is_safe(block.url):
        return list(paragraphs([link(block.label, block.url)]))
    return [action_set([{"type": "Action.OpenUrl", "title": line(block.label) or block.url, "url": block.url}])]


def running_words(block: Text) -> list[Element]:
    """Running words, set apart where they are urgent."""
    found: list[Element] = []
    here: list[Element] = []
    for one in block.runs:
        if isinstance(one, Bullets):
            found += paragraphs(here)
            here = []
            for item in one.items:
                words = run(clean(item)) if isinstance(item, str) else link(item.label, item.url)
                found += paragraphs([run("• "), words], spacing="Small")
        elif isinstance(one, Anchor):
            here.append(link(one.label, one.url))
        else:
            strong = isinstance(one, Bold) or block.tone == "emergency"
            here.append(run(clean(one.text if isinstance(one, Bold) else one), strong=strong))
    found += paragraphs(here)
    if block.tone in {"emergency", "problem"}:
        return [{"type": "Container", "style": _STYLES[block.tone], "items": items} for items in _chunks(found)]
    return [set_off(one) for one in found]


def _asked(block: Choices | Form) -> list[Element]:
    title = block.text if isinstance(block, Choices) else block.title
    found = list(paragraphs([run(clean(title), strong=True)]))
    if isinstance(block, Choices):
        found += paragraphs([run(clean(block.help))], spacing="Small")
        # In a list each entry says its own hint.
        is_hinted = not is_listed(block) and any(one.hint for one in block.options)
        for option in block.options if is_hinted else ():
            words = f": {clean(option.hint)}" if option.hint else ""
            found += paragraphs([run(f"• {clean(option.label)}", strong=True), run(words)], spacing="Small")
        return found
    for field in block.fields:
        if field.help:
            words = f"{clean(field.label)}: {clean(field.help)}" if len(block.fields) > 1 else clean(field.help)
            found += paragraphs([run(words)], spacing="Small")
    return found


def _shortcuts(reply: Reply, token_of: TokenOf) -> Iterator[Element]:
    under = under_of(reply)
    offered = {one.label for block in reply.blocks if isinstance(block, Choices) for one in block.options}
    buttons = [
        button(one.label, {PRESSED: token_of(Chosen(COMMAND, (one.id,), under))}, alone=True)
        for one in reply.shortcuts
        if one.label not in offered
    ]
    for at in range(0, len(buttons), MOST_BUTTONS):
        yield {**action_set(buttons[at : at + MOST_BUTTONS]), "separator": not at, "spacing": "Medium"}
