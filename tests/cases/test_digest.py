"""The morning's digest and the area's week: the most urgent first, and no small number."""

from __future__ import annotations

from datetime import date

from bot.cases.digest import URGENCIES, morning, weekly

from .life import Life, moment

MONDAY = date(2026, 11, 23)


def opened(at: str = "23 Nov 2026 11:00", **what: object) -> Life:
    return Life(moment(at), **{"aware": MONDAY, **what})  # type: ignore[arg-type]


def test_the_most_urgent_comes_first() -> None:
    life = opened(add_ons="CDR Q")
    life.at = moment("24 Nov 2026 08:00")
    found = morning([(life.case, life.clocks())], "ann", life.today, life.calendar)
    order = [URGENCIES.index(line.urgency) for line in found.lines]
    assert order == sorted(order)
    assert [line.clock for line in found.of("late")] == ["protect_children"]
    assert {line.clock for line in found.of("today")} >= {"decision_meeting", "tell_designated_officer", "tell_cdop"}


def test_a_day_that_is_not_known_is_asked_for() -> None:
    life = Life(moment("23 Nov 2026 11:00"))
    found = morning([(life.case, life.clocks())], "ann", life.today, life.calendar)
    assert [line.urgency for line in found.of("no date")] == ["no date"]


def test_a_lead_sees_their_own_cases_and_an_action_that_is_theirs_in_anothers() -> None:
    life = opened()
    life.record("action agreed", due="2026-11-27", owner="bob")
    kept = [(life.case, life.clocks())]
    mine = morning(kept, "bob", life.today, life.calendar)
    assert [line.clock for line in mine.lines] == ["action_due:1"]
    assert not morning(kept, "cat", life.today, life.calendar).lines


def test_a_closed_case_is_in_no_digest() -> None:
    life = opened()
    life.record("closed", words="opened twice")
    assert not morning([(life.case, life.clocks())], "ann", life.today, life.calendar).lines


def test_small_numbers_are_not_given_in_an_areas_week() -> None:
    few = [opened() for _ in range(4)]
    found = weekly([(life.case, life.clocks()) for life in few], MONDAY, few[0].calendar)
    assert (found.open_cases, found.closed) == (None, 0)
    more = [opened() for _ in range(5)]
    assert weekly([(life.case, life.clocks()) for life in more], MONDAY, more[0].calendar).open_cases == 5


def test_an_areas_week_names_what_is_late_and_what_falls_due() -> None:
    life = opened()
    life.at = moment("26 Nov 2026 08:00")
    found = weekly([(life.case, life.clocks())], life.today, life.calendar)
    assert [line.clock for line in found.late] == ["protect_children", "decision_meeting", "new_case"]
    assert {line.clock for line in found.coming} == {"notify_panel", "tell_partners"}
