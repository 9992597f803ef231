"""The partners decide: nothing they consider ever decides for them, and what follows from each decision is dated."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from dialogs.decision import Dates, Decision, Local
from dialogs.flows import load_flows
from dialogs.flows.review_questions import ALL
from dialogs.walk import walk
from dialogs.what_changes import what_would_change

from .answering import answered

FLOW = load_flows()["rapid_review_outcome"]
TODAY = date(2026, 12, 22)
OUTCOMES = {"commission": "REVIEW", "no_review": "NO-REVIEW", "more_time": "NOT-YET"}


def decided(**answers: str) -> Decision:
    given = walk(FLOW, answered(FLOW, **answers)).by_name
    return FLOW.decide(given, Dates.said(TODAY, given), Local())


def codes(decision: Decision) -> set[str]:
    return {one.code for one in decision.add_ons}


def duty(decision: Decision, name: str):  # type: ignore[no-untyped-def]
    [found] = [one for one in decision.duties if one.name == name]
    return found


@pytest.mark.parametrize("decision", OUTCOMES)
def test_whatever_is_considered_the_outcome_is_what_the_partners_decided(decision: str) -> None:
    """All alike, and each of them alone answered in every way."""
    for answer in ("yes", "no", "unsure"):
        assert decided(decision=decision, **dict.fromkeys(ALL, answer)).outcome == OUTCOMES[decision]
    for name, answer in product(ALL, ("yes", "unsure")):
        assert decided(decision=decision, **{name: answer}).outcome == OUTCOMES[decision]


def test_no_other_answer_is_ever_held_up_as_what_would_change_it() -> None:
    said = answered(FLOW, decision="no_review", improvements="yes")
    assert what_would_change(FLOW, said) == ()


def test_each_thing_to_consider_is_asked_of_everybody_with_its_reason() -> None:
    for decision in OUTCOMES:
        asked = [question.name for question, _ in walk(FLOW, answered(FLOW, decision=decision)).answers]
        assert [name for name in asked if name in ALL] == list(ALL)
        assert all(asked[asked.index(name) + 1] == f"{name}_why" for name in ALL)
        assert asked.index("captured_why") < asked.index("decision") < asked.index("decision_why")


@pytest.mark.parametrize(
    ("answers", "apart"),
    [
        ({"decision": "no_review", "improvements": "yes"}, True),
        ({"decision": "no_review", "institution": "yes", "captured": "unsure"}, True),
        ({"decision": "no_review", "improvements": "yes", "captured": "yes"}, False),
        ({"decision": "no_review"}, False),
        ({"decision": "commission"}, True),
        ({"decision": "commission", "themes": "yes"}, False),
        ({"decision": "commission", "themes": "yes", "captured": "yes"}, True),
        ({"decision": "commission", "themes": "unsure"}, False),
        ({"decision": "more_time", "themes": "yes"}, False),
    ],
)
def test_where_they_pull_apart_it_is_said_before_the_reason_and_with_the_decision(
    answers: dict[str, str], apart: bool
) -> None:
    asked = [question.name for question, _ in walk(FLOW, answered(FLOW, **answers)).answers]
    notices = {"apart_against", "apart_for"} & set(asked)
    assert bool(notices) == apart
    assert all(asked.index(name) == asked.index("decision_why") - 1 for name in notices)
    assert ("APART" in codes(decided(**answers))) == apart


def test_what_is_not_known_is_to_be_found_out() -> None:
    assert "OPEN" in codes(decided(one_agency="unsure"))
    assert "OPEN" not in codes(decided())


def test_a_review_runs_from_the_day_it_was_decided() -> None:
    """Worked by hand: decided Mon 21 Dec 2026, told by Tue 29 Dec, scoped by 1 Feb, published by 21 Jun 2027."""
    decision = decided(decision="commission", decided_on="2026-12-21", reviewer="yes")
    tell, scope, publish = (
        duty(decision, name) for name in ("tell_of_review_and_reviewer", "scope_review", "publish_review")
    )
    assert (tell.due.aim_for, tell.due.latest) == (date(2026, 12, 23), date(2026, 12, 24))
    assert (scope.due.aim_for, scope.due.latest) == (date(2027, 2, 1), date(2027, 2, 1))
    assert (publish.due.aim_for, publish.due.latest) == (date(2027, 6, 21), date(2027, 6, 21))
    assert (publish.badge, publish.deadline_badge) == ("must", "should")
    assert set(tell.to) == {"panel", "ofsted", "department"}


def test_six_months_that_end_on_a_weekend_are_worked_to_on_the_friday() -> None:
    publish = duty(decided(decision="commission", decided_on="2026-11-22"), "publish_review")
    assert (publish.due.aim_for, publish.due.latest) == (date(2027, 5, 21), date(2027, 5, 22))


def test_while_no_reviewer_is_chosen_choosing_one_has_a_date() -> None:
    decision = decided(decision="commission", decided_on="2026-12-21", reviewer="no")
    assert duty(decision, "choose_reviewer").due.latest == date(2026, 12, 24)
    assert {"tell_of_review", "choose_reviewer"} <= {one.name for one in decision.duties}


def test_without_a_review_the_reasons_are_shared_with_the_family_and_the_panel() -> None:
    for sent, told in (("no", "reasons_in_rapid_review"), ("yes", "tell_panel_no_review")):
        decision = decided(decision="no_review", sent=sent)
        assert "panel" in duty(decision, told).to
        assert "family" in duty(decision, "share_reasons_with_family").to
        assert not any("everyone" in one.to for one in decision.duties)


def test_more_time_has_a_day_and_moves_no_other() -> None:
    decision = decided(decision="more_time", decide_by="2027-01-11")
    assert duty(decision, "decide_by_the_day").due.latest == date(2027, 1, 11)
    assert "its own date" in duty(decision, "rapid_review_keeps_its_date").does
    assert duty(decided(decision="more_time"), "decide_by_the_day").due is None


def test_somebody_else_is_told_who_decides_and_asked_nothing_more() -> None:
    said = answered(FLOW, role="someone_else")
    assert [one.question for one in said] == ["danger_now", "no_names", "role"]
    assert decided(role="someone_else").outcome == "NOT-YOURS"
