"""Whatever happens to a case, in any order, each clock stands as a simple model says, and reminders keep their laws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.cases.case import Event, EventKind, NotPossible
from bot.cases.case_event import DAY_UNKNOWN, LEAVES_THE_TEST, ONLY_TOLD, SUSPECTED_ON, TO_BE_TOLD
from bot.cases.case_refused import CAN_BE_TAKEN_BACK
from bot.cases.clocks import clocks_of
from bot.cases.nudges import Nudge, next_at, owed
from bot.cases.whose_notification import another_notifies
from bot.cases.working_time import WorkingTime
from bot.clock import london_date

from .life import Life, moment
from .model import ROWS, Model, standing, working_day_number

OUTCOMES = st.sampled_from("B C D DB E EC F G GH H HF HG HL K".split())
ADD_ONS = st.sets(st.sampled_from(["Q", "CDR", "F+", "FQ", "G2", "S"]), max_size=2)
# Over Christmas, over Easter, and over both changes of the clocks.
STARTS = st.sampled_from(["18 Dec 2026 16:50", "25 Mar 2027 08:00", "22 Oct 2026 23:30", "27 Mar 2027 00:30"])
AGO = st.integers(0, 12)
TELLS = ("tell_panel_no_review", "tell_panel_not_met", "tell_panel_news")
MONTHS_AHEAD = st.integers(1, 200)


Change = Callable[[Model], object]


def sets(**values: object) -> Change:
    """Takes these as the newest of each fact."""
    return lambda model: [setattr(model, name, value) for name, value in values.items()]


class LifeOfACase(RuleBasedStateMachine):
    """Records whatever may be recorded, turns the clock, and compares.

    What is taken back is left out when the model is told everything once more, from the beginning.
    """

    life: Life
    model: Model
    sent: list[Nudge]

    @initialize(start=STARTS, outcome=OUTCOMES, add_ons=ADD_ONS, ago=st.none() | AGO, by_owner=st.booleans())
    def open_it(self, start: str, outcome: str, add_ons: set[str], ago: int | None, by_owner: bool) -> None:
        at = moment(start)
        aware = None if ago is None else london_date(at) - timedelta(days=ago)
        opener = "ann" if by_owner else "pat"
        self.life = Life(at, outcome, aware=aware, add_ons=" ".join(sorted(add_ons)), opener=opener)
        self.began = lambda: Model(outcome, set(add_ons), aware, london_date(at), owner_has_it=by_owner)
        self.changes: dict[int, Change] = {}
        self.owners: set[int] = set()
        self.model = self.began()
        self.sent = list(self.life.note())

    def _tried(self, kind: EventKind, change: Change | None = None, **what: object) -> Event | None:
        """The event, if it may be, with what the model makes of it; one that makes no sense changes nothing."""
        try:
            event = self.life.record(kind, **what)  # type: ignore[arg-type]
        except NotPossible:
            return None
        if self.life.case.owner == event.by and kind not in ("acknowledged", "snoozed", "closed", "reopened"):
            self.owners.add(event.seq)
        if change is not None or event.seq in self.owners:
            self._changed(event.seq, change)
            self.changes[event.seq](self.model)
        self.sent += self.life.note()
        return event

    def _changed(self, seq: int, change: Change | None) -> None:
        """What the model makes of an event: whatever its owner does shows that they have the case."""
        shows = sets(owner_has_it=True) if seq in self.owners else sets()

        def both(model: Model) -> None:
            if change is not None:
                change(model)
            shows(model)

        self.changes[seq] = both

    def _day(self, ago: int) -> date:
        return self.life.today - timedelta(days=ago)

    def _told_once_more(self) -> None:
        """The model from the beginning, of what still stands."""
        self.model = self.began()
        for change in self.changes.values():
            change(self.model)

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours: int) -> None:
        self.sent += self.life.run_to(self.life.later(hours=hours))

    @rule(days=st.integers(2, 25))
    def days_pass(self, days: int) -> None:
        self.sent += self.life.run_to(self.life.later(days=days))

    @rule(ago=AGO)
    def awareness_is_corrected(self, ago: int) -> None:
        day = self._day(ago)
        self._tried("awareness corrected", lambda model: model.aware_is(day, by_lead=True), on=day, words="Read late.")

    @rule(ago=AGO)
    def awareness_is_told(self, ago: int) -> None:
        day, told = self._day(ago), dict([ONLY_TOLD])
        self._tried("awareness corrected", lambda model: model.aware_is(day, by_lead=False), on=day, **told)

    @rule()
    def awareness_becomes_unknown(self) -> None:
        self._tried("awareness corrected", lambda model: model.aware_is(None, by_lead=True))

    @rule(outcome=OUTCOMES, add_ons=ADD_ONS, new=st.booleans())
    def decision_is_corrected(self, outcome: str, add_ons: set[str], new: bool) -> None:
        said = {"outcome": outcome, "add_ons": " ".join(sorted(add_ons)), **dict([TO_BE_TOLD] if new else [])}
        today = self.life.today

        def change(model: Model) -> None:
            model.corrected(outcome, add_ons, today)
            if new:
                model.is_new()

        self._tried("decision corrected", change, **said)

    @rule(outcome=st.sampled_from("B C H".split()), add_ons=ADD_ONS, ago=AGO)
    def abuse_is_suspected_later(self, outcome: str, add_ons: set[str], ago: int) -> None:
        day, today = self._day(ago), self.life.today
        said = {"outcome": outcome, "add_ons": " ".join(sorted(add_ons)), SUSPECTED_ON: day.isoformat()}
        self._tried("decision corrected", lambda model: model.suspects(day, outcome, add_ons, today), **said)

    @rule(add_ons=ADD_ONS)
    def nothing_that_bears_on_the_test_is_new(self, add_ons: set[str]) -> None:
        outcome, today = self.model.outcome, self.life.today
        said = {"outcome": outcome, "add_ons": " ".join(sorted(add_ons)), **dict([LEAVES_THE_TEST])}
        self._tried("decision corrected", lambda model: model.corrected(outcome, add_ons, today, bears=False), **said)

    @rule(outcome=OUTCOMES | st.sampled_from(["I", "J"]), add_ons=ADD_ONS, how=st.sampled_from(["adds", "waits"]))
    def what_is_told_is_held(self, outcome: str, add_ons: set[str], how: str) -> None:
        said = {"outcome": outcome, "add_ons": " ".join(sorted(add_ons)), "held": how}
        self._tried("decision corrected", lambda model: model.held(outcome, add_ons, how), **said)

    @rule()
    def a_lead_says_that_it_holds(self) -> None:
        waits = self.life.case.to_agree
        # By an outcome that runs no clock nothing is left to go on from: what is decided after it stands by itself.
        if waits is None or waits.value("outcome") in ("I", "J"):
            return
        outcome, add_ons = waits.value("outcome"), set(waits.value("add_ons").split())
        said = {"outcome": outcome, "add_ons": " ".join(sorted(add_ons)), "settles": str(waits.seq)}
        today = self.life.today
        self._tried("decision corrected", lambda model: model.corrected(outcome, add_ons, today), **said)

    @rule()
    def a_lead_says_that_it_does_not_hold(self) -> None:
        if (waits := self.life.case.to_agree) is None:
            return
        if self._tried("noted", words="recorded", settles=str(waits.seq)):
            outcome, add_ons = waits.value("outcome"), set(waits.value("add_ons").split())
            self._changed(waits.seq, lambda model: model.refused(outcome, add_ons, waits.value("held")))
            self._told_once_more()

    @rule(would_be=OUTCOMES | st.sampled_from(["I", "J", "L", "U", "E2"]), add_ons=ADD_ONS, new=st.booleans())
    def it_is_said_that_the_panel_was_told(self, would_be: str, add_ons: set[str], new: bool) -> None:
        """The decision alone: what is owed beside stays, and the day is recorded by itself."""
        said = {"outcome": "R", "would_be": would_be, "add_ons": " ".join(sorted(add_ons))}
        said |= dict([TO_BE_TOLD] if new else [])
        today = self.life.today
        self._tried("decision corrected", lambda model: model.told_before(would_be, add_ons, today, new=new), **said)

    @rule(decision=st.sampled_from(["notify", "not met", "not agreed"]), ago=AGO)
    def partners_decide(self, decision: str, ago: int) -> None:
        day = self._day(ago)
        said = {"decision": decision, "words": "recorded"}
        self._tried("partner decision", lambda model: model.decided(decision, day), on=day, **said)

    @rule(ago=AGO)
    def the_panel_is_notified(self, ago: int) -> None:
        day = self._day(ago)
        whose = "others_notified" if another_notifies(self.life.case) else "notified"
        self._tried("notified", lambda model: model.was_notified(whose, day), on=day, words="recorded")

    @rule(ago=AGO)
    def the_secretary_of_state_and_ofsted_are_told_of_a_death(self, ago: int) -> None:
        day = self._day(ago)
        self._tried("death notified", sets(death_notified=day), on=day, words="recorded")

    @rule(ago=AGO)
    def the_council_responsible_for_the_child_notifies(self, ago: int) -> None:
        day = self._day(ago)
        self._tried("responsible council notified", sets(responsible_notified=day), on=day)

    @rule()
    def others_are_told(self) -> None:
        self._tried("other areas told", sets(told_others=True))

    @rule()
    def the_review_is_sent(self) -> None:
        self._tried("rapid review sent", sets(sent=self.life.today))

    @rule(decision=st.sampled_from(["yes", "no", "later"]), ahead=st.none() | MONTHS_AHEAD)
    def a_review_is_decided(self, decision: str, ahead: int | None) -> None:
        today, said = self.life.today, {"decision": decision, "words": "recorded"}
        until = today + timedelta(days=ahead) if ahead is not None and decision == "later" else None

        def change(model: Model) -> None:
            model.decided_on_a_review(decision, today, until_a_day=until is not None)

        self._tried("review decided", change, **said, **({"decide_by": until.isoformat()} if until else {}))

    @rule()
    def a_review_is_decided_on_a_day_not_known(self) -> None:
        said = {"decision": "yes", "words": "recorded", **dict([DAY_UNKNOWN])}
        self._tried("review decided", lambda model: model.decided_on_a_review("yes", None), **said)

    @rule()
    def the_reviewer_is_named(self) -> None:
        self._tried("reviewer named", sets(named=True))

    @rule(ahead=MONTHS_AHEAD)
    def publication_is_planned(self, ahead: int) -> None:
        day = self.life.today + timedelta(days=ahead)
        self._tried("publication planned", sets(planned=day), on=day)

    @rule()
    def it_is_published(self) -> None:
        self._tried("published", sets(published=self.life.today))

    @rule(name=st.sampled_from([*TELLS, *(name for name, row in ROWS.items() if row.met is None)]))
    def a_duty_is_done(self, name: str) -> None:
        self._tried("done", lambda model: model.did(name), clock=name)

    @rule(name=st.sampled_from(["", "new_case", "notify_panel", "decision_meeting"]))
    def somebody_acknowledges(self, name: str) -> None:
        change = sets(owner_has_it=True) if name in ("", "new_case") else None
        self._tried("acknowledged", change, clock=name)

    @rule(owner=st.sampled_from(["ann", "bob", "cat"]))
    def it_is_handed_over(self, owner: str) -> None:
        self._tried("reassigned", sets(owner_has_it=False), owner=owner)

    @rule(data=st.data())
    def something_is_taken_back(self, data: st.DataObject) -> None:
        if may := [one.seq for one in self.life.case.standing if one.kind in CAN_BE_TAKEN_BACK]:
            seq = data.draw(st.sampled_from(may))
            if self._tried("taken back", event=str(seq), words="a slip"):
                self._changed(seq, None)
                self._told_once_more()

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
        since = self.life.case.owner != "ann"
        self._tried("disagreement raised", sets(disagreed=True, disagreement_settled=False, disagreed_since=since))

    @rule()
    def the_disagreement_is_settled(self) -> None:
        self._tried("done", sets(disagreement_settled=True), clock="disagreement")

    @rule()
    def it_is_closed(self) -> None:
        self._tried("closed", sets(closed=True, disagreed_since=False), words="all is done")

    @rule()
    def a_lead_says_that_it_stays_closed(self) -> None:
        self._tried("noted", sets(disagreed_since=False), words="recorded", left_closed="1")

    @rule()
    def it_is_reopened(self) -> None:
        self._tried("reopened", sets(closed=False))

    @invariant()
    def every_clock_stands_as_the_model_says(self) -> None:
        found = {clock.name: clock.state for clock in self.life.clocks() if clock.name in ROWS}
        assert {name: found.get(name, "absent") for name in ROWS} == {name: standing(name, self.model) for name in ROWS}

    @invariant()
    def deadlines_are_counted_as_by_hand(self) -> None:
        days = {"notify_panel": 5, "decision_meeting": 1, "tell_partners": 5, "notify_if_met": 5}
        days |= {"notify_until_accepted": 5}
        days |= {"looked_after_notice_if": 5, "care_leaver_notice_if": 5}
        for clock in self.life.clocks():
            if clock.name in days and clock.latest is not None:
                is_anew = clock.name == "decision_meeting" and self.model.began_anew
                start = self.model.anew_on if is_anew else self.model.counted_from(clock.name)
                assert start is not None
                assert clock.latest == working_day_number(self.life.calendar, start, days[clock.name])
            if clock.name == "rapid_review_from_notification" and clock.latest is not None:
                assert self.model.notified is not None
                assert clock.latest == working_day_number(self.life.calendar, self.model.notified, 15)

    @invariant()
    def no_day_that_was_only_told_makes_a_duty_later(self) -> None:
        for clock in self.life.clocks():
            if clock.name == "protect_children" and clock.latest is not None:
                assert clock.latest == self.model.children_told_from

    @invariant()
    def the_partners_met_on_the_day_they_first_decided(self) -> None:
        met = {one.met_on for one in self.life.clocks() if one.name == "decision_meeting" and one.state == "met"}
        assert met <= {self.model.met_on}

    @invariant()
    def nothing_is_owed_for_what_is_done_or_not_begun(self) -> None:
        """That nothing is owed twice, the life itself looks at whenever it notes."""
        life, running = self.life, {clock.id for clock in self.life.clocks() if clock.is_running} | {"awareness"}
        if life.case.to_agree is not None:
            running.add("agree")
        if self.model.review == "yes" and not self.model.review_day_known:
            running.add("review_day")
        if self.model.closed and self.model.disagreed_since:
            running.add("reopen")
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
    def a_closed_case_is_silent_but_for_whether_to_open_it_again(self) -> None:
        if self.model.closed and self.model.disagreed_since:
            assert {one.clock for one in self.life.owed()} <= {"reopen"}
            assert next_at(self.life.case, self.life.clocks(), self.life.calendar, self.life.at) is not None
        elif self.model.closed:
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
