"""Deadlines as a calendar and as pictures: the right days, in words and shapes, and nothing but the reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from icalendar import Calendar as ICalendar

from bot.cases import calendar, chart
from bot.cases.case import Case, Event
from bot.cases.clocks import Clock, clocks_of

from .talk import definitions

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AWARE = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def made(*later: Event) -> tuple[Case, tuple[Clock, ...]]:
    opened = Event(1, AT, "opened", "lead", AWARE, values=(("outcome", "C"), ("add_ons", ""), ("owner", "lead")))
    plan = definitions().plan
    case = Case("1", "26-014", "exampleshire", AT, plan, (opened, *later))
    return case, clocks_of(case, definitions().local.calendar, (later[-1].at if later else AT).date())


def events(found: bytes) -> dict[str, ICalendar]:
    return {str(one["uid"]): one for one in ICalendar.from_ical(found).walk("VEVENT")}


def test_a_deadline_is_a_whole_day_with_its_reference_and_duty_only() -> None:
    found = events(calendar.deadlines([made()], "Cases", AT))
    notify = next(one for one in found.values() if "notify the Panel" in str(one["summary"]))
    assert notify.decoded("dtstart") == date(2026, 11, 30)
    assert str(notify["summary"]) == "Case 26-014: notify the Panel"
    assert "Aim for Fri 27 Nov 2026. Latest Mon 30 Nov 2026." in str(notify["description"])
    assert all("lead" not in str(one["description"]) for one in found.values())


def test_a_date_that_moves_keeps_its_place_in_a_calendar() -> None:
    later = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    moved = made(Event(2, later, "awareness corrected", "lead", date(2026, 11, 20)))
    before, after = (
        events(calendar.deadlines([made()], "Cases", AT)),
        events(calendar.deadlines([moved], "Cases", later)),
    )
    uid = next(uid for uid, one in before.items() if "notify the Panel" in str(one["summary"]))
    assert (before[uid].decoded("dtstart"), after[uid].decoded("dtstart")) == (date(2026, 11, 30), date(2026, 11, 27))


def test_what_is_done_or_closed_leaves_the_calendar() -> None:
    later = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    done = events(calendar.deadlines([made(Event(2, later, "notified", "lead", later.date()))], "Cases", later))
    assert not any("notify the Panel" in str(one["summary"]) for one in done.values())
    closed = made(Event(2, later, "closed", "lead", words="Opened twice."))
    assert events(calendar.deadlines([closed], "Cases", later)) == {}


def test_a_case_is_drawn_with_every_clock_in_words_and_by_shape() -> None:
    later = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    case, clocks = made(Event(2, later, "partner decision", "lead", AWARE, values=(("decision", "notify"),)))
    root = ElementTree.fromstring(chart.of_case(case.ref, clocks, later.date()))
    titles = [one.text or "" for one in root.iter(f"{SVG}title")]
    assert any(title.startswith("Notify the Panel: from Mon 23 Nov 2026, deadline Mon 30 Nov 2026") for title in titles)
    words = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
    assert "(late)" in words
    assert "(done)" in words
    assert any("triangle" in kind or "late" in kind for kind in (one.get("class", "") for one in root.iter()))


@pytest.mark.parametrize(("year", "month", "weeks"), [(2026, 11, 6), (2027, 2, 4), (2026, 12, 5)])
def test_a_month_shows_each_of_its_days_once(year: int, month: int, weeks: int) -> None:
    case, clocks = made()
    root = ElementTree.fromstring(chart.of_month([(case, clocks)], year, month, definitions().local.calendar, AWARE))
    days = [one.text or "" for one in root.iter(f"{SVG}title")][1:]
    assert len(days) == (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    assert root.get("viewBox", "").endswith(str(58 + 96 * weeks + 10))
    if (year, month) == (2026, 12):
        assert any("Christmas" in day and "not a working day" in day for day in days)
    if (year, month) == (2026, 11):
        assert any(day.startswith("Mon 30 Nov 2026: ") and "26-014 notify the Panel" in day for day in days)


def test_what_stands_in_a_day_fits_its_cell_and_its_title_has_the_whole() -> None:
    case, clocks = made()
    boxing = date(2026, 12, 28)
    due = tuple(replace(one, deadline=boxing) for one in clocks)
    many = [(replace(case, ref=f"26-0{number}"), due) for number in range(10, 20)]
    drawn = chart.of_month(many, 2026, 12, definitions().local.calendar, AWARE)
    (day,) = [one for one in ElementTree.fromstring(drawn).iter(f"{SVG}g") if (one[0].text or "").startswith("Mon 28")]
    assert [one.text for one in day.iter(f"{SVG}text")] == [
        *("28", "Boxing Day", "substitute day"),
        *("26-010: 5 due", "and 9 more"),
    ]
    assert (day[0].text or "").endswith("not a working day (Bank holiday: Boxing Day (substitute day))")
    box = day[1]
    bottom = float(box.get("y", "0")) + float(box.get("height", "0"))
    assert max(float(one.get("y", "0")) for one in day.iter(f"{SVG}text")) < bottom - 4


def test_no_holiday_of_a_year_is_cut_in_its_cell() -> None:
    for month in range(1, 13):
        drawn = chart.of_month([], 2027, month, definitions().local.calendar, AWARE)
        assert "…" not in drawn, month


def test_with_no_clock_begun_the_picture_says_so() -> None:
    assert "No clock has begun." in chart.of_case("26-001", (), AWARE)
