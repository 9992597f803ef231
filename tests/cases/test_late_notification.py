"""What is done once a deadline to notify has passed: on which day it is due, what it rests on, and who ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cases.clock_words import explain
from bot.cases.working_time import UNKNOWN_TIME, london
from dialogs.spans import working_day

from .life import Life, moment


@pytest.mark.parametrize("month", range(1, 13))
def test_in_every_month_it_is_due_on_the_working_day_after_the_deadline(month: int) -> None:
    for day in range(1, 29):
        aware = date(2027, month, day)
        life = Life(london(aware, UNKNOWN_TIME), aware=aware)
        life.at += timedelta(days=20)
        deadline = life.clock("notify_panel").deadline
        assert deadline is not None
        assert life.clock("late_notification").latest == working_day(life.calendar, deadline + timedelta(days=1))


@pytest.mark.parametrize(
    ("outcome", "name", "badge"), [("G", "notify_care_leaver_death", "should"), ("B", "notify_panel", "must")]
)
def test_it_is_owed_as_the_duty_it_follows_and_names_it_in_words(outcome: str, name: str, badge: str) -> None:
    life = Life(moment("23 Nov 2026 10:00"), outcome, aware=date(2026, 11, 23))
    life.at += timedelta(days=9)
    late = life.clock("late_notification")
    assert (late.rule.badge, life.clock(name).rule.badge) == (badge, badge)
    said = explain(late)
    assert f"another deadline passed ({life.clock(name).rule.title})" in said[0]
    assert name not in " ".join(said)


@pytest.mark.parametrize(("outcome", "add_ons"), [("F", ""), ("B", "F+"), ("HF", "")])
@pytest.mark.parametrize(("theirs", "ours", "state"), [(1, 2, "stopped"), (2, 2, "met"), (2, 1, "met")])
def test_what_is_sent_after_the_responsible_council_notified_is_not_late(
    outcome: str, add_ons: str, theirs: int, ours: int, state: str
) -> None:
    life = Life(moment("23 Nov 2026 10:00"), outcome, aware=date(2026, 11, 23), add_ons=add_ons)
    life.at = moment("2 Dec 2026 10:00")
    life.record("responsible council notified", on=date(2026, 12, theirs))
    life.record("notified" if outcome == "B" else "death notified", on=date(2026, 12, ours), words="It was down.")
    found = life.clock("looked_after_notice_if" if outcome == "HF" else "notify_looked_after_death")
    assert (found.state, found.met_on is None) == (state, state == "stopped")
