"""Conditions as people read them: the question's short name and the labels of the answers that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.condition import Condition
from dialogs.flow import Flow
from dialogs.table import Row

_WORKED_OUT = {
    "notified_known": "Day the Panel was told is known",
    "death_notified_known": "It is on record that the Secretary of State and Ofsted were told of the death",
    "awareness_known": "Day the council first knew is known",
    "flags_known": "Whether anything else applies is known",
    "rapid_review_start": "The area counts the rapid review from",
    "accepts_referrals_from_anyone": "The area takes referrals from anyone",
    "ladder_set": "The area has set its own steps for disagreements",
    "outcome": "Outcome",
    "would_be": "Outcome before any gate",
    "late": "Told, or still to be told, later than it should have been",
    "some_yes": "One of the considerations holds",
    "unknown": "One of the considerations is not known",
}
"""What the flow works out by itself, by its name in the table."""


def condition_in_words(flow: Flow, condition: Condition) -> str:
    """A condition in words, such as: Age when it happened: “Under 18”; Abuse or neglect: “Known” or “Suspected”."""
    return "; ".join(_fit(flow, name, answers) for name, answers in condition.fits) or "in every case"


def row_in_words(flow: Flow, row: Row) -> tuple[str, ...]:
    """What must hold for a gate, row or add-on: every line of it."""
    lines = [_fit(flow, name, answers) for name, answers in row.when.fits]
    if row.any_of:
        lines.append("one of these: " + "; or ".join(condition_in_words(flow, one) for one in row.any_of))
    if row.unless:
        lines.append(f"but not where {condition_in_words(flow, row.unless)}")
    return tuple(lines) or ("Every case not taken by a row above",)


def asked_in_words(flow: Flow, name: str) -> str:
    """When a question is asked, in words; empty where it always is, unless the dialog has stopped."""
    question = flow.question(name)
    return "" if question is None else ", or ".join(question.asked_when)


def listed(words: Iterable[str], join: str = "or") -> str:
    """Words in a row, such as "A, B or C"."""
    each = list(words)
    return f" {join} ".join([", ".join(each[:-1]), each[-1]]) if len(each) > 1 else "".join(each)


def _fit(flow: Flow, name: str, answers: frozenset[str]) -> str:
    question = flow.question(name)
    if question is None:
        return f"{_WORKED_OUT.get(name, name.replace('_', ' '))}: {listed(_in_order(flow, name, answers))}"
    ids = [option.id for option in question.options]
    given = [one for one in ids if one in answers] + sorted(answers - set(ids))
    return f"{question.short}: {listed(f'“{question.label(one)}”' for one in given)}"


def _in_order(flow: Flow, name: str, answers: frozenset[str]) -> Iterator[str]:
    every = {**flow.table.derived, **flow.table.inputs}.get(name, tuple(sorted(answers)))
    return (one for one in every if one in answers)
