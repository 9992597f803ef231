"""Laws of reminding, each with the least that shows it; the transcripts show the same as people read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import NotPossible
from bot.cases.nudge_words import line
from bot.cases.nudges import LEEWAY, schedule_of
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from dialogs.clock_file import load_clocks
from dialogs.clock_table import read_stage
from dialogs.days import Calendar
from dialogs.spans import read_span

from .life import PLAN, Life, moment

MONDAY = date(2026, 11, 23)
OPENED = "23 Nov 2026 11:00"
OUTCOMES = st.sampled_from("B C D E F G H K".split())


def test_the_line_is_the_reference_the_duty_the_dates_and_what_it_rests_on() -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    first = next(one for one in life.run_to(moment("25 Nov 2026 09:00")) if one.clock == "notify_panel")
    said = line(first, life.calendar)
    assert said == "Case 26-014: notify the Panel. Aim Fri 27 Nov, latest Mon 30 Nov. Statutory guidance."


def test_every_reminder_says_what_it_rests_on() -> None:
    """Nobody answers anything for four months; the question for a date alone rests on nothing."""
    life = Life(moment(OPENED), aware=MONDAY, add_ons="F+ CDR Q")
    basis = {rule.name: rule.basis for rule in load_clocks().rules}
    sent = life.run_to(moment("22 Mar 2027 09:00"))
    assert len(sent) > 100
    for one in sent:
        assert f"{basis[one.clock.partition(':')[0]]}." in line(one, life.calendar)


@given(OUTCOMES, st.integers(0, 6), st.integers(0, 23), st.integers(0, 400))
def test_worked_out_again_a_reminder_has_the_same_key(outcome: str, ago: int, hour: int, later: int) -> None:
    at = moment("18 Dec 2026 00:30") + timedelta(hours=hour)
    life = Life(at, outcome, aware=london_date(at) - timedelta(days=ago))
    life.at = life.later(hours=later)
    assert [one.key for one in life.owed()] == [one.key for one in life.owed()]
    keys = [one.key for one in life.note()]
    assert len(keys) == len(set(keys))
    assert not life.owed()


@given(OUTCOMES, st.integers(0, 6), st.integers(0, 200), st.integers(1, 200))
def test_however_late_the_watch_runs_each_person_hears_once_of_each_clock(
    outcome: str, ago: int, first: int, second: int
) -> None:
    at = moment("18 Dec 2026 16:50")
    life = Life(at, outcome, aware=london_date(at) - timedelta(days=ago))
    for hours in (first, second):
        life.at = life.later(hours=hours)
        found = [(one.clock, one.to) for one in life.note() if one.kind != "told"]
        assert len(found) == len(set(found))


@given(OUTCOMES, st.integers(0, 500))
def test_a_watch_that_was_down_sends_nothing_stale_at_night(outcome: str, hours: int) -> None:
    at = moment("18 Dec 2026 16:50")
    life = Life(at, outcome, aware=london_date(at))
    life.at = life.later(hours=hours)
    working = WorkingTime(life.calendar)
    for one in life.owed():
        is_now = working.is_open(life.at) or life.at - one.due_at <= LEEWAY
        assert is_now or one.deadline == life.today or one.kind in ("new case", "at once", "today")


def test_what_waits_for_the_morning_wakes_the_watch_in_the_morning() -> None:
    """The watch was down all day and comes back in the night: nothing else would wake it for a month."""
    yearly = replace(PLAN, rules=tuple(rule for rule in PLAN.rules if rule.name == "yearly_report"))
    area = Life(moment(OPENED), "", plan=yearly)
    area.at = moment("1 Jul 2027 22:00")
    assert not area.note()
    assert area.next_at() == moment("2 Jul 2027 08:30")
    area.at = moment("2 Jul 2027 08:30")
    assert [one.stage for one in area.note() if one.to == "business_manager"] == ["1 July"]


def test_nobody_is_passed_over_because_the_watch_was_down() -> None:
    """It was down on Wednesday and Thursday: the owner first hears on Friday, so the deputy on Monday, not before."""
    life = Life(moment(OPENED), aware=MONDAY)
    life.note()
    life.at = moment("27 Nov 2026 09:00")
    found = [one for one in life.note() if one.clock == "notify_panel"]
    assert [one.to for one in found] == ["owner"]
    later = [one for one in life.run_to(moment("30 Nov 2026 09:00")) if one.clock == "notify_panel"]
    assert [one.due_at for one in later if one.to == "deputy"] == [moment("30 Nov 2026 08:30")]


def test_what_was_due_today_waits_for_the_morning_once_that_day_is_over() -> None:
    """It was down from before the last day until the night after: nobody is woken for what is late already."""
    life = Life(moment(OPENED), aware=MONDAY)
    life.run_to(moment("30 Nov 2026 08:00"))
    life.at = moment("1 Dec 2026 03:00")
    assert life.note() == ()
    assert life.next_at() == moment("1 Dec 2026 08:30")


def test_a_corrected_date_gives_another_key_and_the_same_date_the_same() -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    before = {one.key for one in life.run_to(moment("25 Nov 2026 09:00")) if one.clock == "notify_panel"}
    life.record("awareness corrected", on=date(2026, 11, 20))
    moved = {one.key for one in life.note() if one.clock == "notify_panel"}
    assert moved
    assert moved.isdisjoint(before)
    life.record("awareness corrected", on=MONDAY, words="The letter was read late.")
    again = {one.key for one in life.owed() if one.clock == "notify_panel" and one.to == "owner"}
    assert all("catch-up" in key for key in again)


def test_a_plan_that_is_moved_repeats_nothing() -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    life.run_to(moment("25 Nov 2026 09:00"))
    life.case = replace(life.case, plan=replace(PLAN, version="another"))
    life.record("plan moved", to="another")
    assert not life.owed()


def test_nothing_is_said_of_a_case_that_only_is_recorded() -> None:
    for outcome in ("I", "J", "U", "L", "E2"):
        life = Life(moment(OPENED), outcome, aware=MONDAY)
        assert not life.clocks()
        assert not life.owed()
        assert life.next_at() is None


def test_an_acknowledgement_silences_no_stage() -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    life.run_to(moment("30 Nov 2026 10:05"))
    life.record("acknowledged", clock="notify_panel")
    sent = life.run_to(moment("30 Nov 2026 14:05"))
    assert any(one.clock == "notify_panel" and one.stage == "day 5 at 14:00" for one in sent)


def test_a_snooze_silences_what_falls_within_it() -> None:
    life = Life(moment("23 Nov 2026 09:30"), aware=MONDAY)
    life.note()
    life.at = moment("23 Nov 2026 10:00")
    life.record("snoozed", clock="decision_meeting", words="they meet tomorrow", until="2026-11-24")
    sent = [one for one in life.run_to(moment("24 Nov 2026 09:00")) if one.clock == "decision_meeting"]
    assert [(one.due_at, one.to) for one in sent] == [(moment("24 Nov 2026 08:30"), "owner")]


@given(st.integers(0, 9), st.integers(0, 23))
def test_a_snooze_never_reaches_past_the_deadline(days: int, hour: int) -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    life.at = moment("23 Nov 2026 11:30") + timedelta(days=days, hours=hour)
    hours = WorkingTime(life.calendar)
    until = london_date(hours.morning_after(life.at))
    deadline = life.clock("notify_panel").deadline
    assert deadline is not None
    if until <= deadline:
        life.record("snoozed", clock="notify_panel", words="waiting", until=until.isoformat())
        found = [one for one in life.run_to(hours.opening(until)) if one.clock == "notify_panel" and one.to == "owner"]
        assert found[-1].due_at == hours.opening(until)
    else:
        with pytest.raises(NotPossible, match="cannot be put off"):
            life.record("snoozed", clock="notify_panel", words="waiting", until=until.isoformat())


def test_actions_remind_their_owner_and_not_the_cases() -> None:
    life = Life(moment(OPENED), aware=MONDAY)
    life.record("action agreed", due="2027-03-31", owner="bob")
    sent = [one for one in life.run_to(moment("24 Mar 2027 09:00")) if one.clock == "action_due:1"]
    assert sent[0].to == "person:bob"
    assert {one.to for one in sent[1:]} == {"person:bob", "owner", "delegated_partner"}


def test_an_area_with_hours_of_its_own_is_reminded_within_them() -> None:
    plan = replace(PLAN, opens=moment("1 Jan 2027 10:00").time(), closes=moment("1 Jan 2027 15:00").time())
    life = Life(moment(OPENED), aware=MONDAY, plan=plan)
    first = next(one for one in life.run_to(moment("26 Nov 2026 09:00")) if one.clock == "notify_panel")
    assert first.due_at == moment("25 Nov 2026 10:00")


def test_a_years_silence_is_worked_out_without_counting_its_days() -> None:
    """What a sweep asks of a case with everything late for three years looks at few days of the calendar."""
    seen: list[date] = []

    class Counting(Calendar):
        def is_working(self, day: date) -> bool:
            seen.append(day)
            return super().is_working(day)

        def __hash__(self) -> int:
            return id(self)

        def __eq__(self, other: object) -> bool:
            return self is other

    life = Life(moment(OPENED), aware=MONDAY, add_ons="F+ CDR Q")
    life.at = moment("23 Nov 2029 11:00")
    counting = Counting()
    clocks = life.clocks()
    schedule = schedule_of(life.case, clocks, counting)
    assert schedule.owed(life.at)
    assert schedule.next_at(life.at) == moment("26 Nov 2029 08:30")
    assert len(seen) < 1000


def test_a_clock_counted_in_hours_is_late_that_same_day() -> None:
    """An area that wants its head of service told within two working hours."""
    rule = PLAN.by_name["decision_meeting"]
    hourly = replace(rule, within=read_span("2 working hours"), nudges=(read_stage("at once"),))
    life = Life(moment(OPENED), aware=MONDAY, plan=replace(PLAN, rules=(hourly,)))
    assert life.clock("decision_meeting").passes_at == moment("23 Nov 2026 11:00")
    later = Life(moment("23 Nov 2026 09:30"), aware=MONDAY, plan=replace(PLAN, rules=(hourly,)))
    sent = [(one.due_at, one.kind, one.to) for one in later.run_to(moment("23 Nov 2026 12:00"))]
    assert sent == [
        (moment("23 Nov 2026 09:30"), "today", "owner"),
        (moment("23 Nov 2026 11:00"), "overdue", "owner"),
        (moment("23 Nov 2026 11:00"), "passed", "deputy"),
        (moment("23 Nov 2026 11:00"), "passed", "delegated_partner"),
    ]
