"""The referral rules against a second reading of the policy, written apart from the rules' own file, and its laws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle
from random import Random

import pytest

from bot.referral_laws import BY_DESIGN
from dialogs.answer_classes import A_DAY, dates_said
from dialogs.asked import asked_in_vain, left_out
from dialogs.condition import Condition
from dialogs.decision import Dates, Decision, Local
from dialogs.flow import Flow
from dialogs.flows import allegation, load_flows, referral

FLOW = referral.flow()
TABLE = FLOW.table
COMBINATIONS = list(TABLE.combinations())
ROLES = [role for role in TABLE.inputs["role"] if role != "public"]
NOT_THE_AUTHORITY = [role for role in ROLES if role != "la_children"]
LOOKED_AFTER = {"lac_ours", "lac_other"}
TODAY = date(2026, 11, 23)
Facts = dict[str, str]


def decided(facts: Facts, **others: str) -> Decision:
    answers = {"danger_now": "no", "role": "education", "referral_made": "yes", "when": "recent", "flags": "none"}
    answers |= facts | others
    return FLOW.decide(answers, dates_said(answers), Local())


def adult_or_unborn(f: Facts) -> str | None:
    if f["age_at_event"] == "unborn":
        return "K"
    if f["age_at_event"] == "18_24":
        if f["effect"] == "died" and f["care"] == "care_leaver":
            return "G"
        in_care_or_unsure = f["care"] in LOOKED_AFTER | {"care_leaver", "unsure"}
        return "H" if f["effect"] in {"died", "unsure"} and in_care_or_unsure else "L"
    return "L" if f["age_at_event"] == "25_plus" else None


def without_abuse(f: Facts) -> str:
    if f["effect"] in {"serious", "may_be_serious"} or f["care"] == "none_or_previously_known":
        return "I"
    if f["age_at_event"] == "under_18" and f["effect"] == "died" and f["care"] in LOOKED_AFTER:
        return "F"
    if f["age_at_event"] == "under_18" and f["effect"] == "died" and f["care"] == "care_leaver":
        return "G"
    return "H"


def whose_it_is(f: Facts) -> str:
    if f["place"] == "our_area":
        return "B"
    if f["place"] == "other_english_area":
        return "D"
    if f["place"] == "unsure" or f["residence"] == "unsure":
        return "H"
    if f["residence"] == "our_area":
        return "C"
    if f["residence"] == "other_english_area":
        return "E"
    return "H" if f["care"] in LOOKED_AFTER | {"unsure"} else "E2"


def outcome_by_the_policy(f: Facts) -> str:
    """The primary outcome as the policy's own table gives it, first match first."""
    if (early := adult_or_unborn(f)) is not None:
        return early
    if f["effect"] == "near_miss":
        return "J"
    if f["effect"] == "none":
        return "I" if f["maltreatment"] == "no" else "U"
    if f["maltreatment"] == "no":
        return without_abuse(f)
    if f["age_at_event"] == "unsure" or f["maltreatment"] == "unsure" or f["effect"] in {"may_be_serious", "unsure"}:
        return "H"
    return whose_it_is(f)


FLAGS: dict[str, set[str]] = {
    "N": {"parent_killed_da"},
    "O": {"other_child_involved", "several_children"},
    "P": {"possible_suicide"},
    "Q": {"staff_allegation"},
    "V": {"regulated_setting"},
    "W": {"health_safety_event"},
    "X": {"custody", "mappa_offender", "youth_justice"},
    "Y": {"criminal_investigation"},
    "Z": {"media"},
    "S": {"disagreement"},
}


def add_ons_by_the_policy(f: Facts, primary: str, when: str, flags: set[str]) -> set[str]:
    """Every add-on that the policy's own list appends."""
    died, young = f["effect"] == "died", f["age_at_event"] in {"under_18", "unsure"}
    found = {code for code, any_of in FLAGS.items() if any_of & flags}
    if died and young:
        found.add("CDR")
        if f["care"] in LOOKED_AFTER and primary != "F":
            found.add("F+")
    if died and f["care"] == "unsure":
        found |= {"FQ", "GQ"}
    if died and f["age_at_event"] == "under_18" and f["care"] == "care_leaver" and primary in {"B", "C", "D", "E", "H"}:
        found.add("G2")
    if when != "recent":
        found.add("M")
    return found


def test_every_combination_has_the_outcome_that_the_policy_gives_it() -> None:
    assert len(COMBINATIONS) == 9600
    for facts in COMBINATIONS:
        assert TABLE.first_row(facts).code == outcome_by_the_policy(facts), facts


def gate_by_the_policy(role: str, danger: str, sent: str, notified: str) -> str | None:
    if danger in {"yes", "unsure"}:
        return "A"
    if role == "public":
        return "T"
    known = sent == "yes" and notified != "unsure" and role in {"la_children", "partnership_unit"}
    return "R" if known else None


@pytest.mark.parametrize("seed", range(3))
def test_gates_and_add_ons_are_those_the_policy_gives_whatever_else_is_answered(seed: int) -> None:
    """Over every combination, each with other answers drawn at random."""
    random = Random(seed)
    for facts in COMBINATIONS:
        others = {
            "danger_now": random.choice(["no"] * 8 + ["yes", "unsure"]),
            "role": random.choice(TABLE.inputs["role"]),
            "when": random.choice(TABLE.inputs["when"]),
            "sin_sent": random.choice(TABLE.inputs["sin_sent"]),
            "notified_on": random.choice(["unsure", A_DAY]),
            "la_aware": random.choice(TABLE.inputs["la_aware"]),
            "referral_made": random.choice(TABLE.inputs["referral_made"]),
        }
        flags = set(random.sample(TABLE.inputs["flags"], random.choice([0, 1, 1, 2, 4])))
        decision = decided(facts, **others, flags=",".join(sorted(flags)) or "none")
        gate = gate_by_the_policy(others["role"], others["danger_now"], others["sin_sent"], others["notified_on"])
        primary = gate or outcome_by_the_policy(facts)
        wanted = set() if gate in {"A", "T"} else add_ons_by_the_policy(facts, primary, others["when"], flags)
        if gate == "R":
            # What the notification already sent stands for keeps its add-ons.
            wanted |= add_ons_by_the_policy(facts, outcome_by_the_policy(facts), others["when"], flags)
        assert decision.outcome == primary, (facts, others)
        assert {one.code for one in decision.add_ons} == wanted, (facts, others, flags)


def test_not_sure_of_abuse_never_reaches_nothing_to_notify() -> None:
    reached = {TABLE.first_row(facts).code for facts in COMBINATIONS if facts["maltreatment"] == "unsure"}
    assert "I" not in reached
    assert "H" in reached


def test_not_sure_what_happened_reaches_i_only_where_nothing_else_counts() -> None:
    at_i = [f for f in COMBINATIONS if f["effect"] == "unsure" and TABLE.first_row(f).code == "I"]
    assert at_i
    assert {(f["maltreatment"], f["care"]) for f in at_i} == {("no", "none_or_previously_known")}


def deaths_in_care(age: str = "under_18") -> list[Facts]:
    return [
        facts
        for facts in COMBINATIONS
        if facts["age_at_event"] == age and facts["effect"] == "died" and facts["care"] in LOOKED_AFTER
    ]


def test_a_death_in_care_with_abuse_known_or_suspected_never_reaches_e2() -> None:
    codes = {
        TABLE.first_row(facts).code for facts in deaths_in_care() if facts["maltreatment"] in {"known", "suspected"}
    }
    assert codes == {"B", "C", "D", "E", "H"}


@pytest.mark.parametrize("age", ["under_18", "unsure"])
@pytest.mark.parametrize("role", ROLES)
def test_a_death_in_care_under_18_is_never_not_notifiable_and_always_carries_its_duty(role: str, age: str) -> None:
    for facts in deaths_in_care(age):
        decision = decided(facts, role=role)
        assert decision.outcome != "I"
        assert [duty for duty in decision.duties if {"secretary_of_state", "ofsted"} <= set(duty.to)], facts


@pytest.mark.parametrize("role", ROLES)
def test_a_death_with_care_not_known_always_brings_the_check(role: str) -> None:
    for facts in COMBINATIONS:
        if facts["effect"] == "died" and facts["care"] == "unsure":
            names = {duty.name for duty in decided(facts, role=role).duties}
            assert {"check_looked_after", "check_care_leaver"} <= names


def test_where_they_live_never_cancels_b() -> None:
    for facts in COMBINATIONS:
        if TABLE.first_row(facts).code == "B":
            homes = TABLE.inputs["residence"]
            assert {TABLE.first_row({**facts, "residence": home}).code for home in homes} == {"B"}


def test_nobody_outside_childrens_services_is_told_to_notify_the_panel() -> None:
    """Their duties to the Panel are somebody else's to do, and say so."""
    told = 0
    for facts, role in zip(COMBINATIONS, cycle(NOT_THE_AUTHORITY), strict=False):
        for duty in decided(facts, role=role, sin_sent="unsure").duties:
            if "panel" in duty.to and duty.badge == "must":
                told += 1
                assert duty.who in {"local authority", "other local authority"}
                assert duty.who == "other local authority" or "You do not send it" in duty.does, (role, duty)
    assert told > 500


def test_childrens_services_are_told_to_notify_wherever_it_is_theirs() -> None:
    for facts in COMBINATIONS:
        if TABLE.first_row(facts).code in {"B", "C"}:
            duty = next(one for one in decided(facts, role="la_children").duties if one.name == "notify_panel")
            assert duty.due is not None
            assert "You do not" not in duty.does


def test_the_day_the_panel_was_told_counts_only_from_those_who_would_know() -> None:
    facts = {"age_at_event": "under_18", "effect": "died", "maltreatment": "known", "place": "our_area"}
    for role in ROLES:
        decision = decided(facts, role=role, sin_sent="yes", notified_on=A_DAY)
        known = role in {"la_children", "partnership_unit"}
        assert decision.outcome == ("R" if known else "B")
        assert (decision.dates.notified_on is not None) == known


def test_whoever_works_for_the_council_is_the_council_knowing_today() -> None:
    for role in ROLES:
        known = decided(COMBINATIONS[0], role=role).dates.aware_on
        assert known == (TODAY if role in {"la_children", "la_other"} else None)


def test_a_family_known_for_abuse_turns_no_abuse_into_not_sure_and_changes_nothing_else() -> None:
    facts = {"age_at_event": "under_18", "effect": "died", "care": "none_or_previously_known"}
    by_maltreatment = {
        (one, known): decided(facts, maltreatment=one, known_to_services=known, place="our_area").outcome
        for one in TABLE.inputs["maltreatment"]
        for known in ("yes", "no", "unsure")
    }
    assert {known: by_maltreatment["no", known] for known in ("yes", "no", "unsure")} == {
        "yes": "H",
        "no": "I",
        "unsure": "H",
    }
    assert {by_maltreatment["known", known] for known in ("yes", "no", "unsure")} == {"B"}


def test_what_is_left_out_on_purpose_would_otherwise_be_found() -> None:
    """That nothing else is left out, and nothing asked in vain, is checked for every dialog with the proof."""
    flow = load_flows()["referral"]
    on_purpose = {name: [one for one, _ in each] for name, each in BY_DESIGN.items() if flow.question(name)}
    faults = left_out(flow).faults
    assert {fault.question for fault in faults} == set(on_purpose) != set()
    for fault in faults:
        facts = flow.facts(dict(fault.answers))
        assert any(one.holds(facts) for one in on_purpose[fault.question]), str(fault)


def asking(change: Callable[[str], tuple[str, ...]], conditions: dict[str, tuple[Condition, ...]]) -> Flow:
    flow = allegation.flow()
    questions = tuple(replace(one, asked_when=change(one.name)) for one in flow.questions)
    return replace(flow, questions=questions, conditions=conditions)


def test_a_question_asked_in_vain_is_found() -> None:
    always = asking(lambda _: (), {})
    assert [fault.question for fault in asked_in_vain(always).faults] == ["aware_on"]


def test_a_question_wrongly_left_out_is_found() -> None:
    rarely = asking(
        lambda name: ("not sure",) if name == "aware_on" else (),
        {"not sure": (Condition.read({"officer_told": ["unsure"]}),)},
    )
    dates = Dates(TODAY)
    assert rarely.decide({"officer_told": "no"}, dates, Local()).outcome == "TELL"
    assert {(fault.question, fault.answer) for fault in left_out(rarely).faults} == {("aware_on", A_DAY)}
