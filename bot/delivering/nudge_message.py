"""One message for everything a person is to be reminded of at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.cases.days_missing import DAYS_ASKED
from bot.cases.nudge_words import called
from bot.delivering.digests import DIGEST, left_to_say
from bot.delivering.nudge_buttons import ACTS, LABELS, Act, act_id, button_id, buttons
from bot.messages import COMMAND, Block, Choices, Option, Reply, Text
from bot.storage.nudges import Noted
from bot.wording_duties import give_day

NUDGES = "nudges"
"""The key of a notice with nudges on a page."""
ALARM = "alarm"
"""The kind that tells an administrator of something to mend. Like a digest it is about no clock: it has no buttons."""


@dataclass(frozen=True)
class Said:
    """A nudge as it is said at a moment, what stands `before` it, and what whoever reads it can do about it."""

    line: str
    before: str = ""
    acts: tuple[Act, ...] = ACTS


@dataclass(frozen=True)
class Line:
    """A nudge in a message: its case's reference, a note to stand before it, as whom it was for, and its buttons."""

    noted: Noted
    ref: str
    note: str = ""
    acts: tuple[Act, ...] = ACTS


def message(lines: Sequence[Line]) -> Reply:
    """The message, each nudge with its buttons. Of several about one clock of a case only the newest is said."""
    return Reply(tuple(_blocks(_newest(lines))))


def notice(lines: Sequence[Line]) -> Reply:
    """The same for a page, where a question may stand open: in words, with buttons under them."""
    said = _newest(lines)
    blocks = tuple(Text.of(block.text) if isinstance(block, Choices) else block for block in _blocks(said))
    return Reply(blocks, key=NUDGES, shortcuts=_shortcuts([one for one in said if one.noted.clock]))


def _shortcuts(said: Sequence[Line]) -> tuple[Option, ...]:
    """The buttons of one nudge; of several about one case what can be done with any; else one to each case."""
    if len(said) == 1:
        return buttons(said[0].ref, said[0].noted.clock, said[0].acts)
    refs = tuple(dict.fromkeys(one.ref for one in said))
    opening = tuple(Option(f"case-{ref}", f"Open {called(ref)}") for ref in refs)
    days = tuple(
        Option(button_id("done", one.ref, one.noted.clock), give_day(one.noted.clock, one.ref))
        for one in said
        if one.noted.clock in DAYS_ASKED and "done" in one.acts
    )
    if len(refs) != 1:
        return (*days, *opening)
    acts = [act for act in _OF_SEVERAL if any(act in one.acts for one in said)]
    return (*days, *(Option(act_id(act, refs[0]), LABELS[act]) for act in acts), *opening)


_OF_SEVERAL: tuple[Act, ...] = ("done", "acknowledge", "snooze")


def _newest(lines: Sequence[Line]) -> list[Line]:
    newest = {_about(one.noted): one.noted.id for one in lines}
    said = [one for one in lines if one.noted.id in newest.values()]
    # Two clocks of one duty, or an alarm of yesterday and one of today, may say the very same.
    said = list({one.noted.line: one for one in reversed(said)}.values())[::-1]
    # What a morning or a week holds comes after what is to be done, and says it no second time.
    return sorted(said, key=lambda one: one.noted.kind == DIGEST)


def _about(one: Noted) -> tuple[str, str]:
    return (one.case_id, one.clock or one.key)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    note = ""
    above: list[str] = []
    for line in lines:
        if line.note and line.note != note:
            yield Text.of(line.note, tone="note")
        note = line.note
        if line.noted.clock:
            yield Choices(COMMAND, line.noted.line, buttons(line.ref, line.noted.clock, line.acts))
        else:
            words = left_to_say(line.noted.line, above) if line.noted.kind == DIGEST else line.noted.line
            if words:
                yield Text.of(words)
        above += line.noted.line.split("\n")
