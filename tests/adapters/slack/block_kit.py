"""Slack's rules for what a message may hold, each refused with Slack's own word, and a message as a person reads it."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
MOST_BLOCKS = {"message": 50, "view": 100}
MOST_CHARACTERS = 13_200
_MARK = re.compile(r"<[^>]*>")


class Invalid(Exception):
    """Slack would not take it."""


def check(blocks: Any, surface: str = "message") -> None:
    """Raises Invalid where Slack would refuse the blocks."""
    _must(isinstance(blocks, list) and len(blocks) <= MOST_BLOCKS[surface], "invalid_blocks")
    for block in blocks:
        kind = block.get("type")
        _must(kind in _CHECKS, f"invalid_blocks: {kind}")
        _CHECKS[kind](block)
    if surface == "message":
        _must(sum(len(one) for one in map(read_block, blocks)) <= MOST_CHARACTERS, "msg_blocks_too_long")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    _must(len(ids) == len(set(ids)), "invalid_blocks: the same block_id twice")


def check_text(text: Any) -> None:
    """A message's own words: there, not too many, and without a mention or a link that nobody meant."""
    _must(isinstance(text, str) and bool(text.strip()), "no_text")
    _must(len(text) <= 40_000, "msg_too_long")
    _must(not _MARK.search(text), "the stand-in takes no markup in a message's own words")
    _must(not re.search(r"&(?!amp;|lt;|gt;)", text), "the stand-in wants & < > escaped")


def read(blocks: list[Json]) -> str:
    """The blocks as a person reads them: links with their addresses, buttons by their words."""
    return "\n".join(read_block(block) for block in blocks)


def read_block(block: Json) -> str:
    if block["type"] == "rich_text":
        return "".join(_read_element(one) for part in block["elements"] for one in part["elements"])
    if block["type"] in {"header", "section"}:
        return str(block["text"]["text"])
    if block["type"] == "context":
        return " ".join(one["text"] for one in block["elements"])
    if block["type"] == "input":
        return f"{block['label']['text']}\n{block.get('hint', {}).get('text', '')}"
    return "\n".join(words for one in block.get("elements", ()) for words in _controls(one))


def _read_element(one: Json) -> str:
    return f"{one['text']} ({one['url']})" if one["type"] == "link" else str(one["text"])


def _controls(element: Json) -> list[str]:
    if element["type"] == "button":
        return [element["text"]["text"]]
    return [option["text"]["text"] for option in element.get("options", ())]


def _must(good: bool, why: str) -> None:
    if not good:
        raise Invalid(why)


def _only(thing: Json, *names: str) -> None:
    _must(set(thing) <= set(names), f"invalid_blocks: {sorted(set(thing) - set(names))}")


def _plain(text: Any, most: int) -> None:
    _must(isinstance(text, dict) and text.get("type") == "plain_text", "invalid_blocks: plain_text wanted")
    _only(text, "type", "text", "emoji")
    _must(isinstance(text["text"], str) and 1 <= len(text["text"]) <= most, f"invalid_blocks: 1 to {most} characters")


def _rich(block: Json) -> None:
    _only(block, "type", "block_id", "elements")
    _must(bool(block["elements"]), "invalid_blocks: empty")
    _must(len(read_block(block)) <= 3000 + 3000, "invalid_blocks: too long")
    _must(
        sum(len(one["text"]) for part in block["elements"] for one in part["elements"]) <= 3000, "invalid_blocks: long"
    )
    for part in block["elements"]:
        _only(part, "type", "elements")
        _must(part["type"] == "rich_text_section" and bool(part["elements"]), "invalid_blocks: section")
        for one in part["elements"]:
            _must(one["type"] in {"text", "link"}, f"invalid_blocks: {one['type']}")
            _only(one, "type", "text", "style", *(["url"] if one["type"] == "link" else []))
            _must(bool(one["text"]), "invalid_blocks: an element without words")
            _must(one["type"] == "text" or one["url"].startswith(("https://", "http://")), "invalid_blocks: url")


def _actions(block: Json) -> None:
    _only(block, "type", "block_id", "elements")
    _must(1 <= len(block["elements"]) <= 25, "invalid_blocks: 1 to 25 elements")
    ids = [one["action_id"] for one in block["elements"]]
    _must(len(ids) == len(set(ids)) and all(1 <= len(one) <= 255 for one in ids), "invalid_blocks: action_id")
    for one in block["elements"]:
        _element(one)


def _element(one: Json) -> None:
    kind = one["type"]
    if kind == "button":
        _only(one, "type", "action_id", "text", "value", "style", "url")
        _plain(one["text"], 75)
        _must(len(one.get("value", "")) <= 2000, "invalid_blocks: value")
    elif kind == "checkboxes":
        _only(one, "type", "action_id", "options")
        _must(1 <= len(one["options"]) <= 10, "invalid_blocks: 1 to 10 options")
        values = [option["value"] for option in one["options"]]
        _must(len(values) == len(set(values)) and all(len(value) <= 150 for value in values), "invalid_blocks: values")
        for option in one["options"]:
            _plain(option["text"], 75)
    elif kind == "datepicker":
        _only(one, "type", "action_id", "placeholder", "initial_date")
        _plain(one["placeholder"], 150)
    elif kind == "plain_text_input":
        _only(one, "type", "action_id", "multiline", "max_length", "initial_value", "placeholder")
        _must(1 <= one.get("max_length", 3000) <= 3000, "invalid_blocks: max_length")
        _must(len(one.get("initial_value", "")) <= one.get("max_length", 3000), "invalid_blocks: initial_value")
    else:
        raise Invalid(f"invalid_blocks: {kind}")


def _header(block: Json) -> None:
    _only(block, "type", "block_id", "text")
    _plain(block["text"], 150)


def _section(block: Json) -> None:
    _only(block, "type", "block_id", "text")
    _plain(block["text"], 3000)


def _context(block: Json) -> None:
    _only(block, "type", "block_id", "elements")
    _must(1 <= len(block["elements"]) <= 10, "invalid_blocks: context")
    for one in block["elements"]:
        _plain(one, 2000)


def _input(block: Json) -> None:
    _only(block, "type", "block_id", "label", "hint", "element", "optional")
    _plain(block["label"], 2000)
    if "hint" in block:
        _plain(block["hint"], 2000)
    _element(block["element"])


_CHECKS = {
    "rich_text": _rich,
    "actions": _actions,
    "header": _header,
    "section": _section,
    "context": _context,
    "input": _input,
}
