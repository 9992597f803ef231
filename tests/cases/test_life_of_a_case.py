"""Whatever happens to a case, in any order, each clock stands as a simple model says, and reminders keep their laws."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.cases.case import Event, EventKind, NotPossible
from bot.cases.clocks import clocks_of
from bot.cases.nudges import Nudge, next_at, owed
from bot.cases.working_time import WorkingTime
from bot.clock import london_date

from .life import Life, moment
from .model import ROWS, Model, standing, working_day_number

OUTCOMES = st.sampled_from("B C D E F G H K".split())
ADD_ONS = st.sets(st.sampled_from(["Q", "CDR", "F+", "S"]), max_size=2)
# Over Christmas, over Easter, and over both changes of the clocks.
STARTS = st.sampled_from(["18 Dec 2026 16:50", "25 Mar 2027 08:00", "22 Oct 2026 23:30", "27 Mar 2027 00:30"])
AGO = st.integers(0, 12)
MONTHS_AHEAD = st.integers(1, 200)


class LifeOfACase(RuleBasedStateMachine):
    """Records whatever may be recorded, turns the clock, and compares."""

    life: Life
    model: Model
    sent: list[Nudge]

    @initialize(start=STARTS, outcome=OUTCOMES, add_ons=ADD_ONS, ago=st.none() | AGO)
    def open_it(self, start: str, outcome: str, add_ons: set[str], ago: int | None) -> None:
        at = moment(start)
        aware = None if ago is None else london_date(at) - timedelta(days=ago)
        self.life = Life(at, outcome, aware=aware, add_ons=" ".join(sorted(add_ons)))
        self.model = Model(outcome, add_ons, aware, london_date(at))
        self.sent = list(self.life.note())

    def _tried(self, kind: EventKind, **what: object) -> Event | None:
        """The event, if it may be; one that makes no sense changes nothing."""
        try:
            event = self.life.record(kind, **what)  # type: ignore[arg-type]
        except NotPossible:
            return None
        self.sent += self.life.note()
        return event

    def _day(self, ago: int) -> date:
        return self.life.today - timedelta(days=ago)

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours: int) -> None:
        self.sent += self.life.run_to(self.life.later(hours=hours))

    @rule(days=st.integers(2, 25))
    def days_pass(self, days: int) -> None:
        self.sent += self.life.run_to(self.life.later(days=days))

    @rule(ago=AGO)
    def awareness_is_corrected(self, ago: int) -> None:
        if self._tried("awareness corrected", on=self._day(ago)):
            self.model.aware = self._day(ago)

    @rule()
    def awareness_becomes_unknown(self) -> None:
        if self._tried("awareness corrected"):
            self.model.aware = None

    @rule(outcome=OUTCOMES, add_ons=ADD_ONS)
    def decision_is_corrected(self, outcome: str, add_ons: set[str]) -> None:
        if self._tried("decision corrected", outcome=outcome, add_ons=" ".join(sorted(add_ons))):
            self.model.corrected(outcome, add_ons)

    @rule(outcome=OUTCOMES | st.sampled_from(["I", "J"]), add_ons=ADD_ONS, how=st.sampled_from(["adds", "waits"]))
    def what_is_told_is_held(self, outcome: str, add_ons: set[str], how: str) -> None:
        if self._tried("decision corrected", outcome=outcome, add_ons=" ".join(sorted(add_ons)), held=how):
            self.model.held(outcome, add_ons, how)

    @rule(would_be=OUTCOMES | st.sampled_from(["I", "J", "L", "U", "E2"]), add_ons=ADD_ONS)
    def it_is_said_that_the_panel_was_told(self, would_be: str, add_ons: set[str]) -> None:
        """The decision alone: what is owed beside stays, and the day is recorded by itself."""
        if self._tried("decision corrected", outcome="R", would_be=would_be, add_ons=" ".join(sorted(add_ons))):
            before, was_sent = self.model.outcome, self.model.notified
            self.model.notified = was_sent or self.life.today
            self.model.corrected(would_be if would_be in "B C D E F G H K".split() else before, add_ons)
            self.model.notified = was_sent

    @rule(decision=st.sampled_from(["notify", "not met", "not agreed"]))
    def partners_decide(self, decision: str) -> None:
        if self._tried("partner decision", decision=decision, words="recorded"):
            self.model.decision, self.model.overridden = decision, False

    @rule(ago=AGO)
    def the_panel_is_notified(self, ago: int) -> None:
        if self._tried("notified", on=self._day(ago), words="recorded"):
            self.model.notified, self.model.overridden = self._day(ago), True

    @rule()
    def others_are_told(self) -> None:
        if self._tried("other areas told"):
            self.model.told_others = True

    @rule()
    def the_review_is_sent(self) -> None:
        if self._tried("rapid review sent"):
            self.model.sent = True

    @rule(decision=st.sampled_from(["yes", "no"]))
    def a_review_is_decided(self, decision: str) -> None:
        if self._tried("review decided", decision=decision, words="recorded"):
            self.model.review = decision

    @rule()
    def the_reviewer_is_named(self) -> None:
        if self._tried("reviewer named"):
            self.model.named = True

    @rule(ahead=MONTHS_AHEAD)
    def publication_is_planned(self, ahead: int) -> None:
        day = self.life.today + timedelta(days=ahead)
        if self._tried("publication planned", on=day):
            self.model.planned = day

    @rule()
    def it_is_published(self) -> None:
        if self._tried("published"):
            self.model.published = self.life.today

    @rule(name=st.sampled_from([name for name, row in ROWS.items() if row.met is None]))
    def a_duty_is_done(self, name: str) -> None:
        if self._tried("done", clock=name):
            self.model.done.add(name)

    @rule(name=st.sampled_from(["", "new_case", "notify_panel", "decision_meeting"]))
    def somebody_acknowledges(self, name: str) -> None:
        if self._tried("acknowledged", clock=name) and name in ("", "new_case"):
            self.model.owner_has_it = True

    @rule(owner=st.sampled_from(["bob", "cat"]))
    def it_is_handed_over(self, owner: str) -> None:
        if self._tried("reassigned", owner=owner):
            self.model.owner_has_it = False

    @rule(name=st.sampled_from(["notify_panel", "agency_summaries", "publish_review"]))
    def somebody_snoozes(self, name: str) -> None:
        hours = WorkingTime(self.life.calendar)
        until = london_date(hours.morning_after(self.life.at))
        if self._tried("snoozed", clock=name, words="tomorrow", until=until.isoformat()):
            clock = self.life.clock(name)
            assert clock.deadline is not None
            assert until <= clock.deadline

    @rule()
    def somebody_disagrees(self) -> None:
        if self._tried("disagreement raised"):
            self.model.disagreement = "raised"

    @rule()
    def the_disagreement_is_settled(self) -> None:
        if self._tried("done", clock="disagreement"):
            self.model.disagreement = "settled"

    @rule()
    def it_is_closed(self) -> None:
        if self._tried("closed", words="all is done"):
            self.model.closed = True

    @rule()
    def it_is_reopened(self) -> None:
        if self._tried("reopened"):
            self.model.closed = False

    @invariant()
    def every_clock_stands_as_the_model_says(self) -> None:
        found = {clock.name: clock.state for clock in self.life.clocks() if clock.name in ROWS}
        assert {name: found.get(name, "absent") for name in ROWS} == {name: standing(name, self.model) for name in ROWS}

    @invariant()
    def deadlines_are_counted_as_by_hand(self) -> None:
        days = {"notify_panel": 5, "decision_meeting": 1, "tell_partners": 5, "notify_if_met": 5}
        for clock in self.life.clocks():
            if clock.name in days and clock.latest is not None:
                assert self.model.aware is not None
                assert clock.latest == working_day_number(self.life.calendar, self.model.aware, days[clock.name])
            if clock.name == "rapid_review_from_notification" and clock.latest is not None:
                assert self.model.notified is not None
                assert clock.latest == working_day_number(self.life.calendar, self.model.notified, 15)

    @invariant()
    def nothing_is_owed_for_what_is_done_or_not_begun(self) -> None:
        """That nothing is owed twice, the life itself looks at whenever it notes."""
        life, running = self.life, {clock.id for clock in self.life.clocks() if clock.is_running} | {"awareness"}
        if life.case.to_agree is not None:
            running.add("agree")
        assert {one.clock for one in owed(life.case, life.clocks(), life.calendar, life.at)} <= running

    @invariant()
    def nothing_is_owed_between_now_and_the_next_moment(self) -> None:
        wake = self.life.next_at()
        end = min(wake, self.life.later(days=40)) if wake else self.life.later(days=40)
        for part in (0.01, 0.5, 0.99):
            at = self.life.at + (end - self.life.at) * part
            assert at >= end or not self._owed_at(at)

    def _owed_at(self, at: datetime) -> tuple[Nudge, ...]:
        life = self.life
        return owed(life.case, clocks_of(life.case, life.calendar, london_date(at)), life.calendar, at, life.noted)

    @invariant()
    def a_closed_case_is_silent(self) -> None:
        if self.model.closed:
            assert not self.life.owed()
            assert next_at(self.life.case, self.life.clocks(), self.life.calendar, self.life.at) is None

    @invariant()
    def reminders_keep_working_time(self) -> None:
        hours = WorkingTime(self.life.calendar)
        for one in self.sent:
            today = one.deadline == london_date(one.due_at)
            assert hours.is_open(one.due_at) or today or one.kind in ("new case", "at once"), one
        self.sent.clear()


LifeOfACase.TestCase.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
TestLifeOfACase = LifeOfACase.TestCase
