"""The record of one decision, complete in itself: what was asked, answered and decided, under which rules and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from dialogs.decision import Change, Decision


@dataclass(frozen=True)
class Answered:
    """One question and its answer in words, and the same as kept."""

    question: str
    short: str
    words: str
    answer: str


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
    themselves. `practice` marks an invented incident. `differences` compare with version - 1.
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


_ADAPTER = TypeAdapter(Record)


def to_json(record: Record) -> str:
    """The record as text to be kept."""
    return _ADAPTER.dump_json(record).decode()


def from_json(text: str) -> Record:
    """A kept record. Raises pydantic.ValidationError where it is not one."""
    return _ADAPTER.validate_json(text)
