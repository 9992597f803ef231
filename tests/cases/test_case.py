"""What a case knows from its events, which decisions open one, and that its plan is kept word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.cases.case import KINDS, EventKind, NotPossible, opens, plan_from_json, plan_to_json
from bot.cases.case_refused import notified_late
from bot.cases.clock_words import moved_words
from bot.cases.clocks import moved

from .life import PLAN, Life, moment

MONDAY = date(2026, 11, 23)


def life() -> Life:
    return Life(moment("23 Nov 2026 11:00"), aware=MONDAY)


@pytest.mark.parametrize(
    ("outcomes", "way"),
    [("B C D E F G GH H HF HG K", "opens"), ("R", "joins"), ("I J U L E2", "recorded"), ("A T PHONE TELL", "never")],
)
def test_which_decisions_open_a_case(outcomes: str, way: str) -> None:
    for outcome in outcomes.split():
        assert opens(outcome) == way
        assert opens(outcome, practice=True) == "never"


def test_a_plan_is_kept_word_for_word() -> None:
    text = plan_to_json(PLAN)
    assert plan_from_json(text) == PLAN
    assert plan_to_json(plan_from_json(text)) == text


def test_a_plan_of_an_earlier_version_without_what_came_later_can_be_read() -> None:
    text = plan_to_json(PLAN).replace(',"if_passed":""', "").replace(',"note":""', "")
    assert plan_from_json(text) == PLAN


def test_the_newest_of_each_fact_counts_and_what_is_taken_back_does_not() -> None:
    it = life()
    it.record("notified", on=MONDAY)
    it.at = moment("25 Nov 2026 11:00")
    it.record("notified", on=date(2026, 11, 24))
    assert it.case.notified_on == date(2026, 11, 24)
    it.record("taken back", event="3", words="it was another case")
    assert it.case.notified_on == MONDAY


def test_the_owner_is_whoever_it_was_handed_to_last() -> None:
    it = life()
    assert it.case.owner == "ann"
    it.record("reassigned", owner="bob")
    assert it.case.owner == "bob"
    it.record("decision corrected", outcome="C")
    assert it.case.owner == "bob"


def test_a_time_of_day_is_kept_where_it_is_known() -> None:
    it = life()
    it.record("awareness corrected", on=MONDAY, time="09:40")
    assert it.case.aware is not None
    assert it.case.aware.time == time(9, 40)


def test_a_notification_knows_how_late_it_would_be() -> None:
    it = life()
    assert notified_late(it.case, date(2026, 11, 30), it.calendar) == 0
    assert notified_late(it.case, date(2026, 12, 2), it.calendar) == 2


def test_why_a_notification_was_late_is_kept() -> None:
    it = life()
    it.at = moment("2 Dec 2026 11:00")
    with pytest.raises(NotPossible, match="say why"):
        it.record("notified", on=date(2026, 12, 2))
    it.record("notified", on=date(2026, 12, 2), words="the notifier was away")
    assert it.case.late_reason == "the notifier was away"
    assert it.clock("notify_panel").late_days == 2


@pytest.mark.parametrize("kind", ["partner decision", "other areas told", "review decided"])
def test_what_follows_awareness_is_not_on_a_day_before_it(kind: EventKind) -> None:
    it = life()
    decision = "yes" if kind == "review decided" else "notify"
    with pytest.raises(NotPossible, match="before the council became aware, on Mon 23 Nov 2026"):
        it.record(kind, on=date(2026, 11, 22), words="recorded", decision=decision)


def test_an_action_taken_back_keeps_its_number_from_the_next() -> None:
    it = life()
    it.record("action agreed", due="2027-03-31")
    it.record("taken back", event="2", words="agreed twice")
    it.record("action agreed", due="2027-04-30")
    assert [one.id for one in it.case.actions] == ["2"]


def test_an_action_can_be_given_another_day_and_owner() -> None:
    it = life()
    it.record("action agreed", due="2027-03-31", owner="bob")
    it.record("action agreed", action="1", due="2027-04-30")
    (action,) = it.case.actions
    assert (action.owner, action.due_on) == ("bob", date(2027, 4, 30))


def test_what_a_corrected_date_moves_is_said() -> None:
    it = life()
    before = it.clocks()
    it.record("awareness corrected", on=date(2026, 11, 20))
    said = [moved_words(one) for one in moved(before, it.clocks())]
    assert "Notify the Panel: latest was Mon 30 Nov 2026, now Fri 27 Nov 2026." in said


def test_nothing_moved_is_nothing_said() -> None:
    it = life()
    it.record("acknowledged")
    before = it.clocks()
    it.record("noted", words="phoned the police")
    assert moved(before, it.clocks()) == ()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("opened", "reopened")])
def test_a_closed_case_takes_only_what_belongs_on_one(kind: str) -> None:
    it = life()
    it.record("closed", words="opened twice")
    allowed = {"noted", "disagreement raised", "hold placed", "taken back", "hold lifted"}
    if kind not in allowed:
        with pytest.raises(NotPossible, match="can open it again"):
            it.record(kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["notified", "published", "partner decision", "closed", "action agreed"])
def test_what_belongs_to_a_case_does_not_happen_to_an_areas_year(kind: str) -> None:
    area = Life(moment("23 Nov 2026 11:00"), "")
    with pytest.raises(NotPossible, match="area's own year"):
        area.record(kind)  # type: ignore[arg-type]


def test_a_hold_is_placed_once_and_lifted_once() -> None:
    it = life()
    it.record("hold placed")
    assert it.case.is_held
    with pytest.raises(NotPossible, match="hold already"):
        it.record("hold placed")
    it.record("hold lifted")
    assert not it.case.is_held


def test_a_plan_from_before_an_outcome_had_clocks_of_its_own_runs_those_of_its_code() -> None:
    names = ("new_case", "notify_if_met", "rapid_review_launch")
    rules = (replace(one, outcomes=("H",)) for one in PLAN.rules if one.name in names)
    case = Life(moment("23 Nov 2026 11:00"), "HF", aware=MONDAY, plan=replace(PLAN, rules=tuple(rules)))
    assert [one.name for one in case.clocks() if one.is_running] == ["new_case", "notify_if_met"]
    with pytest.raises(NotPossible, match="care leaver"):
        case.record("death notified", on=MONDAY)


@pytest.mark.parametrize("told", ["notified", "death notified"])
@pytest.mark.parametrize(("unclear", "clear"), [("HF", "F"), ("HF", "G"), ("HG", "G")])
def test_no_review_stays_once_it_is_clear_that_a_death_was_to_be_notified_whatever_its_cause(
    told: EventKind, unclear: str, clear: str
) -> None:
    case = Life(moment("23 Nov 2026 11:00"), unclear, aware=MONDAY)
    case.record(told, on=MONDAY)
    began = {one.name for one in case.clocks() if one.is_running and one.name.startswith("rapid_review")}
    assert bool(began) == ((told, unclear) == ("notified", "HF"))
    case.record("decision corrected", outcome=clear)
    running = {one.name for one in case.clocks() if one.is_running}
    assert not {one for one in running if one.startswith(("rapid_review", "tell_partners", "notify_"))}
    met = "notify_looked_after_death" if clear == "F" else "notify_care_leaver_death"
    assert case.clock(met).state == "met"


def test_a_review_the_partners_decided_on_stays_until_they_decide_otherwise() -> None:
    case = Life(moment("23 Nov 2026 11:00"), "HF", aware=MONDAY)
    case.record("partner decision", decision="notify", on=MONDAY)
    case.record("notified", on=MONDAY)
    case.record("decision corrected", outcome="F")
    assert case.clock("rapid_review_launch").is_running
    case.record("partner decision", decision="not met", words="a natural cause", on=MONDAY)
    assert case.clock("rapid_review_launch").is_running
    case.record("done", clock="tell_panel_not_met", on=MONDAY)
    assert not case.clock("rapid_review_launch").is_running
