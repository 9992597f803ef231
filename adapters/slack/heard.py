"""What a person typed, as plain words: Slack's marks for mentions, channels and links become what the person saw."""

from __future__ import annotations

import re

_MARK = re.compile(r"<([^<>]*)>")


def plain(text: str, me: str = "") -> str:
    """The words without Slack's marks; a mention of the app itself, by its user's id, is left out."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return " " if me and target == f"@{me}" else (label and f"@{label.removeprefix('@')}") or "@someone"
        if target.startswith("#"):
            return f"#{label}" if label else "#channel"
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    said = _MARK.sub(shown, text)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
