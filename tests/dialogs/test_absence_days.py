"""The first and last day of an absence as people type them: noted where clear, asked for where not, never guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.absence_days import Begins, Days, Unclear, absence, begins_on, ends_on
from dialogs.answers import InvalidAnswer
from dialogs.coming_days import coming_days
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
        ("30 Nov to 4 Dec", date(2026, 11, 30), date(2026, 12, 4)),
        ("20 November to 4 December", date(2026, 11, 20), date(2026, 12, 4)),
        ("1 October to 23 November", date(2026, 10, 1), MONDAY),
        ("1 November to 10 November", date(2026, 11, 1), date(2026, 11, 10)),
        ("20 October to 22 November", date(2026, 10, 20), date(2026, 11, 22)),
        ("1 July 2027 to 1 February", date(2027, 7, 1), date(2028, 2, 1)),
        ("5 December this year to 4 January next year", date(2026, 12, 5), date(2027, 1, 4)),
        ("Thursday until 3 December", date(2026, 11, 26), date(2026, 12, 3)),
        ("next week", date(2026, 11, 30), date(2026, 12, 4)),
        ("for all of next week", date(2026, 11, 30), date(2026, 12, 4)),
        ("14/8/2027 to 3/8/2028", date(2027, 8, 14), date(2028, 8, 3)),
        ("14 August to 3 August 2028", date(2027, 8, 14), date(2028, 8, 3)),
        ("Friday to 4 December", date(2026, 11, 27), date(2026, 12, 4)),
        ("Wednesday until 1/12", date(2026, 11, 25), date(2026, 12, 1)),
        ("next Monday to 11 December", date(2026, 11, 30), date(2026, 12, 11)),
        ("next Monday", date(2026, 11, 30), date(2026, 11, 30)),
        ("next Monday to Wednesday", date(2026, 11, 30), date(2026, 12, 2)),
        ("from next Monday to next Friday", date(2026, 11, 30), date(2026, 12, 4)),
        ("until next Monday", MONDAY, date(2026, 11, 30)),
        ("this Friday", date(2026, 11, 27), date(2026, 11, 27)),
        ("Friday week", date(2026, 12, 4), date(2026, 12, 4)),
        ("Wednesday next week", date(2026, 12, 2), date(2026, 12, 2)),
        ("Monday until next week Wednesday", date(2026, 11, 30), date(2026, 12, 2)),
        ("Mon-Wed next week", date(2026, 11, 30), date(2026, 12, 2)),
        ("Thursday to Tuesday next week", date(2026, 11, 26), date(2026, 12, 1)),
        ("Wed-Fri", date(2026, 11, 25), date(2026, 11, 27)),
        ("all week", MONDAY, date(2026, 11, 27)),
        ("for the rest of this week", MONDAY, date(2026, 11, 27)),
        ("until the end of next week", MONDAY, date(2026, 12, 4)),
        ("today and tomorrow", MONDAY, date(2026, 11, 24)),
        ("back on Thursday", MONDAY, date(2026, 11, 25)),
        ("back on Monday", MONDAY, date(2026, 11, 29)),
        ("tomorrow, back at work on Friday", date(2026, 11, 24), date(2026, 11, 26)),
        ("22 Dec, back on 4 Jan", date(2026, 12, 22), date(2027, 1, 3)),
        ("back first thing on Thursday", MONDAY, date(2026, 11, 25)),
        ("all day tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("from tomorrow morning to Friday", date(2026, 11, 24), date(2026, 11, 27)),
        ("until tonight", MONDAY, MONDAY),
        ("all day", MONDAY, MONDAY),
        ("just today", MONDAY, MONDAY),
        ("until and including Friday", MONDAY, date(2026, 11, 27)),
        ("Tuesday up to and including Friday", date(2026, 11, 24), date(2026, 11, 27)),
        ("this week and next", MONDAY, date(2026, 12, 4)),
        ("20 November to Friday", date(2026, 11, 20), date(2026, 11, 27)),
        ("until Friday evening", MONDAY, date(2026, 11, 27)),
        ("until the end of Friday", MONDAY, date(2026, 11, 27)),
    ],
)
def test_a_stretch_of_days_is_read(text: str, first: date, last: date) -> None:
    assert absence(text, MONDAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("22-26 Dec", "22 - 26 Dec", "22\N{EN DASH}26 December", "22/26 December", "December 22-26", "Dec 22/26"),
        *("22nd-26th Dec", "22nd to the 26th of December", "December 22nd to 26th", "22 December to 26", "22-26/12"),
        *("22 to 26/12/2026", "22/12-26/12", "22.12-26.12", "22 Dec-26 Dec", "22 Dec -26 Dec", "Dec 22-Dec 26"),
        *("Tue 22-Sat 26 Dec", "Tuesday 22 to Saturday 26 December 2026", "between 22 and 26 December", "22-26Dec"),
        *("22-Dec-2026 to 26-Dec-2026", "2026-12-22 to 2026-12-26", "from 22-26 December", "on 22-26 Dec 26, thanks"),
    ],
)
def test_the_usual_ways_to_type_a_stretch_of_days_are_read(text: str) -> None:
    assert begins_on(text, MONDAY) is None
    assert absence(text, MONDAY) == (date(2026, 12, 22), date(2026, 12, 26))


@pytest.mark.parametrize("text", ["22 Dec - 2 Jan", "22 Dec-2 Jan", "22/12-2/1", "Dec 22-Jan 2", "22 Dec to 2 Jan 27"])
def test_a_stretch_may_cross_the_new_year(text: str) -> None:
    assert absence(text, MONDAY) == (date(2026, 12, 22), date(2027, 1, 2))


@pytest.mark.parametrize(
    ("text", "today", "days"),
    [
        ("next Friday", MONDAY, ((27, 27), (34, 34))),
        ("until next Friday", MONDAY, ((23, 27), (23, 34))),
        ("Monday", MONDAY, ((23, 23), (30, 30))),
        ("this Monday", MONDAY, ((23, 23), (30, 30))),
        ("until Monday", MONDAY, ((23, 23), (23, 30))),
        ("Mon-Wed", MONDAY, ((23, 25), (30, 32))),
        ("Monday and Tuesday", MONDAY, ((23, 24), (30, 31))),
        ("Friday to Friday", MONDAY, ((27, 27), (27, 34))),
        ("next Monday", date(2026, 11, 22), ((23, 23), (30, 30))),
        ("next week", date(2026, 11, 22), ((23, 27), (30, 34))),
        ("Monday next week", date(2026, 11, 22), ((23, 23), (30, 30))),
    ],
)
def test_a_day_that_may_be_one_or_another_is_asked_for(
    text: str, today: date, days: tuple[tuple[int, int], ...]
) -> None:
    """The days are counted from the first of November."""
    every = tuple((_of_november(first), _of_november(last)) for first, last in days)
    assert absence(text, today) == Unclear(every, "which")


@pytest.mark.parametrize("day", range(23, 29))
def test_next_monday_is_never_today(day: int) -> None:
    assert absence("next Monday", _of_november(day)) == (_of_november(30), _of_november(30))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *((f"tomorrow {part}", 24, 24) for part in ("morning", "afternoon", "evening", "am", "at 2pm", "from 10:30")),
        *((text, 24, 24) for text in ("first thing tomorrow", "half day tomorrow", "half of tomorrow")),
        *((f"Friday {part}", 27, 27) for part in ("afternoon", "2-4pm", "from 2 to 4pm", "until 2pm", "after 2pm")),
        *((text, 23, 23) for text in ("tonight", "this afternoon", "this morning", "until 3pm")),
        ("22 December morning", 52, 52),
        *(
            (f"until {when}", 23, 27)
            for when in ("Friday lunchtime", "Friday 14:30", "2pm on Friday", "Friday morning")
        ),
        ("Friday afternoon to Monday morning", 27, 30),
        ("back on Thursday afternoon", 23, 25),
    ],
)
def test_a_part_of_a_day_is_asked_about_and_not_taken_for_the_day(text: str, first: int, last: int) -> None:
    assert absence(text, MONDAY) == Unclear(((_of_november(first), _of_november(last)),), "part")


def test_a_return_alone_or_a_week_that_is_over_is_asked_about() -> None:
    assert absence("I'm back on Thursday", MONDAY) == Unclear(((MONDAY, date(2026, 11, 25)),), "back")
    saturday = date(2026, 11, 28)
    assert absence("all week", saturday) == Unclear(((date(2026, 11, 30), date(2026, 12, 4)),), "week")


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "two weeks", "yesterday to friday", "last friday", "the 3rd to the 5th", "31 November", "14"),
        *(
            "22-26",
            "10-12",
            "22/26",
            "22 Dec-26",
            "22 to 26",
            "Dec-Jan",
            "Monday 22 to Friday 25 December",
        ),
        *("at court on Friday", "to see the child on Friday", "until I see her tomorrow", "for a week"),
        *("the week of 7 December", "yesterday", "Friday and Monday", "tomorrow for 2 weeks"),
        *("3 August to 14 August to 15 August", "a week on friday", "32/1", "3 days ago", "to", "-", "August"),
    ],
)
def test_what_names_no_days_is_refused_kindly(text: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        absence(text, MONDAY)
    assert "yesterday" not in slip.value.message


@given(
    days,
    st.sampled_from("by before after not except about two first last every other up now over start and or".split()),
    st.sampled_from(("{} {}", "until {} {}", "{1} {0}", "3 December to {} {}", "back {} {}")),
    st.sampled_from(("4 December", "4/12", "Dec 4th", "Friday", "tomorrow", "4-8 Dec")),
)
def test_a_word_beside_a_day_that_may_change_it_is_never_passed_over(
    today: date, word: str, shape: str, day: str
) -> None:
    with pytest.raises(InvalidAnswer):
        absence(shape.format(word, day), today)


@pytest.mark.parametrize("text", ["4 December until", "4 December to", "- 4 December", "from 4 December to", "until"])
def test_a_day_without_the_other_is_asked_for_again(text: str) -> None:
    with pytest.raises(InvalidAnswer):
        absence(text, MONDAY)


@pytest.mark.parametrize(
    "text", ["from 14 August to 3 August", "4 Dec - 30 Nov", "20 Nov to 14 Nov", "24/12 until 20/12"]
)
def test_days_turned_round_are_no_year_but_asked_for_again(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="The last day comes before the first"):
        absence(text, MONDAY)


@pytest.mark.parametrize("text", ["20 October", "until 20 November", "until 30 September", "1 July to 1 February"])
def test_a_day_that_is_over_or_nearly_a_year_ahead_is_asked_for_with_its_year(text: str) -> None:
    with pytest.raises(InvalidAnswer, match="give the year too, such as 14 August 2027"):
        absence(text, MONDAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("22-26", "give the month too"),
        ("22/26", "give the month too"),
        ("5/6/27 to 1/6/27", "The last day comes before the first"),
        ("Friday to tomorrow", "The last day comes before the first"),
        ("28 to 2 January", "The last day comes before the first"),
        ("29 Feb", "There is no 29 February in 2027"),
        ("28 Feb to 29 Feb", "There is no 29 February in 2027"),
        *((text, "one stretch of days") for text in ("Friday and Monday", "Mon, Tue and Wed", "22-24 Dec and 31 Dec")),
        ("Monday 22 to Friday 25 Dec", "22 December 2026 is a Tuesday, not a Monday"),
    ],
)
def test_what_is_wrong_with_days_is_said(text: str, why: str) -> None:
    with pytest.raises(InvalidAnswer, match=why):
        absence(text, MONDAY)


def test_between_the_years_a_weekday_is_still_the_coming_one() -> None:
    assert absence("Tuesday to 8 January", date(2026, 12, 28)) == (date(2026, 12, 29), date(2027, 1, 8))
    assert absence("Monday to 8 January", date(2026, 12, 28)) == Unclear(
        ((date(2026, 12, 28), date(2027, 1, 8)), (date(2027, 1, 4), date(2027, 1, 8)))
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("from 20 November", date(2026, 11, 20)),
        ("since 20 November", date(2026, 11, 20)),
        ("since Friday", date(2026, 11, 20)),
        ("since yesterday", date(2026, 11, 22)),
        ("from yesterday", date(2026, 11, 22)),
        ("since 1 August", date(2026, 8, 1)),
        ("from Friday", date(2026, 11, 27)),
        ("from 3 December", date(2026, 12, 3)),
        ("Wednesday onwards", date(2026, 11, 25)),
        ("from 3 August", date(2027, 8, 3)),
    ],
)
def test_a_first_day_alone_may_have_been(text: str, first: date) -> None:
    assert begins_on(text, MONDAY) == Begins((first,))


def test_a_first_day_that_may_be_one_or_another_is_told_apart() -> None:
    assert begins_on("since Monday", MONDAY) == Begins((MONDAY, date(2026, 11, 16)))
    assert begins_on("from next Friday", MONDAY) == Begins((date(2026, 11, 27), date(2026, 12, 4)))
    assert begins_on("from next week", MONDAY) == Begins((date(2026, 11, 30),))
    assert begins_on("from Friday afternoon", MONDAY) == Begins((date(2026, 11, 27),), is_part=True)


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


def _of_november(day: int) -> date:
    return date(2026, 11, 1) + timedelta(days=day - 1)


@given(days, st.integers(0, 300))
def test_a_day_and_month_mean_the_next_such_day(today: date, ahead: int) -> None:
    meant = today + timedelta(days=ahead)
    for written in (f"{meant.day} {MONTH_NAMES[meant.month - 1]}", f"{meant.day}/{meant.month}/{meant.year}"):
        if (meant.month, meant.day) != (2, 29) or str(meant.year) in written:
            assert coming_days(written.lower(), today) == (meant,)


@given(days, st.sampled_from(DAY_NAMES), st.sampled_from(("{}", "this {}", "next {}", "{} next week", "{} week")))
def test_a_weekday_is_asked_for_where_it_may_be_another(today: date, name: str, said: str) -> None:
    found = coming_days(said.format(name).lower(), today)
    assert len(found) in (1, 2)
    assert list(found) == sorted(found)
    for day in found:
        assert DAY_NAMES[day.weekday()] == name
        assert timedelta(0) <= day - today < timedelta(days=21)
        assert day > today or "week" not in said
        assert day > today or "next" not in said
    if said == "{}":
        assert (found[0] == today) == (len(found) == 2)


FIRST_WHEN = st.sampled_from(
    (*DAY_NAMES, *(name[:3] for name in DAY_NAMES), "today", "tomorrow", *(f"next {name}" for name in DAY_NAMES))
)
LAST_WHEN = FIRST_WHEN | st.sampled_from(tuple(f"{name} next week" for name in DAY_NAMES))
PARTS = st.sampled_from(("", "", " morning", " afternoon", " evening", " at 2pm", " 10:30"))
JOINS = st.sampled_from((" to ", "-", " - ", " until ", " till ", "\N{EN DASH}", " through "))


@given(days, FIRST_WHEN, PARTS, JOINS, LAST_WHEN, PARTS)
def test_an_absence_from_one_named_day_to_another_holds_no_day_before_today_and_ends_on_named_days(
    today: date, one: str, part: str, join: str, other: str, until: str
) -> None:
    with suppress(InvalidAnswer):
        found = absence(f"{one}{part}{join}{other}{until}", today)
        for first, last in _days_of(found):
            assert today <= first
            assert _is_named(first, one, today)
            assert _is_named(last, other, today)
        if part in {" afternoon", " at 2pm", " 10:30"} or until in {" morning", " at 2pm", " 10:30"}:
            assert isinstance(found, Unclear)


@given(days, st.integers(0, 200), st.integers(1, 60), st.booleans())
def test_an_absence_from_one_date_to_another_is_the_same_however_it_is_typed(
    today: date, ahead: int, length: int, is_short: bool
) -> None:
    first, last = today + timedelta(days=ahead), today + timedelta(days=ahead + length)
    if (2, 29) in {(first.month, first.day), (last.month, last.day)}:
        return
    one, other = (MONTH_NAMES[day.month - 1][: 3 if is_short else None] for day in (first, last))
    ways = [
        f"{first.day} {one} - {last.day} {other}",
        f"{first.day} {one}-{last.day} {other}",
        f"{one} {first.day}-{other} {last.day}",
        f"{first.day}/{first.month}-{last.day}/{last.month}",
    ]
    if first.month == last.month and first < last:
        ways += [f"{first.day}{join}{last.day} {other}" for join in ("-", "/", " to ", "th-", " - ")]
        ways += [f"{other} {first.day}-{last.day}", f"{first.day}-{last.day}/{last.month}"]
    for written in ways:
        assert absence(written, today) == (first, last), written


def _days_of(found: Days | Unclear) -> tuple[Days, ...]:
    return found.days if isinstance(found, Unclear) else (found,)


def _is_named(day: date, words: str, today: date) -> bool:
    near = {"today": today, "tomorrow": today + timedelta(days=1)}
    name = words.removeprefix("next ").removesuffix(" next week")
    return near.get(words) == day or DAY_NAMES[day.weekday()][: len(name)] == name


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
        for first, last in _days_of(absence(shape.format(one, other), today)):
            assert first <= last <= today + timedelta(days=365)
            assert first <= today + timedelta(days=300)
            assert first >= today - timedelta(days=64)
            assert first >= today or any(mark.isdecimal() for mark in one)


@given(days, WHEN | DATED, WHEN | DATED)
def test_whichever_first_day_alone_is_given_the_last_is_within_a_year(today: date, first: str, last: str) -> None:
    with suppress(InvalidAnswer):
        begins = begins_on(f"from {first}", today)
        assert begins is not None
        for day in begins.days:
            assert abs(day - today) <= timedelta(days=300)
            for _, end in _days_of(ends_on(last, day, today)):
                assert end - max(day, today) <= timedelta(days=300)


@given(days, st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(today: date, text: str) -> None:
    with suppress(InvalidAnswer):
        for first, last in _days_of(absence(text, today)):
            assert isinstance(first, date)
            assert isinstance(last, date)
