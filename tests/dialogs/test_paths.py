"""The table of distinct paths covers every way of answering, each once, and tells its outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answer_classes import A_DAY, answer_classes, dates_said
from dialogs.asked import difference
from dialogs.decision import Local
from dialogs.flow import UNSURE, Flow, Question
from dialogs.flows import load_flows, review_questions
from dialogs.paths import PathRow, count_walks, distinct_paths, row_for
from dialogs.walk import Said, possible_answers, walk

FLOWS = load_flows()
REFERRAL = FLOWS["referral"]
IN_REFERRAL = {"referral_made": ["yes"], "when": ["recent"], "flags": ["none"]}
ALONE = {
    "referral": IN_REFERRAL,
    "new_information": {**IN_REFERRAL, "what_is_new": ["none", "other_council"]},
    "rapid_review_outcome": {name: ["yes"] for name in review_questions.ALL},
}
"""Questions that change nothing about the outcome, asked of everybody who is not stopped.

The first answer stands for all that are not named: one is that opens another question.
"""


@cache
def rows_of(name: str) -> tuple[PathRow, ...]:
    return distinct_paths(FLOWS[name])


def answers_to(question: Question) -> list[str]:
    found = possible_answers(question)
    if question.kind == "many":
        return list(dict.fromkeys([*found, UNSURE]))
    return [UNSURE, A_DAY] if question.kind == "date" else found


def every_walk(flow: Flow, only: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    stack: list[tuple[Said, ...]] = [()]
    while stack:
        said = stack.pop()
        place = walk(flow, said)
        if place.next is None:
            yield place.by_name
            continue
        name = place.next.name
        stack += [(*said, Said(name, answer)) for answer in only.get(name, answers_to(place.next))]


def holding(rows: tuple[PathRow, ...], answers: dict[str, str]) -> list[PathRow]:
    gates = [row for row in rows if row.gate and row.holds(answers)]
    return gates or [row for row in rows if not row.gate and row.holds(answers)]


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_every_walk_is_in_one_row_and_has_its_outcome(flow: Flow) -> None:
    """Every walk, but that a question which changes nothing about the outcome is given as few answers as will do."""
    found: Counter[PathRow] = Counter()
    only = ALONE.get(flow.name, {})
    asked = {question.name: len(answers_to(question)) for question in flow.questions if question.name in only}
    alike = {(name, one): 1 for name, answers in only.items() for one in answers}
    alike |= {(name, only[name][0]): count - len(only[name]) + 1 for name, count in asked.items()}
    for answers in every_walk(flow, only):
        [row] = holding(rows_of(flow.name), answers)
        decision = flow.decide(answers, dates_said(answers), Local())
        assert (row.outcome, row.title, row.row) == (decision.outcome, decision.title, decision.row)
        assert len(answers) <= row.asked
        found[row] += prod(alike.get(one, 1) for one in answers.items())
    assert {row: row.walks for row in rows_of(flow.name)} == found
    assert found.total() == count_walks(flow)


@given(st.data())
def test_a_walk_drawn_at_random_has_the_outcome_of_its_row(data: st.DataObject) -> None:
    """Any answers at all, several boxes ticked and any date among them."""
    said: tuple[Said, ...] = ()
    while (question := walk(REFERRAL, said).next) is not None:
        if question.kind == "many":
            ticked = data.draw(st.sets(st.sampled_from([one.id for one in question.options])))
            answer = ",".join(sorted(ticked)) or "none"
        elif question.kind == "date":
            answer = data.draw(st.sampled_from([UNSURE, "2026-10-01", "2026-11-23"]))
        else:
            answer = data.draw(st.sampled_from([one.id for one in question.options]))
        said = (*said, Said(question.name, answer))
    answers = walk(REFERRAL, said).by_name
    decision = REFERRAL.decide(answers, dates_said(answers), Local())
    assert row_for(rows_of("referral"), answers).row == decision.row


def test_the_table_is_short_enough_to_read() -> None:
    assert count_walks(REFERRAL) > 1_000_000
    assert len(rows_of("referral")) < 50


def test_answers_that_lead_the_same_way_are_gathered() -> None:
    [here] = [row for row in rows_of("referral") if row.outcome == "B"]
    assert ("Abuse or neglect", ("Known", "Suspected")) in here.answers
    named = {name for row in rows_of("referral") for name, _ in row.fits}
    assert named.isdisjoint({"flags", "when", "referral_made", "aware_on", "no_names"})


def test_a_walk_of_another_flow_is_in_no_row() -> None:
    with pytest.raises(LookupError):
        row_for(rows_of("referral"), {"danger_now": "no"})


@given(st.data())
def test_answers_of_one_class_are_told_apart_by_nothing(data: st.DataObject) -> None:
    """One answer of a class may stand for the others: the decision differs in nothing."""
    combination = {name: data.draw(st.sampled_from(REFERRAL.table.inputs[name])) for name in REFERRAL.table.decisive}
    others = ("role", "danger_now", "when", "referral_made", "la_aware", "sin_sent")
    answers = combination | {name: data.draw(st.sampled_from(REFERRAL.table.inputs[name])) for name in others}
    answers |= {"flags": "none", "aware_on": data.draw(st.sampled_from([UNSURE, A_DAY])), "notified_on": A_DAY}
    name = data.draw(st.sampled_from([*combination, *others]))
    together = next(one for one in answer_classes(REFERRAL)[name] if answers[name] in one)
    decisions = [REFERRAL.decide({**answers, name: one}, dates_said(answers), Local()) for one in together]
    assert len({difference(decision) for decision in decisions}) == 1


def test_each_answer_is_in_one_class() -> None:
    classes = answer_classes(REFERRAL)
    assert ("known", "suspected") in classes["maltreatment"]
    for question in REFERRAL.questions:
        together = [answer for one in classes[question.name] for answer in one]
        assert sorted(together) == sorted(set(answers_to(question)))
