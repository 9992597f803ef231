"""Answers a flow as most people do, but for those answers that a test names."""

from __future__ import annotations

from dialogs.flow import Flow
from dialogs.walk import Said, walk


def said(answers: dict[str, str]) -> tuple[Said, ...]:
    """Answers in the order given."""
    return tuple(Said(name, answer) for name, answer in answers.items())


def answered(flow: Flow, before: tuple[Said, ...] = (), **others: str) -> tuple[Said, ...]:
    """All that has been said once every question asked is answered."""
    done = before
    while (question := walk(flow, done).next) is not None:
        done = (*done, Said(question.name, others.get(question.name, question.likely)))
    return done
