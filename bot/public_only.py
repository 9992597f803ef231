"""Where nothing but public information is spoken of, and what can be chosen there."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_channels, wording_controls
from bot.commands import BEGIN
from bot.messages import Block, Choices
from knowledge.area import Area

OWN = frozenset({"terminal", "web", "mail"})
"""The bot's own ways to people. All others are somebody's platform, and whichever it is, there an area has to say
knowingly that dialogs and cases may be spoken of: no platform may say so of itself."""
START = "start"
"""What begins the questions about an incident that was told."""
_PUBLIC_COMMANDS = frozenset({"start", "help", "menu"})
_NOT_PUBLIC = frozenset({"referral", "protect", "allegation", "practice", "resume", "code", "document", START})


def is_public_only(area: Area, channel: str) -> bool:
    """Whether nothing but public information is spoken of on a channel in an area."""
    return channel not in OWN and channel not in area.case_dialog_channels


def commands_on(area: Area, channel: str) -> tuple[tuple[str, str], ...]:
    """What a platform's own menu of commands offers there, each with what it does."""
    is_public = is_public_only(area, channel)
    return tuple(one for one in wording_controls.COMMANDS if not is_public or one[0] in _PUBLIC_COMMANDS)


def is_way_in(id_: str) -> bool:
    """Whether an option or a command leads to a dialog or a case."""
    return id_ in _NOT_PUBLIC or id_.startswith(BEGIN)


def without_ways_in(block: Block) -> Block:
    """A prompt without what cannot be chosen where only public information is spoken of."""
    if not isinstance(block, Choices):
        return block
    kept = (one for one in block.options if not is_way_in(one.id))
    options = (replace(one, label=wording_channels.PUBLIC_MENU) if one.id == "menu" else one for one in kept)
    return replace(block, options=tuple(options))
