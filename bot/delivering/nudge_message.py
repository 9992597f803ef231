"""One message for everything a person is to be reminded of at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.delivering.nudge_buttons import buttons
from bot.messages import COMMAND, Block, Choices, Option, Reply, Text
from bot.storage.cases import AREA_REF
from bot.storage.nudges import Noted

NUDGES = "nudges"
"""The key of a notice with nudges on a page."""
ALARM = "alarm"
"""The kind that tells an administrator of something to mend. Like a digest it is about no clock: it has no buttons."""


@dataclass(frozen=True)
class Line:
    """A nudge in a message: its case's reference, and a note to stand before it, as whom it was for at first."""

    noted: Noted
    ref: str
    note: str = ""


def message(lines: Sequence[Line]) -> Reply:
    """The message, each nudge with its buttons. Of several about one clock of a case only the newest is said."""
    return Reply(tuple(_blocks(_newest(lines))))


def notice(lines: Sequence[Line]) -> Reply:
    """The same for a page, where a question may stand open: in words, with buttons where it is about one thing."""
    said = _newest(lines)
    blocks = tuple(Text.of(block.text) if isinstance(block, Choices) else block for block in _blocks(said))
    only = said[0] if len(said) == 1 and said[0].noted.clock else None
    return Reply(blocks, key=NUDGES, shortcuts=buttons(only.ref, only.noted.clock) if only else _to_cases(said))


def _to_cases(said: Sequence[Line]) -> tuple[Option, ...]:
    """A button to each case that several nudges are about."""
    refs = dict.fromkeys(one.ref for one in said if one.noted.clock and one.ref != AREA_REF)
    return tuple(Option(f"case-{ref}", f"Open case {ref}") for ref in refs)


def _newest(lines: Sequence[Line]) -> list[Line]:
    newest = {_about(one.noted): one.noted.id for one in lines}
    said = [one for one in lines if one.noted.id in newest.values()]
    # Two clocks of one duty, or an alarm of yesterday and one of today, may say the very same.
    return list({one.noted.line: one for one in reversed(said)}.values())[::-1]


def _about(one: Noted) -> tuple[str, str]:
    return (one.case_id, one.clock or one.key)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    note = ""
    for line in lines:
        if line.note and line.note != note:
            yield Text.of(line.note, tone="note")
        note = line.note
        if not line.noted.clock:
            yield Text.of(line.noted.line)
        else:
            yield Choices(COMMAND, line.noted.line, buttons(line.ref, line.noted.clock))
