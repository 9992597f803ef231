"""An event of a case: the kinds there are, what each holds, and which decisions open a case at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, get_args

from bot.clock import london_date
from dialogs.table import OWN_CLOCKS

EventKind = Literal[
    "opened",
    "acknowledged",
    "reassigned",
    "awareness corrected",
    "decision corrected",
    "partner decision",
    "notified",
    "death notified",
    "responsible council notified",
    "other areas told",
    "rapid review sent",
    "review decided",
    "reviewer named",
    "publication planned",
    "published",
    "action agreed",
    "action changed",
    "action audited",
    "impact recorded",
    "disagreement raised",
    "noted",
    "joined",
    "snoozed",
    "plan moved",
    "hold placed",
    "hold lifted",
    "done",
    "taken back",
    "closed",
    "reopened",
]
KINDS: tuple[EventKind, ...] = get_args(EventKind)
DECISIONS = ("notify", "not met", "not agreed")
"""What the partners may decide (`decision` of "partner decision"). Only "not met" stops a clock."""

REVIEW_DECISIONS = ("yes", "no", "later")
"""What the partners may decide about a local review: "later" is that they have not yet, and takes back what was."""

BY_ANOTHER = ("by_another", "yes")
"""What marks a notification as another council's: it stays that, whatever is decided later."""
ONLY_TOLD = ("only_told", "yes")
"""What marks a day of awareness that was told by somebody who does not act on the case, or came with another one."""
BY_COUNCIL = ("by_council", "yes")
"""What marks an opening by the council's own people, or with the day it knew from a notification: it knew by then."""
DAY_UNKNOWN = ("day_unknown", "yes")
"""What marks a decision to hold a local review of which nobody could say on which day it was made."""
SUSPECTED_ON = "suspected_on"
"""What holds since when abuse is suspected of what was known before, by which the Panel may have to be told at all."""
TO_BE_TOLD = ("to_be_told", "yes")
"""What marks a decision on something new that those have to hear who were told before."""
LEAVES_THE_TEST = ("leaves_the_test", "yes")
"""What marks a decision in which nothing bears on whether the criteria are met."""

Opening = Literal["opens", "joins", "recorded", "never"]
_OPENING: dict[str, Opening] = {
    **dict.fromkeys("B C D E F G H K".split(), "opens"),
    **dict.fromkeys(OWN_CLOCKS, "opens"),
    "R": "joins",
    **dict.fromkeys("I J U L E2".split(), "recorded"),
}


def opens(outcome: str, *, practice: bool = False) -> Opening:
    """Whether a decision opens a case, joins one, is recorded as one without clocks, or never becomes one."""
    return "never" if practice else _OPENING.get(outcome, "never")


def plain(outcome: str) -> str:
    """An outcome as decisions call it, whatever clocks do."""
    return outcome[:1] if outcome in OWN_CLOCKS else outcome


class NotPossible(Exception):
    """An event makes no sense now; the message is for the person who tried.

    `field` is what of the event is at fault: day, words, or the name of one of its values; empty where it is the whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Event:
    """Something that happened to a case, recorded `at` a moment by a person (their id; "" is the bot).

    `on` is the day of the fact itself: for "opened" and "awareness corrected" the day the council became aware, None
    where that is not known. `clock` is the id of the clock it is about. `words` never leave the record. `values`:
      opened, decision corrected   outcome, add_ons (with spaces between), would_be (of R): as clocks call outcomes
      decision corrected           new (what is, in the words of our own questions), about (the same by its names)
      decision corrected           held ("adds" or "waits": see in_force), decision (which one of those kept)
      decision corrected           would_owe (of a closed case: the clocks it would bring, with commas between)
      decision corrected           leaves_the_test ("yes": nothing in it bears on whether the criteria are met)
      decision corrected           to_be_told ("yes": those who were told before have to hear what is new)
      decision corrected           suspected_on (since when abuse is suspected, which first brought the Panel's clocks)
      noted                        left_closed (the seq of what came to a closed case, which stays closed)
      decision corrected, noted    settles (the seq of one that was held: it holds, or it does not); noted: ended
      opened                       ref, owner (a person's id), by_council ("yes": the council knew by then)
      reassigned                   owner
      opened, awareness corrected, notified, ...   time, such as 16:50, where it is known; notified: received_on
      awareness corrected          only_told ("yes": by nobody who acts on the case; what was known earlier counts on)
      notified                     by_another ("yes": it was for another council, and never meets what is owed here)
      notified                     covers_death ("yes": but for a death in care, which one notification covers)
      acknowledged                 again ("person:" and the id of one who is not its owner, and is asked again)
      partner decision             decision, one of DECISIONS
      review decided               decision, one of REVIEW_DECISIONS; decide_by (the day by which they will)
      review decided               day_unknown ("yes": then no day is made up for it)
      action agreed                owner, due, review (such as "3 months"), action (the number of one that changes)
      action changed               action (its number), owner, due: what of these is other than before
      action audited, impact recorded   action (its number; none: of the whole review)
      joined                       to (the reference of the case it belongs to)
      snoozed                      until, again      plan moved   from, to      taken back   event (its seq)
    """

    seq: int
    at: datetime
    kind: EventKind
    by: str
    on: date | None = None
    clock: str = ""
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_anothers(self) -> bool:
        """Whether it is another council's notification."""
        return BY_ANOTHER in self.values

    def value(self, name: str) -> str:
        """One of its values; empty where it has none of that name."""
        return dict(self.values).get(name, "")

    @property
    def day(self) -> date:
        """The day of the fact, or else the day it was recorded."""
        return self.on or london_date(self.at)

    @property
    def time(self) -> time | None:
        """The time of day of the fact, where it is known."""
        written = self.value("time")
        return time.fromisoformat(written) if written else None
