"""The record of one decision, complete in itself: what was asked, answered and decided, under which rules and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from dialogs.decision import Change, Decision


@dataclass(frozen=True)
class Answered:
    """One question and its answer in words, and the same as kept. `name` is the question's own, `about` that of the
    question whose answer this gives the reason for."""

    question: str
    short: str
    words: str
    answer: str
    name: str = ""
    about: str = ""


OUTCOME = "Outcome"
"""What a difference of outcome is called."""
NOT_ASKED = "not asked"
"""What the answer to a question is called that was not asked."""


@dataclass(frozen=True)
class Difference:
    """An answer, outcome or date that differs from the version before, in words."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Record:
    """A decision as it was made. `reference` is the bot's own, such as R-7K3M2; it identifies no child.

    `confirmed_at` is the moment the person confirmed their answers, with its time zone; `role` is how they described
    themselves. `practice` marks an invented incident. `differences` compare with version - 1, or for a first version
    with the decision it `follows`: that one's reference and version, whose duties did not include `new_duties`. `case`
    is the reference of the case it is about.
    """

    reference: str
    version: int
    practice: bool
    flow: str
    flow_title: str
    flow_version: str
    area: str
    confirmed_at: datetime
    role: str
    answers: tuple[Answered, ...]
    decision: Decision
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...] = ()
    follows: str = ""
    case: str = ""
    new_duties: tuple[str, ...] = ()

    @property
    def compared(self) -> str:
        """What the differences compare with, in words; empty for a first decision that follows none."""
        return f"version {self.version - 1}" if self.version > 1 else self.follows

    @property
    def has_another_outcome(self) -> bool:
        """Whether the outcome differs from that of the decision it is compared with."""
        return any(one.what == OUTCOME for one in self.differences)

    @property
    def by_name(self) -> dict[str, Answered]:
        """The answers by the names of their questions; those kept before questions were named are left out."""
        return {one.name: one for one in self.answers if one.name}

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons given in a person's own words, by the name of the question they are about."""
        return {one.about: one.answer for one in self.answers if one.about and one.answer}


_ADAPTER = TypeAdapter(Record)


def to_json(record: Record) -> str:
    """The record as text to be kept."""
    return _ADAPTER.dump_json(record).decode()


def from_json(text: str) -> Record:
    """A kept record. Raises pydantic.ValidationError where it is not one."""
    return _ADAPTER.validate_json(text)
