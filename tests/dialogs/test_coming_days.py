"""Days to come as people type them: the next such day, and the first and last day of an absence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import InvalidAnswer
from dialogs.coming_days import begins_on, coming_day, ends_on, stretch
from dialogs.date_words import DAY_NAMES, MONTH_NAMES

MONDAY = date(2026, 11, 23)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3 to 14 August", date(2027, 8, 3), date(2027, 8, 14)),
        ("from 3 December to 14 December", date(2026, 12, 3), date(2026, 12, 14)),
        ("24 Dec - 2 Jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("24/12\N{EN DASH}2/1", date(2026, 12, 24), date(2027, 1, 2)),
        ("between 24/12/2026 until 4/1/2027", date(2026, 12, 24), date(2027, 1, 4)),
        ("tomorrow to Friday", date(2026, 11, 24), date(2026, 11, 27)),
        ("friday to monday", date(2026, 11, 27), date(2026, 11, 30)),
        ("until 4 December", MONDAY, date(2026, 12, 4)),
        ("today", MONDAY, MONDAY),
        ("on Friday", date(2026, 11, 27), date(2026, 11, 27)),
        ("Christmas Eve to 4 Jan", date(2026, 12, 24), date(2027, 1, 4)),
        ("5/6/27 to 1/6/27", date(2027, 6, 5), date(2027, 6, 1)),
        ("30 Nov to 4 Dec", date(2026, 11, 30), date(2026, 12, 4)),
        ("20 November to 4 December", date(2026, 11, 20), date(2026, 12, 4)),
        ("1 October to 23 November", date(2026, 10, 1), MONDAY),
        ("1 November to 10 November", date(2026, 11, 1), date(2026, 11, 10)),
        ("20 October to 22 November", date(2026, 10, 20), date(2026, 11, 22)),
        ("1 July 2027 to 1 February", date(2027, 7, 1), date(2028, 2, 1)),
        ("5 December this year to 4 January next year", date(2026, 12, 5), date(2027, 1, 4)),
        ("Thursday until 3 December", date(2026, 11, 26), date(2026, 12, 3)),
        ("until Friday 14:30", MONDAY, date(2026, 11, 27)),
        ("until Monday", MONDAY, MONDAY),
        ("next week", date(2026, 11, 30), date(2026, 12, 4)),
        ("for all of next week", date(2026, 11, 30), date(2026, 12, 4)),
        ("14/8/2027 to 3/8/2028", date(2027, 8, 14), date(2028, 8, 3)),
        ("14 August to 3 August 2028", date(2027, 8, 14), date(2028, 8, 3)),
        ("Friday to 4 December", date(2026, 11, 27), date(2026, 12, 4)),
        ("Wednesday until 1/12", date(2026, 11, 25), date(2026, 12, 1)),
        ("next Monday to 11 December", date(2026, 11, 23), date(2026, 12, 11)),
        ("20 November to Friday", date(2026, 11, 20), date(2026, 11, 27)),
        ("until Friday evening", MONDAY, date(2026, 11, 27)),
        ("until Friday lunchtime", MONDAY, date(2026, 11, 27)),
        ("until the end of Friday", MONDAY, date(2026, 11, 27)),
        ("until Friday at 2pm", MONDAY, date(2026, 11, 27)),
        ("until 2pm on Friday", MONDAY, date(2026, 11, 27)),
        ("until the morning of 4 December", MONDAY, date(2026, 12, 4)),
        ("Friday afternoon", date(2026, 11, 27), date(2026, 11, 27)),
        ("tomorrow morning", date(2026, 11, 24), date(2026, 11, 24)),
        ("Friday afternoon to Monday morning", date(2026, 11, 27), date(2026, 11, 30)),
    ],
)
def test_a_stretch_of_days_is_read(text: str, first: date, last: date) -> None:
    assert stretch(text, MONDAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "two weeks", "yesterday to friday", "last friday", "the 3rd to the 5th", "31 November", "14"),
        *("at court on Friday", "to see the child on Friday", "until I see her tomorrow", "for a week"),
        *("the week of 7 December", "yesterday", "Friday and Monday", "tomorrow for 2 weeks"),
        *("3 August to 14 August to 15 August", "a week on friday", "32/1", "3 days ago", "to", "-", "August"),
    ],
)
def test_what_names_no_days_is_refused_kindly(text: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        stretch(text, MONDAY)
    assert "yesterday" not in slip.value.message


@pytest.mark.parametrize(
    "text", ["from 14 August to 3 August", "4 Dec - 30 Nov", "20 Nov to 14 Nov", "24/12 until 20/12"]
)
def test_days_turned_round_are_no_year_but_asked_for_again(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="The last day comes before the first"):
        stretch(text, MONDAY)


@pytest.mark.parametrize("text", ["20 October", "until 20 November", "until 30 September", "1 July to 1 February"])
def test_a_day_that_is_over_or_nearly_a_year_ahead_is_asked_for_with_its_year(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="give the year too, such as 14 August 2027"):
        stretch(text, MONDAY)


def test_between_the_years_a_weekday_is_still_the_coming_one() -> None:
    assert stretch("Monday to 8 January", date(2026, 12, 28)) == (date(2026, 12, 28), date(2027, 1, 8))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("from 20 November", date(2026, 11, 20)),
        ("since 20 November", date(2026, 11, 20)),
        ("since Friday", date(2026, 11, 20)),
        ("since Monday", MONDAY),
        ("since yesterday", date(2026, 11, 22)),
        ("from yesterday", date(2026, 11, 22)),
        ("since 1 August", date(2026, 8, 1)),
        ("from Friday", date(2026, 11, 27)),
        ("from Friday afternoon", date(2026, 11, 27)),
        ("from 3 December", date(2026, 12, 3)),
        ("from 3 August", date(2027, 8, 3)),
    ],
)
def test_a_first_day_alone_may_have_been(text: str, first: date) -> None:
    assert begins_on(text, MONDAY) == first


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("until Friday", date(2026, 11, 27)),
        ("22 November", date(2026, 11, 22)),
        ("back on 4 December", date(2026, 12, 3)),
        ("I'm back at work on Thursday", date(2026, 11, 25)),
        ("same day", date(2026, 11, 20)),
        ("just that day", date(2026, 11, 20)),
        ("4 Jan", date(2027, 1, 4)),
    ],
)
def test_the_last_day_is_read_beside_the_first(text: str, last: date) -> None:
    assert ends_on(text, date(2026, 11, 20), MONDAY) == (date(2026, 11, 20), last)


@given(days, st.integers(0, 300))
def test_a_day_and_month_mean_the_next_such_day(today: date, ahead: int) -> None:
    meant = today + timedelta(days=ahead)
    for written in (f"{meant.day} {MONTH_NAMES[meant.month - 1]}", f"{meant.day}/{meant.month}/{meant.year}"):
        if (meant.month, meant.day) != (2, 29) or str(meant.year) in written:
            assert coming_day(written, today) == meant


@given(days, st.integers(0, 6))
def test_a_weekday_means_the_next_one(today: date, weekday: int) -> None:
    found = coming_day(DAY_NAMES[weekday], today)
    assert found.weekday() == weekday
    assert timedelta(0) <= found - today < timedelta(days=7)


WHEN = st.sampled_from(
    (
        *DAY_NAMES,
        *(
            "today",
            "now",
            "tomorrow",
            "yesterday",
            "next Monday",
            "Friday evening",
            "tomorrow morning",
            "Friday at 2pm",
        ),
        *("Tuesday 14:30", "the end of Friday", "next week", "last Friday", "a week", "the 4th", "court on Monday"),
    )
)
DATED = days.map(lambda on: f"{on.day} {MONTH_NAMES[on.month - 1]}") | days.map(lambda on: f"{on.day}/{on.month}")
SHAPES = st.sampled_from(("{}", "on {}", "until {}", "{} to {}", "from {} until {}", "{} - {}"))


@given(days, SHAPES, WHEN | DATED, WHEN | DATED)
def test_no_absence_is_noted_long_past_or_far_ahead(today: date, shape: str, one: str, other: str) -> None:
    with suppress(InvalidAnswer):
        first, last = stretch(shape.format(one, other), today)
        assert last <= today + timedelta(days=365)
        assert first <= today + timedelta(days=300)
        assert first >= today - timedelta(days=64)
        if first < today:
            assert any(mark.isdecimal() for mark in one)
        if one in DAY_NAMES and shape != "until {}":
            assert timedelta(0) <= first - today < timedelta(days=7)


@given(days, WHEN | DATED, WHEN | DATED)
def test_whichever_first_day_alone_is_given_the_last_is_within_a_year(today: date, first: str, last: str) -> None:
    with suppress(InvalidAnswer):
        begins = begins_on(f"from {first}", today)
        assert begins is not None
        assert abs(begins - today) <= timedelta(days=300)
        assert ends_on(last, begins, today)[1] - max(begins, today) <= timedelta(days=300)


@given(days, st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(today: date, text: str) -> None:
    with suppress(InvalidAnswer):
        first, last = stretch(text, today)
        assert isinstance(first, date)
        assert isinstance(last, date)
