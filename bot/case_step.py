"""What a person does with a case, step by step: what was pressed, what has been given, and what is asked next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Takes = Literal["option", "day", "words"]
LEAVE = "leave"
"""The option under every step that leaves things as they are."""
ALL = "all"
"""The option for all of those that are offered."""
SURE = "sure"
"""The step that reads back what ends duties."""
DUTY = "duty"
"""Under what it is given which duty is meant, for what is said of it."""


_WHY_OF_THE_WORK = frozenset(
    {
        *(("snooze", ""), ("done", "")),
        *(("record", kind) for kind in ("awareness corrected", "notified", "death notified", "closed")),
    }
)

NEWS, REVIEW, DISAGREEMENT = "new_information", "rapid_review_outcome", "disagreement"
DIALOGS = {"news": NEWS, "review": REVIEW, "disagree": DISAGREEMENT}
"""The dialog that each act on a case begins."""


@dataclass(frozen=True)
class CaseAsk:
    """What is to be done: `act`, with which case (by its reference) and clock, and what has been given for it."""

    act: str
    ref: str = ""
    clock: str = ""
    given: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """What was given under a name; empty where nothing was."""
        return dict(self.given).get(name, "")

    def having(self, name: str, value: str) -> CaseAsk:
        """The same with one more thing given."""
        return replace(self, given=(*((key, old) for key, old in self.given if key != name), (name, value)))


@dataclass(frozen=True)
class CaseStep:
    """One thing asked about a case. `options` are ids with their words; a day or words may be typed instead.

    `asked_at` is the ISO moment at which words were asked for: much later something else may be meant by words.
    """

    ask: CaseAsk
    name: str
    takes: Takes
    text: str
    options: tuple[tuple[str, str], ...] = ()
    asked_at: str = ""

    @property
    def prompt(self) -> str:
        """The id of its prompt."""
        return f"case-{self.ask.ref}-{self.ask.act}-{self.name}".replace(" ", "_")

    @property
    def is_about_the_work(self) -> bool:
        """Whether it asks in words why something is put off, late or closed: who was away, not what befell a child."""
        return self.takes == "words" and (self.ask.act, self.ask.value("event")) in _WHY_OF_THE_WORK
