"""What somebody can do with a case from its menu: with its duties where any is to be done, and what is theirs to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cases.answered import may_be_put_off
from bot.cases.clocks import Clock
from bot.casework import case_blocks
from bot.casework.casework import Desk
from bot.delivering.nudge_buttons import ACT_WORDS, LABELS, Act
from bot.people import need_to_know, people
from bot.storage.cases import Stored
from bot.storage.people import Person


def acts_shown(*acts: str) -> dict[str, str]:
    """Some acts with their words, in order."""
    return {act: "Why these dates" if act == "why" else ACT_WORDS[act] for act in acts}


ON_AN_AREA = frozenset({"case", "choose", "why", "done", "acknowledge", "snooze", "reassign", "record", "note"})
"""What can be asked of the area's own year; the rest belongs to a case."""
TOLD_ACTS = acts_shown("news", "disagree", "note", "why")
"""What they may do beside answering to whom a duty of the case was passed up."""

_OF_OPEN_CASES = frozenset({"reassign", "review"})


def offered(
    desk: Desk,
    person: Person,
    stored: Stored,
    clocks: Sequence[Clock],
    acting: Mapping[str, str],
    noting: Mapping[str, str],
) -> dict[str, str]:
    """Each act with its words: of those who may act on the case, those who were told of it, and those who may note."""
    may_act = people.may(person, desk.area, "act on case", stored)
    if not may_act and not need_to_know.is_told(desk.connection, person, stored):
        return dict(noting)
    urgent, hours = case_blocks.urgent(clocks), desk.working_time
    running = need_to_know.answerable(desk.connection, person, stored, urgent)
    put_off = need_to_know.can_put_off(desk.connection, person, stored, urgent)
    later = any(may_be_put_off(one, hours, desk.at) for one in put_off)
    answering: tuple[Act, ...] = ("done", "acknowledge") if running else ()
    answering = (*answering, "snooze") if later else answering
    also = acting if may_act else TOLD_ACTS
    if stored.status == "closed":
        also = {act: words for act, words in also.items() if act not in _OF_OPEN_CASES}
    if stored.kind == "area":
        also = {act: words for act, words in also.items() if act in ON_AN_AREA}
    return {**{act: LABELS[act] for act in answering}, **also}
