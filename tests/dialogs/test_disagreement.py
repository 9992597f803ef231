"""A disagreement goes up the area's own ladder, one dated step after another, and stops no duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dialogs.answers import parse_choice
from dialogs.decision import Dates, Decision, Duty, Local
from dialogs.flows import load_flows
from dialogs.ladder import LAST, MOST_STEPS, Rung, days_by_then, step_options, steps_left
from dialogs.walk import walk

from .answering import answered

FLOW = load_flows()["disagreement"]
FRIDAY = date(2026, 12, 18)
THREE = (
    Rung("your lead and theirs", "They speak to each other.", 1),
    Rung("the heads of service", "In writing.", 2),
    Rung("the lead partners", "", 1),
)
UNTIMED = (THREE[0], Rung("the heads of service"), THREE[2])


def decided(ladder: tuple[Rung, ...] = (), today: date = FRIDAY, **answers: str) -> Decision:
    flow = FLOW.named({}, ladder)
    given = walk(flow, answered(flow, **answers)).by_name
    return flow.decide(given, Dates.said(today, given), Local(ladder=ladder))


def steps(decision: Decision) -> list[Duty]:
    return [duty for duty in decision.duties if duty.name.startswith("step")]


def test_the_steps_offered_are_the_areas_own() -> None:
    tried = FLOW.named({}, THREE).question("tried")
    assert tried is not None
    assert [one.label for one in tried.options[:3]] == [
        "Step 1: your lead and theirs",
        "Step 2: the heads of service",
        "Step 3: the lead partners",
    ]
    assert [one.id for one in tried.options] == ["step1", "step2", LAST, "none", "unsure"]


@pytest.mark.parametrize(
    ("tried", "numbers"), [("none", [1, 2, 3]), ("unsure", [1, 2, 3]), ("step1", [2, 3]), ("step2", [3]), (LAST, [])]
)
def test_what_is_left_comes_after_the_last_step_tried(tried: str, numbers: list[int]) -> None:
    assert [number for number, _ in steps_left(THREE, tried)] == numbers
    decision = decided(THREE, tried=tried)
    assert [duty.name.rpartition("_")[2] for duty in steps(decision)] == [str(number) for number in numbers]
    assert decision.outcome == ("STEP" if numbers else "TOP")


def test_each_step_has_its_date_counted_on_from_the_step_before() -> None:
    """Worked by hand over Christmas: 1 working day from Fri 18 Dec is Mon 21, 3 are Wed 23, 4 are Thu 24."""
    found = steps(decided(THREE, step_on=FRIDAY.isoformat()))
    assert [duty.due.latest for duty in found if duty.due] == [
        date(2026, 12, 21),
        date(2026, 12, 23),
        date(2026, 12, 24),
    ]
    assert all(duty.counted_on == FRIDAY for duty in found)
    assert found[0].does == "Step 1: go to your lead and theirs. They speak to each other."
    assert found[1].does.startswith("Step 2, if it is not settled by then: go to the heads of service.")


def test_without_a_day_it_is_counted_from_today() -> None:
    assert {duty.counted_on for duty in steps(decided(THREE))} == {FRIDAY}


def test_a_step_that_is_overdue_is_taken_today() -> None:
    first, *_ = steps(decided(THREE, step_on="2026-12-10"))
    assert first.late
    assert first.does.startswith("Overdue: go today.")


def test_after_a_step_without_days_nothing_is_guessed() -> None:
    assert days_by_then(steps_left(UNTIMED, "none")) == (1, None, None)
    assert [duty.due is not None for duty in steps(decided(UNTIMED))] == [True, False, False]
    assert all(duty.by for duty in steps(decided(UNTIMED))[1:])


def test_where_the_area_has_no_ladder_good_practice_is_used_and_said_to_be_that() -> None:
    decision = decided()
    assert len(steps(decision)) == 4
    assert "own_policy_first" in {duty.name for duty in decision.duties}
    assert "own_policy_first" not in {duty.name for duty in decided(THREE).duties}


@pytest.mark.parametrize("about", ["protecting", "notifying", "review", "information", "told_not_to", "other"])
@pytest.mark.parametrize("tried", ["none", LAST])
def test_a_child_who_may_be_at_risk_comes_before_any_step(about: str, tried: str) -> None:
    for risk in ("yes", "unsure"):
        first = decided(THREE, about=about, tried=tried, risk_now=risk).duties[0]
        assert (first.name, first.to[0]) == ("protect_first", "children_social_care")


def test_the_duty_to_notify_goes_on_and_is_said_to() -> None:
    decision = decided(about="notifying")
    assert "DUTY" in {one.code for one in decision.add_ons}
    assert any("panel" in duty.to and duty.badge == "must" for duty in decision.duties)
    assert "no clock stops" in decision.because


def test_whoever_is_told_not_to_refer_is_told_that_they_may() -> None:
    decision = decided(about="told_not_to")
    assert {"refer_yourself", "whistleblow"} <= {duty.name for duty in decision.duties}
    assert "with_whom" not in walk(FLOW, answered(FLOW, about="told_not_to")).by_name


def test_every_ladder_that_may_be_has_answers_the_table_knows() -> None:
    known = set(FLOW.table.inputs["tried"])
    for count in range(1, MOST_STEPS + 1):
        ladder = tuple(replace(THREE[0], role=f"role {number}") for number in range(count))
        assert {one.id for one in step_options(ladder)} <= known
        assert step_options(ladder)[-1].id == LAST


@pytest.mark.parametrize("name", ["about", "with_whom"])
@pytest.mark.parametrize("said", ["not sure", "don't know", "i dont know", "dunno"])
def test_not_knowing_is_the_option_that_says_so(name: str, said: str) -> None:
    question = FLOW.question(name)
    assert question is not None
    assert parse_choice(said, question.options) == "other"
