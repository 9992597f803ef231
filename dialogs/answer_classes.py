"""The answers worth trying: for each question, its answers grouped where no rule and no condition tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from dialogs.condition import Condition
from dialogs.decision import Dates
from dialogs.flow import NONE_OF_THESE, SOME_WORDS, UNSURE, Answers, Flow, Question
from dialogs.table import Row

TODAY = date(2026, 11, 23)
"""The day on which decisions are tried out. Which rows, add-ons and duties hold does not depend on it."""

A_DAY = "2026-11-20"
"""Stands for any day given in answer to a question about a date."""

Class = tuple[str, ...]
"""Answers that nothing tells apart. The first stands for all of them."""


def answer_classes(flow: Flow) -> Mapping[str, tuple[Class, ...]]:
    """For each question its classes of answers, in order.

    Where several boxes can be ticked, each is tried alone, none of them, and not sure. A date is given or not known.
    Words of their own are all alike: nothing is decided by them.
    An answer that the table does not read by itself is a class of its own: only the flow's code knows what it does.
    """
    conditions = list(conditions_of(flow))
    return {question.name: tuple(_classes(flow, question, conditions)) for question in flow.questions}


def conditions_of(flow: Flow) -> Iterator[Condition]:
    """Every condition that a flow, its table and the duties its table names are made of."""
    yield from flow.stops_when
    for alternatives in flow.conditions.values():
        yield from alternatives
    named = set(flow.table.always)
    for row in flow.table.every_row():
        yield from conditions_of_row(row)
        named |= set(row.duties)
    for name in sorted(named):
        yield flow.table.duties[name].when
        yield flow.table.duties[name].policy_when


def conditions_of_row(row: Row) -> Iterator[Condition]:
    """The conditions of one gate, row or add-on."""
    yield row.when
    yield from row.any_of
    if row.unless:
        yield row.unless


def stands_alone(flow: Flow, name: str) -> bool:
    """Whether an answer bears on no other: only add-ons read it, or duties of theirs, and they read nothing else."""
    table = flow.table
    own = {duty for row in table.gates + table.rows for duty in row.duties}
    beside = [one for row in table.add_ons for one in conditions_of_row(row)]
    beside += [table.duties[duty].when for row in table.add_ons for duty in row.duties if duty not in own]
    reading = [one for one in conditions_of(flow) if _reads(one, name)]
    return bool(reading) and all(len(one.fits) == 1 and one in beside for one in reading)


def dates_said(answers: Answers) -> Dates:
    """The dates among the answers, for a decision on TODAY."""
    return Dates.said(TODAY, answers)


def _classes(flow: Flow, question: Question, conditions: list[Condition]) -> Iterator[Class]:
    if question.kind == "date":
        yield (UNSURE,)
        yield (A_DAY,)
        return
    if question.kind == "text":
        yield (SOME_WORDS,)
        return
    if question.kind == "many":
        yield (NONE_OF_THESE,)
    ids = [option.id for option in question.options]
    if question.name not in flow.table.inputs:
        yield from ((one,) for one in ids)
        return
    told_apart: dict[tuple[bool, ...], list[str]] = {}
    reading = [fits for one in conditions for name, fits in one.fits if name == question.name]
    for one in ids:
        told_apart.setdefault(tuple(one in fits for fits in reading), []).append(one)
    yield from (tuple(group) for group in told_apart.values())
    if question.kind == "many":
        yield (UNSURE,)


def _reads(condition: Condition, name: str) -> bool:
    return any(each == name for each, _ in condition.fits)
