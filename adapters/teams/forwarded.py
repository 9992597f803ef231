"""The words of a message that somebody forwarded, from among what Teams attaches to their own; pure.

Teams sends it as a quotation in how the message looks, or as a reference that holds the message.
https://learn.microsoft.com/en-us/graph/api/resources/chatmessageattachment
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from adapters.endpoint import json_of

REFERENCE = "forwardedMessageReference"
_HTML = "text/html"
_QUOTATION = "http://schema.skype.com/forward"
_TAG = re.compile(r"<([^<>]*)>")
_ENDS_A_LINE = frozenset({"p", "div", "br", "li", "tr", "blockquote"})


def forwarded(attachments: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The words of each message that was forwarded; empty ones where it has none."""
    return tuple(words for one in attachments for words in _forwarded(one))


def _forwarded(attachment: dict[str, Any]) -> Iterator[str]:
    kind, content = attachment.get("contentType"), attachment.get("content")
    if kind == REFERENCE:
        yield _read(_original(content), quoted=False)
    elif kind == _HTML and isinstance(content, str) and _QUOTATION in content.casefold():
        yield _read(content, quoted=True)


def _original(content: Any) -> str:
    """The message that a reference holds, as it looked."""
    with suppress(ValueError, RecursionError):
        content = json_of(content) if isinstance(content, str) else content
    found = content.get("originalMessageContent") if isinstance(content, dict) else None
    return found if isinstance(found, str) else ""


def _read(html: str, *, quoted: bool) -> str:
    """The words of what is shown, a line for each; if `quoted`, only those in a quotation of what was forwarded.

    Not by the library's own reader, which takes a minute for words that nobody would write.
    """
    found: list[str] = []
    depth, at = 0, 0
    for tag in _TAG.finditer(html):
        if depth or not quoted:
            found.append(html[at : tag.start()])
        at = tag.end()
        name = next(iter(tag[1].strip("/").split()), "").casefold()
        if name in _ENDS_A_LINE:
            found.append("\n")
        if name == "blockquote" and tag[1].startswith("/"):
            depth = max(depth - 1, 0)
        elif name == "blockquote" and (depth or _QUOTATION in tag[1].casefold()):
            depth += 1
    if depth or not quoted:
        found.append(html[at:])
    lines = (" ".join(one.split()) for one in unescape("".join(found)).split("\n"))
    return "\n".join(one for one in lines if one)
