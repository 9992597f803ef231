"""A reply as text to be kept, and back again."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from bot import messages
from bot.messages import Reply

_KINDS = {
    kind.__name__: kind
    for kind in (
        messages.Anchor,
        messages.Bold,
        messages.Bullets,
        messages.Card,
        messages.Choices,
        messages.Field,
        messages.File,
        messages.Form,
        messages.Link,
        messages.Option,
        messages.Reply,
        messages.Text,
        messages.Wait,
    )
}
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(one.name for one in fields(kind)) for kind in _KINDS.values()}


def to_text(reply: Reply) -> str:
    """The reply as JSON, each value named by its kind."""
    return json.dumps(_plain(reply), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Reply:
    """The reply again. Raises ValueError, KeyError or TypeError where the text is not one."""
    reply = _built(json.loads(text))
    assert isinstance(reply, Reply)
    return reply


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    names = _FIELDS.get(type(value))
    if names is None:
        return value
    return {"is": type(value).__name__, **{name: _plain(getattr(value, name)) for name in names}}


def _built(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_built(one) for one in value)
    if isinstance(value, dict):
        kind = _KINDS[value["is"]]
        return kind(**{name: _built(one) for name, one in value.items() if name != "is"})
    return value
