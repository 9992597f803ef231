"""Whoever does not answer is not waited for: each reminder and each promise goes on to others, while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.answered import Answer, waited
from bot.cases.escalation import rungs_of
from bot.cases.nudges import Nudge, asked_next
from bot.cases.working_time import WorkingTime, london
from bot.clock import london_date
from bot.wording_duties import asks_again
from dialogs.days import Calendar

from .life import PLAN, Life, moment

MONDAY = date(2026, 11, 23)
HOURS = WorkingTime(Calendar())
# Over Christmas: mornings of working days, one after another.
MORNINGS = [HOURS.opening(date(2026, 12, 14))]
while len(MORNINGS) < 16:
    MORNINGS.append(HOURS.morning_after(MORNINGS[-1]))
PLACES = st.integers(0, len(MORNINGS) - 2)
SAID = st.sampled_from(["promised", "put off", "has the case"])


def only(sent: Sequence[Nudge], clock: str) -> list[tuple[date, str]]:
    return [(london_date(one.due_at), one.to) for one in sent if one.clock == clock]


def in_review() -> Life:
    """A case whose review is to be published by 23 May 2027."""
    life = Life(moment("23 Nov 2026 11:00"), aware=MONDAY)
    life.record("notified", on=MONDAY)
    life.record("review decided", decision="yes", words="recorded")
    life.note()
    return life


@pytest.mark.parametrize(("day", "asked_on", "then"), [(9, 10, 11), (10, 11, 14)])
def test_a_promise_is_asked_about_although_everybody_has_heard_before(day: int, asked_on: int, then: int) -> None:
    review = "rapid_review_from_notification"
    life = Life(moment("23 Nov 2026 11:00"), aware=MONDAY)
    life.record("notified", on=MONDAY)
    before = only(life.run_to(moment(f"{day} Dec 2026 10:00")), review)
    assert {"deputy", "lead_partner"} < {to for _, to in before}
    life.record("acknowledged", clock=review)
    morning = moment(f"{asked_on} Dec 2026 08:30")
    assert asked_next(life.case, life.clock(review), life.calendar, morning) == morning
    later = only(life.run_to(moment("14 Dec 2026 09:00")), review)
    assert (date(2026, 12, asked_on), "owner") in later
    assert (date(2026, 12, then), "deputy") in later


def test_each_reminder_that_nobody_answers_goes_on_to_others() -> None:
    life = in_review()
    sent = only(life.run_to(moment("21 May 2027 18:00")), "publish_review")
    reminded = [day for day, to in sent if to == "owner"]
    assert [day for day, to in sent if to == "lead_partner"] == [
        day for day in reminded if (day, "lead_partner") in sent
    ]
    for month in (2, 3, 4):
        first = next(day for day in reminded if day.month == month and day.day >= 22)
        morning = london_date(HOURS.morning_after(london(first, time(9))))
        assert (morning, "deputy") in sent
        assert (london_date(HOURS.morning_after(london(morning, time(9)))), "lead_partner") in sent


def test_who_was_told_before_is_not_told_of_every_step_of_the_next_round() -> None:
    life = in_review()
    sent = only(life.run_to(moment("26 Mar 2027 18:00")), "publish_review")
    second = [(day, to) for day, to in sent if day >= date(2027, 3, 23)]
    assert (date(2027, 3, 24), "deputy") in second
    assert (date(2027, 3, 24), "owner") in second
    assert (date(2027, 3, 24), "lead_partner") not in second


def test_a_promise_is_asked_about_where_nobody_else_hears() -> None:
    name = "publish_review"
    alone = replace(PLAN.by_name[name], escalate=(), passed=(), tell=())
    assert not rungs_of(alone)
    life = Life(moment("23 Nov 2026 11:00"), aware=MONDAY, plan=replace(PLAN, rules=(alone,)))
    life.record("review decided", decision="yes", words="recorded")
    for day in (date(2027, 2, 24), date(2027, 3, 3)):
        life.run_to(london(day, time(10)))
        life.record("acknowledged", clock=name)
        assert only(life.run_to(london(day + timedelta(days=1), time(9))), name) == [(day + timedelta(days=1), "owner")]


def test_what_is_promised_before_any_reminder_is_asked_about_too() -> None:
    life = in_review()
    life.at = moment("25 Nov 2026 10:00")
    life.record("acknowledged", clock="publish_review")
    assert only(life.run_to(moment("27 Nov 2026 09:00")), "publish_review") == [
        (date(2026, 11, 26), "owner"),
        (date(2026, 11, 27), "owner"),
        (date(2026, 11, 27), "deputy"),
    ]


def by_hand(
    reminded: set[datetime], given: Sequence[Answer], rungs: int, passes_at: datetime
) -> tuple[list[tuple[datetime, int]], list[datetime]]:
    """The same morning by morning: what came since the last one settles what this one brings."""
    hears: list[tuple[datetime, int]] = []
    lapsed: list[datetime] = []
    told, is_waiting, was_asked_again = 0, False, False
    for last, morning in pairwise(MORNINGS):
        if morning >= passes_at:
            break
        said = [one for one in given if last <= one.at < morning]
        promised = any(one.of_clock and not one.is_snooze for one in said)
        if not is_waiting and not promised and not any(last <= at < morning for at in reminded):
            continue
        if not is_waiting:
            is_waiting, told, was_asked_again = True, 0, False
        if said and told == rungs:
            told = 0
        if said and said[0].is_snooze:
            continue
        if said and was_asked_again:
            is_waiting = False
        elif said:
            lapsed.append(morning)
            was_asked_again = True
        elif told == rungs:
            is_waiting = False
        else:
            hears.append((morning, told))
            told, was_asked_again = told + 1, False
    return hears, lapsed


@given(st.sets(PLACES), st.dictionaries(PLACES, st.lists(SAID, max_size=2)), st.integers(0, 3), PLACES)
def test_what_comes_of_waiting_is_what_it_is_by_hand(
    reminded: set[int], said: dict[int, list[str]], rungs: int, last: int
) -> None:
    given = [
        Answer(
            MORNINGS[place] + timedelta(hours=hour),
            MORNINGS[place + 1],
            is_snooze=what == "put off",
            of_clock=what == "promised",
        )
        for place in sorted(said)
        for hour, what in enumerate(said[place], 2)
    ]
    asked = {MORNINGS[place] for place in reminded} | {one.until for one in given if one.is_snooze}
    passes_at = MORNINGS[last] + timedelta(hours=15)
    came = waited(sorted(at for at in asked if at < passes_at), given, rungs, HOURS, passes_at)
    hears, lapsed = by_hand(asked, given, rungs, passes_at)
    assert (list(came.next_hears), list(came.lapsed)) == (hears, lapsed)


def test_many_promises_are_worked_out_in_one_go() -> None:
    """Each working day for two years somebody says that they have it: each answer is looked at a few times only."""
    looked = 0

    class Looked(list[Answer]):
        def __getitem__(self, place: int) -> Answer:  # type: ignore[override]
            nonlocal looked
            looked += 1
            return super().__getitem__(place)

    mornings = [MORNINGS[0]]
    for _ in range(500):
        mornings.append(HOURS.morning_after(mornings[-1]))
    said = [Answer(at + timedelta(hours=2), HOURS.morning_after(at), is_snooze=False) for at in mornings]
    waited([mornings[0]], Looked(said), 2, HOURS, mornings[-1] + timedelta(days=9))
    assert looked < 10 * len(said)


def test_a_promise_kept_up_is_next_asked_about_with_the_next_reminder_and_that_is_said() -> None:
    life = in_review()
    for day in (23, 24):
        life.run_to(london(date(2027, 2, day), time(10)))
        life.record("acknowledged", clock="publish_review")
    kept = HOURS.morning_after(life.at)
    asked = asked_next(life.case, life.clock("publish_review"), life.calendar, kept)
    assert asked == moment("23 Mar 2027 08:30")
    assert only(life.run_to(asked), "publish_review") == [(london_date(asked), "owner")]
    said = asks_again(london_date(asked), kept_up=asked > kept)
    assert said == "Thank you. I will remind you again on Tue 23 Mar 2027 if it is not done."
