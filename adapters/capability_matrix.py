"""`bot channels`: what every channel can do, as a table made from the channels' own declarations."""

from __future__ import annotations

from collections.abc import Iterable

from adapters import channel_folders
from bot.channel import Capabilities, Rate

_ROWS = (
    ("Talks to one person alone", "private"),
    ("Where others are present", "groups"),
    ("Says something to one of several", "only_one"),
    ("One of several choices", "one_choice"),
    ("Several of several choices", "many_choices"),
    ("A date", "date"),
    ("A form", "form"),
    ("Facts side by side", "card"),
    ("A document from the bot", "file_out"),
    ("A file from a person", "file_in"),
    ("A link", "link"),
    ("Changes what it has sent", "change_sent"),
    ("Reminders", "reminders"),
    ("How it is known who somebody is", "identity"),
    ("How messages come in", "arrives_by"),
)
_NOT = "no"
_NO_LIMIT = "no limit"
_BEGINNING = """# What each channel can do

`bot channels` writes this page from what each channel declares of itself. Where a channel cannot do something, the
same is said another way: a choice can always be typed, “document” brings a document again, and what is meant for one
person is never said to more.
"""


def page() -> str:
    """The table as Markdown."""
    found = list(channel_folders.capabilities().values())
    head = ("", *(one.title for one in found))
    rows = [head, tuple("---" for _ in head)]
    rows += [(label, *(getattr(one, name) or _NOT for one in found)) for label, name in _ROWS]
    rows.append(("A long text", *(one.long_text or "shown whole" for one in found)))
    rows.append(("Most options in one prompt", *map(_most, found)))
    rows.append(("Most messages in one conversation", *(_rates(one.limits.conversation) for one in found)))
    rows.append(("Most reminders in all", *(_rates(one.limits.app) for one in found)))
    return "\n".join([_BEGINNING, *(f"| {' | '.join(row)} |" for row in rows), ""])


def _most(one: Capabilities) -> str:
    return str(one.limits.options) if one.limits.options else _NO_LIMIT


def _rates(rates: Iterable[Rate]) -> str:
    return ", ".join(f"{one.most} in {one.seconds:g} s" for one in rates) or _NO_LIMIT
