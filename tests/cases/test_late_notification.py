"""What is done once a deadline to notify has passed: on which day it is due, and what it rests on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cases.working_time import UNKNOWN_TIME, london
from dialogs.spans import working_day

from .life import Life


@pytest.mark.parametrize("month", range(1, 13))
def test_in_every_month_it_is_due_on_the_working_day_after_the_deadline(month: int) -> None:
    for day in range(1, 29):
        aware = date(2027, month, day)
        life = Life(london(aware, UNKNOWN_TIME), aware=aware)
        life.at += timedelta(days=20)
        deadline = life.clock("notify_panel").deadline
        assert deadline is not None
        assert life.clock("late_notification").latest == working_day(life.calendar, deadline + timedelta(days=1))
