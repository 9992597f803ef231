"""What is new opens only what it touches; every other answer stands, and the rules are the referral's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.decision import Dates, Decision, Local
from dialogs.flows import load_flows
from dialogs.flows.new_information import GOES_ON, OTHER_NOTIFIES, WHAT_IS_NEW
from dialogs.walk import Said, walk

from .answering import answered, said

FLOWS = load_flows()
REFERRAL, NEWS = FLOWS["referral"], FLOWS["new_information"]
TODAY = date(2026, 12, 22)
HURT = {"age_at_event": "under_18", "effect": "serious", "maltreatment": "suspected", "place": "our_area"}
BEGUN = {"danger_now": "no", "no_names": "ready"}


def standing(**others: str) -> tuple[Said, ...]:
    """The answers of a finished referral, as they are carried over."""
    whole = walk(REFERRAL, answered(REFERRAL, **{**HURT, **others})).by_name
    return said({name: answer for name, answer in whole.items() if name not in GOES_ON.afresh})


def asked_for(earlier: tuple[Said, ...], new: str) -> list[str]:
    """What is asked once it has been said what is new, until all is answered."""
    done = (*earlier, *said({**BEGUN, "what_is_new": new}))
    asked = []
    while (question := walk(NEWS, done).next) is not None:
        asked.append(question.name)
        done = (*done, Said(question.name, question.likely))
    return asked


def decided(earlier: tuple[Said, ...], new: str, today: date = TODAY, **others: str) -> Decision:
    done = answered(NEWS, (*earlier, *said({**BEGUN, "what_is_new": new})), **others)
    answers = walk(NEWS, done).by_name
    return NEWS.decide(answers, Dates.said(today, answers), Local())


def codes(decision: Decision) -> set[str]:
    return {one.code for one in decision.add_ons}


def test_the_rules_are_the_referrals_own_with_what_is_new_on_top() -> None:
    base, own = REFERRAL.table, NEWS.table
    assert (own.rows, own.gates, own.decisive) == (base.rows, base.gates, base.decisive)
    assert own.add_ons[-len(base.add_ons) :] == base.add_ons
    assert {name: own.inputs[name] for name in base.inputs} == base.inputs
    assert base.version in own.version


def test_the_questions_are_the_referrals_own() -> None:
    theirs = {question.name: question for question in REFERRAL.questions}
    own = [one for one in NEWS.questions if one.name not in GOES_ON.afresh and one is not OTHER_NOTIFIES]
    assert [one.name for one in own] == [one.name for one in REFERRAL.questions[2:]]
    assert all((one.text, one.options) == (theirs[one.name].text, theirs[one.name].options) for one in own)


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        ("none", []),
        ("unsure", []),
        ("harm", ["effect"]),
        ("abuse", ["maltreatment"]),
        ("aware_date", ["la_aware", "aware_on"]),
        ("area", ["place", "residence"]),
        ("besides", ["flags"]),
        ("referred", []),
        ("not_notifying", []),
        ("not_met", []),
        ("died", ["care"]),
        ("died,area", ["place", "residence", "care"]),
    ],
)
def test_only_what_is_new_is_asked_and_what_it_opens(new: str, asked: list[str]) -> None:
    assert asked_for(standing(), new) == asked


@pytest.mark.parametrize("new", ["panel_told", "not_met"])
def test_the_day_the_panel_was_told_is_asked_where_it_is_known(new: str) -> None:
    assert asked_for(standing(role="la_children"), new) == ["notified_on"]
    assert asked_for(standing(), new) == []


def test_what_was_decided_after_notifying_is_no_late_notification() -> None:
    decision = decided(standing(role="la_children", aware_on="2026-11-23"), "not_met", notified_on="2026-11-27")
    assert decision.outcome == "R"
    assert "LATE" not in codes(decision)
    assert "notify_panel" not in {duty.name for duty in decision.duties}


def test_whether_the_panel_was_told_is_asked_where_nobody_asked_it_before() -> None:
    assert asked_for(standing(effect="near_miss"), "none") == ["sin_sent"]


@pytest.mark.parametrize(
    ("role", "now", "asked"),
    [
        ("la_children", "suspected", ["place", "residence", "aware_on"]),
        ("education", "suspected", ["place", "residence", "la_aware", "aware_on"]),
        ("education", "no", []),
    ],
)
def test_since_when_abuse_is_suspected_is_asked_of_a_death_whose_day_is_known(
    role: str, now: str, asked: list[str]
) -> None:
    nobody = {"effect": "died", "care": "lac_ours", "maltreatment": "no", "known_to_services": "no"}
    earlier = standing(role=role, la_aware="yes", aware_on="2026-11-23", **nobody)
    asked_again = {"maltreatment": now} | ({"known_to_services": "no"} if now == "no" else {})
    done = (*earlier, *said({**BEGUN, "what_is_new": "abuse", **asked_again}))
    found = []
    while (question := walk(NEWS, done).next) is not None:
        found.append(question.name)
        done = (*done, Said(question.name, question.likely))
    assert found == asked


def test_the_day_stands_where_abuse_was_suspected_before() -> None:
    earlier = standing(role="la_children", aware_on="2026-11-23")
    assert asked_for(earlier, "abuse") == ["maltreatment"]


def test_an_answer_that_opens_another_has_it_asked() -> None:
    """Nobody suspected abuse, so where it happened was never asked; now it is."""
    earlier = standing(maltreatment="no", known_to_services="no")
    done = (*earlier, *said({**BEGUN, "what_is_new": "abuse", "maltreatment": "suspected"}))
    following = walk(NEWS, done).next
    assert following is not None
    assert following.name == "place"


def test_saying_that_a_child_has_died_needs_no_second_saying() -> None:
    answers = walk(NEWS, (*standing(), *said({**BEGUN, "what_is_new": "died"}))).by_name
    assert answers["effect"] == "died"


def test_unticking_what_was_ticked_by_mistake_brings_the_earlier_answer_back() -> None:
    done = (*standing(), *said({**BEGUN, "what_is_new": "died"}), Said("what_is_new", "besides"))
    assert walk(NEWS, done).by_name["effect"] == "serious"


def test_an_answer_given_anew_stands_over_the_earlier_one() -> None:
    done = (*standing(), *said({**BEGUN, "what_is_new": "harm", "effect": "near_miss"}))
    assert walk(NEWS, done).by_name["effect"] == "near_miss"


@pytest.mark.parametrize("told_on", [None, date(2026, 11, 24)])
def test_a_death_that_is_on_record_as_notified_is_notified_no_second_time(told_on: date | None) -> None:
    nobody = {"effect": "died", "care": "lac_ours", "maltreatment": "no", "known_to_services": "no"}
    earlier = standing(role="la_children", aware_on="2026-11-23", **nobody)
    answers = walk(NEWS, answered(NEWS, (*earlier, *said({**BEGUN, "what_is_new": "besides"})))).by_name
    decision = NEWS.decide(answers, replace(Dates.said(TODAY, answers), death_notified_on=told_on), Local())
    duties = {duty.name for duty in decision.duties}
    assert ("notify_looked_after_death" in duties) == (told_on is None)
    assert ("death_is_notified" in duties) == (told_on is not None)
    assert ("LATE" in codes(decision)) == (told_on is None)


ticks = st.lists(st.sampled_from([option.id for option in WHAT_IS_NEW.options]), unique=True, max_size=4)


@given(ticks, st.sampled_from(["serious", "died", "near_miss", "none"]), st.sampled_from(["known", "no", "unsure"]))
def test_whatever_is_not_touched_stands_as_it_was(new: list[str], effect: str, maltreatment: str) -> None:
    earlier = standing(effect=effect, maltreatment=maltreatment)
    kept = {one.question: one.answer for one in earlier}
    answer = ",".join(one.id for one in WHAT_IS_NEW.options if one.id in new) or "none"
    done = answered(NEWS, (*earlier, *said({**BEGUN, "what_is_new": answer})))
    touched = GOES_ON.asked_again(answer) | GOES_ON.given(answer).keys()
    now = walk(NEWS, done).by_name
    assert all(now[name] == kept[name] for name in now if name in kept and name not in touched)


def test_with_nothing_new_the_outcome_and_its_duties_are_as_they_were() -> None:
    answers = walk(REFERRAL, answered(REFERRAL, **HURT)).by_name
    before = REFERRAL.decide(answers, Dates.said(TODAY, answers), Local())
    now = decided(standing(), "none")
    assert (now.outcome, now.duties, now.add_ons) == (before.outcome, before.duties, before.add_ons)


def test_a_death_after_notifying_goes_to_the_panel_as_an_update() -> None:
    decision = decided(standing(sin_sent="yes"), "died", care="none_or_previously_known")
    assert {"NEWS", "CDR"} <= codes(decision)
    [tell] = [duty for duty in decision.duties if duty.name == "tell_panel_what_is_new"]
    assert "not a second notification" in tell.does


def test_those_who_know_the_date_are_told_not_to_send_a_second_one() -> None:
    earlier = standing(role="la_children", sin_sent="yes", notified_on="2026-12-14", aware_on="2026-12-14")
    decision = decided(earlier, "died", care="none_or_previously_known")
    names = [duty.name for duty in decision.duties]
    assert decision.outcome == "R"
    assert "new_facts_to_panel" in names
    assert "tell_panel_what_is_new" not in names


@pytest.mark.parametrize("role", ["la_children", "education", "police", "partnership_unit"])
def test_a_notification_that_was_sent_stands_until_the_partners_say_otherwise(role: str) -> None:
    decision = decided(standing(role=role, sin_sent="yes"), "abuse", maltreatment="no", known_to_services="no")
    assert decision.would_be or decision.outcome == "I"
    assert "STANDS" in codes(decision)
    assert {"partners_decide_not_met", "review_still_due"} <= {duty.name for duty in decision.duties}


def test_nothing_is_withdrawn_that_was_never_sent() -> None:
    decision = decided(standing(sin_sent="no"), "abuse", maltreatment="no", known_to_services="no")
    assert decision.outcome == "I"
    assert "STANDS" not in codes(decision)


@pytest.mark.parametrize(
    ("aware_on", "sent", "notified_on", "late"),
    [
        ("2026-12-14", "no", "unsure", True),  # latest Mon 21 Dec; today is Tue 22
        ("2026-12-15", "no", "unsure", False),
        ("2026-12-01", "yes", "2026-12-08", False),
        ("2026-12-01", "yes", "2026-12-09", True),
        ("2026-12-01", "yes", "unsure", False),  # sent, but on a day nobody knows: not guessed
    ],
)
def test_late_is_said_where_it_is_known_to_be(aware_on: str, sent: str, notified_on: str, late: bool) -> None:
    earlier = standing(role="la_children", sin_sent=sent, notified_on=notified_on)
    decision = decided(earlier, "aware_date", aware_on=aware_on)
    assert ("LATE" in codes(decision)) == late


@pytest.mark.parametrize(
    ("new", "code"), [("not_notifying", "NO-NOTICE"), ("not_met", "NOT-MET"), ("other_council", "THEIRS")]
)
def test_what_others_decided_has_its_own_next_steps(new: str, code: str) -> None:
    assert code in codes(decided(standing(), new))


@pytest.mark.parametrize(("place", "code"), [("other_english_area", "D"), ("outside_england", "E")])
def test_whether_another_council_notifies_is_asked_once_it_has_answered_and_stands(place: str, code: str) -> None:
    elsewhere = standing(role="education", place=place, residence="other_english_area")
    assert asked_for(elsewhere, "other_council") == ["other_notifies"]
    assert asked_for(elsewhere, "besides") == ["flags"]
    answered_no = (*elsewhere, *said({"other_notifies": "no", "la_aware": "yes", "aware_on": "2026-12-21"}))
    decision = decided(answered_no, "besides", flags="media")
    assert (decision.outcome, decision.runs_as) == (code, {"D": "DB", "E": "EC"}[code])
    assert "HELD" in codes(decision)
    assert asked_for(answered_no, "other_council") == ["other_notifies"]
    assert asked_for(answered_no, "area") == ["place", "residence"]


def test_it_is_not_asked_where_the_notification_is_ours() -> None:
    assert asked_for(standing(), "other_council") == []


@pytest.mark.parametrize(
    ("answer", "code", "held"), [("in_writing", "ACCEPTED", False), ("no", "HELD", True), ("unsure", "HELD", True)]
)
def test_only_an_answer_in_writing_leaves_the_notification_with_another_council(
    answer: str, code: str, held: bool
) -> None:
    earlier = standing(role="la_children", place="other_english_area")
    decision = decided(earlier, "other_council", other_notifies=answer, aware_on="2026-12-21")
    duties = {one.name: one for one in decision.duties}
    assert code in codes(decision)
    assert ("held_notify_panel" in duties, decision.runs_as == "DB") == (held, held)
    assert ("other_partners_review" in duties, "rapid_review_from_notification_elsewhere" in duties) == (
        not held,
        not held,
    )
    if held:
        due = duties["held_notify_panel"].due
        assert due is not None
        assert due.latest == date(2026, 12, 30)
