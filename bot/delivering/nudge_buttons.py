"""The buttons under a nudge, and what one that is pressed is about: an act, a case and a clock in one short id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.cases.days_missing import DAYS_ASKED
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_JOIN, ASK_TO_REOPEN
from bot.messages import Option
from bot.wording_agreeing import IT_HOLDS, IT_STAYS
from bot.wording_case_joining import JOIN_IT, SET_ASIDE
from bot.wording_cases import ACTS as ACTS_ON_A_CASE
from bot.wording_closed import LEAVE_IT_CLOSED, OPEN_IT_AGAIN

Act = Literal["done", "acknowledge", "snooze", "reassign", "why"]
ACTS: tuple[Act, ...] = get_args(Act)
LABELS: dict[Act, str] = {
    "done": "Done",
    "acknowledge": "I have it",
    "snooze": "Remind me later",
    "reassign": "Give it to someone else",
    "why": "Why this date",
}
ACT_WORDS: Mapping[str, str] = {**{str(act): label for act, label in LABELS.items()}, **ACTS_ON_A_CASE}
"""Everything that is asked of a case, in words: what stands under a reminder, and the rest."""
GIVE_DAY = "Give the day"
LONGEST = 40
# Short, so that the longest names of clocks fit.
_WORDS: dict[Act, str] = {"done": "done", "acknowledge": "ack", "snooze": "snooze", "reassign": "hand", "why": "why"}
_MEANT = {word: act for act, word in _WORDS.items()}
_ID = re.compile(rf"({'|'.join(_MEANT)})-(\d\d-\d{{3,}}|area)(?:-([a-z0-9_-]+))?")
_NOT_IN_IDS = re.compile(r"[^a-z0-9_-]")
_DIGEST = 4


@dataclass(frozen=True)
class Pressed:
    """A nudge's button: what to do, with which case (its reference, or `area` for the area's own clocks).

    `clock` is the clock's id as far as it fits; `clock_among` tells which one that is. Empty: which is still asked.
    """

    act: Act
    ref: str
    clock: str

    def clock_among(self, ids: Iterable[str]) -> str | None:
        """Which of these ids of clocks is meant; None where it is none of them."""
        return next((one for one in ids if button_id(self.act, self.ref, one) == self._id), None)

    @property
    def _id(self) -> str:
        return f"{_WORDS[self.act]}-{self.ref}-{self.clock}"


def button_id(act: Act, ref: str, clock: str) -> str:
    """The id of a button, at most 40 of a-z, 0-9, _ and -: `done-26-014-notify_panel`."""
    begun = f"{_WORDS[act]}-{ref}-"
    name = _NOT_IN_IDS.sub("-", clock)
    room = LONGEST - len(begun)
    if len(name) > room:
        # Cut, it might be another's too: the digest tells them apart.
        name = f"{name[: room - _DIGEST]}{hashlib.sha256(clock.encode()).hexdigest()[:_DIGEST]}"
    return begun + name


def act_id(act: Act, ref: str) -> str:
    """The id of a button for something that is done with one of several duties of a case: which one is asked."""
    return f"{_WORDS[act]}-{ref}"


def read_button(id_: str) -> Pressed | None:
    """What an id stands for; None where it is no nudge's button."""
    found = _ID.fullmatch(id_)
    return None if found is None else Pressed(_MEANT[found[1]], found[2], found[3] or "")


def buttons(ref: str, clock: str, acts: Sequence[Act] = ACTS) -> tuple[Option, ...]:
    """The buttons under a nudge of a case's clock, for those acts that its reader can do."""
    if clock == ASK_TO_AGREE:
        return (Option(f"agree-{ref}", IT_HOLDS), Option(f"keep-{ref}", IT_STAYS))
    if clock == ASK_TO_REOPEN:
        return (Option(f"reopen-{ref}", OPEN_IT_AGAIN), Option(f"closed-{ref}", LEAVE_IT_CLOSED))
    if clock == ASK_TO_JOIN:
        return (Option(f"join-{ref}", JOIN_IT), Option(f"aside-{ref}", SET_ASIDE))
    return tuple(Option(button_id(act, ref, clock), _label(act, clock)) for act in acts)


def _label(act: Act, clock: str) -> str:
    return GIVE_DAY if act == "done" and clock in DAYS_ASKED else LABELS[act]
