"""Typed dates are read day first, believed where clear, read back where not, and never guessed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from dateutil.easter import easter as published_easter

from dialogs.answers import InvalidAnswer
from dialogs.date_words import easter, in_full
from dialogs.typed_dates import ReadBack, Understood, parse_date

TODAY = date(2026, 11, 23)  # a Monday


def november(day: int) -> date:
    return date(2026, 11, day)


CLEAR = [
    ("today", november(23)),
    ("Today.", november(23)),
    ("this morning", november(23)),
    ("this afternoon at 2pm", november(23)),
    ("tonight", november(23)),
    ("just now", november(23)),
    ("now", november(23)),
    ("yesterday", november(22)),
    ("yesterday afternoon", november(22)),
    ("last night", november(22)),
    ("yesterday, Sunday", november(22)),
    ("day before yesterday", november(21)),
    ("the day before yesterday", november(21)),
    ("the night before last", november(21)),
    ("Friday", november(20)),
    ("FRIDAY!", november(20)),
    ("fri.", november(20)),
    ("on fri", november(20)),
    ("on Friday night", november(20)),
    ("Friday lunchtime", november(20)),
    ("I heard Friday", november(20)),
    ("last Friday", november(20)),
    ("it was last Friday", november(20)),
    ("last Friday at 4.50pm", november(20)),
    ("half past four on Friday", november(20)),
    ("Friday last", november(20)),
    ("Friday just gone", november(20)),
    ("this past Friday", november(20)),
    ("Friday last week", november(20)),
    ("last week on Friday", november(20)),
    ("no, Thursday", november(19)),
    ("we were told by police on Friday", november(20)),
    ("early hours of Saturday", november(21)),
    ("last Monday", november(16)),
    ("this Monday", november(23)),
    ("today, Monday", november(23)),
    ("tues", november(17)),
    ("wensday", november(18)),
    ("3 days ago", november(20)),
    ("three days ago", november(20)),
    ("0 days ago", november(23)),
    ("a week ago", november(16)),
    ("a week ago today", november(16)),
    ("two weeks ago", november(9)),
    ("a fortnight ago", november(9)),
    ("18/11", november(18)),
    ("18 / 11", november(18)),
    ("18/11/26", november(18)),
    ("18/11/2026", november(18)),
    ("18.11.2026", november(18)),
    ("18-11-2026", november(18)),
    ("18\u201311\u20132026", november(18)),
    ("18 11 2026", november(18)),
    ("1/11", november(1)),
    ("03/10", date(2026, 10, 3)),
    ("24/09", date(2026, 9, 24)),
    ("2026-11-18", november(18)),
    ("2026/11/18", november(18)),
    ("2026-11-18 16:50", november(18)),
    ("2026-11-18T16:50", november(18)),
    ("2026-11-18T23:30:00Z", november(18)),
    ("2026-06-18T23:30:00Z", date(2026, 6, 19)),
    ("2026-11-18T00:30:00+01:00", november(17)),
    ("2026-11-18T00:30:00.123456+0100", november(17)),
    ("18 Nov", november(18)),
    ("18nov", november(18)),
    ("18-Nov-26", november(18)),
    ("18 Nov 16:50", november(18)),
    ("18 Nov at 1650", november(18)),
    ("at 10 on 18 Nov", november(18)),
    ("18th of November", november(18)),
    ("the eighteenth of November", november(18)),
    ("twenty-first of November", november(21)),
    ("18th of December 2025", date(2025, 12, 18)),
    ("18 December last year", date(2025, 12, 18)),
    ("18 Dec '25", date(2025, 12, 18)),
    ("Nov 18", november(18)),
    ("November 18th, 2026", november(18)),
    ("Friday 20 November", november(20)),
    ("Fri 20/11", november(20)),
    ("Mon, 16 Nov 2026", november(16)),
    ("Friday the 13th", november(13)),
    ("Boxing Day 2025", date(2025, 12, 26)),
    ("Xmas eve last year", date(2025, 12, 24)),
    ("Easter Monday 2026", date(2026, 4, 6)),
    ("bonfire night", november(5)),
]

READ_BACK = [
    ("tomorrow", "future", (november(24),)),
    ("this Friday", "future", (november(27),)),
    ("next Friday", "future", (november(27),)),
    ("Tuesday week", "future", (date(2026, 12, 1),)),
    ("Friday of this week", "future", (november(27),)),
    ("18/12/26", "future", (date(2026, 12, 18),)),
    ("2026-12-18", "future", (date(2026, 12, 18),)),
    ("Friday 18 December", "future", (date(2026, 12, 18),)),
    ("18/12/9999", "future", (date(9999, 12, 18),)),
    ("18/12", "no year", (date(2025, 12, 18), date(2026, 12, 18))),
    ("Dec 18", "no year", (date(2025, 12, 18), date(2026, 12, 18))),
    ("24/11", "no year", (date(2025, 11, 24), date(2026, 11, 24))),
    ("23/09", "no year", (date(2026, 9, 23),)),
    ("03/04", "no year", (date(2026, 4, 3),)),
    ("may 18", "no year", (date(2026, 5, 18),)),
    ("May the 18th", "no year", (date(2026, 5, 18),)),
    ("29/02", "no year", (date(2024, 2, 29),)),
    ("Xmas eve", "no year", (date(2025, 12, 24),)),
    ("Christmas Day", "no year", (date(2025, 12, 25),)),
    ("New Year's Eve", "no year", (date(2025, 12, 31),)),
    ("New Year\u2019s Day", "no year", (date(2026, 1, 1),)),
    ("NYE", "no year", (date(2025, 12, 31),)),
    ("Good Friday", "no year", (date(2026, 4, 3),)),
    ("Monday", "ambiguous", (november(23), november(16))),
    ("Sunday last week", "ambiguous", (november(22), november(15))),
    ("12/18", "ambiguous", (date(2025, 12, 18), date(2026, 12, 18))),
    ("11/18/2026", "ambiguous", (november(18),)),
    ("on the 18th", "ambiguous", (november(18),)),
    ("18th", "ambiguous", (november(18),)),
    ("the 25th", "ambiguous", (date(2026, 10, 25),)),
    ("the 31st", "ambiguous", (date(2026, 10, 31),)),
    ("I think it was Friday", "ambiguous", (november(20),)),
    ("maybe last Friday", "ambiguous", (november(20),)),
    ("about 3 days ago", "ambiguous", (november(20),)),
    ("a couple of days ago", "ambiguous", (november(21),)),
    ("since Friday", "ambiguous", (november(20),)),
    ("Friday or Saturday", "ambiguous", (november(20), november(21))),
    ("Friday, police", "ambiguous", (november(20),)),
    ("first thing Friday", "ambiguous", (november(20),)),
    ("Friday after school", "ambiguous", (november(20),)),
    ("festival friday", "ambiguous", (november(20),)),
    ("18 Nov 2020", "long ago", (date(2020, 11, 18),)),
    ("01/01/2018", "long ago", (date(2018, 1, 1),)),
    ("23/11/2025", "long ago", (date(2025, 11, 23),)),
    ("Easter Monday 2025", "long ago", (date(2025, 4, 21),)),
    ("99 weeks ago", "long ago", (date(2024, 12, 30),)),
]

REFUSED = [
    ("", "need a date"),
    ("?", "need a date"),
    ("not sure", "need a date"),
    ("dunno", "need a date"),
    ("not Friday", "need a date"),
    ("no one told us on Friday", "need a date"),
    ("2", "which day"),
    ("12", "which day"),
    ("2026", "which day"),
    ("20112026", "which day"),
    ("20 11", "which day"),
    ("20/11/226", "which day"),
    ("18/11/2026/5", "which day"),
    ("18/11-19/11", "which day"),
    ("4 or 5 days ago", "which day"),
    ("31/02", "no 31 February"),
    ("30 feb", "no 30 February"),
    ("29 Feb 2025", "no 29 February in 2025"),
    ("32/11", "no 32 November"),
    ("18/13", "no month 13"),
    ("16.50", "no month 50"),
    ("00/00/0000", "no month 0"),
    ("18/11/0000", "no year 0"),
    ("the 32nd", "day 32"),
    ("Thursday 20 November", "20 November 2026 is a Friday, not a Thursday"),
    ("yesterday, Saturday", "22 November 2026 is a Sunday, not a Saturday"),
    ("Friday the 18th", "18 November 2026 is a Wednesday, not a Friday"),
    ("01/01/2017", "from 2018 on"),
    ("9999 weeks ago", "too long ago"),
    ("last week", "the day itself"),
    ("weekend", "the day itself"),
    ("last month", "the day itself"),
    ("a few days ago", "the day itself"),
    ("3.5 days ago", "the day itself"),
    ("the other day", "the day itself"),
    ("at Christmas", "the day itself"),
    ("before Friday", "the day itself"),
    ("the day after Friday", "the day itself"),
    ("by Friday", "the day itself"),
    ("the 18th of last month", "the day itself"),
    ("the Friday before last", "the day itself"),
    ("Remembrance Sunday", "the day itself"),
    ("black friday", "the day itself"),
    ("mothering sunday", "the day itself"),
    ("palm sunday", "the day itself"),
    ("shrove tuesday", "the day itself"),
    ("the friday before", "the day itself"),
    ("second friday", "the day itself"),
    ("November", "as well as the month"),
    ("in November 2026", "as well as the month"),
    ("10-12 November", "as well as the month"),
    ("2 hours ago", "Which day"),
    ("midnight on Friday", "Which day"),
    ("we met Friday and told them Saturday", "more than one day"),
    ("from 16 Nov to 18 Nov", "more than one day"),
    ("was it Friday?", "question"),
    ("what date do you want", "question"),
    ("2026-11-18T25:30:00Z", "the time"),
    ("she rang and then he rang and after that we all drove over on Friday", "the wrong day"),
    ("Friday " * 100, "more than I can take in"),
]

OTHER_DAYS = [
    ("18/12", date(2026, 12, 29), date(2026, 12, 18)),
    ("Xmas eve", date(2026, 12, 29), date(2026, 12, 24)),
    ("NYE", date(2027, 1, 4), date(2026, 12, 31)),
    ("31/12", date(2027, 1, 4), date(2026, 12, 31)),
    ("last Friday", november(27), november(20)),
    ("last Friday", november(28), (november(27), november(20))),
    ("last Friday", november(29), (november(27), november(20))),
    ("last Wednesday", november(27), (november(25), november(18))),
    ("Friday", november(26), november(20)),
    ("Friday", november(27), (november(27), november(20))),
    ("Friday", november(28), november(27)),
    ("this Friday", november(27), november(27)),
    ("this Friday", november(28), november(27)),
    ("this Monday", november(29), (november(23), november(30))),
    ("Monday last week", november(29), (november(16), november(23))),
    ("Friday just gone", november(27), november(20)),
    ("next Friday", november(27), (date(2026, 12, 4),)),
    ("the 31st", date(2026, 3, 1), (date(2026, 1, 31),)),
    ("3/1/2026", date(2027, 1, 5), (date(2026, 1, 3),)),
    ("yesterday", date(2024, 3, 1), date(2024, 2, 29)),
    ("29 Feb", date(2024, 3, 10), date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "on"), CLEAR)
def test_a_clear_day_is_believed(text: str, on: date) -> None:
    assert parse_date(text, TODAY) == Understood(on)


@pytest.mark.parametrize(("text", "why", "on"), READ_BACK)
def test_an_unclear_day_is_read_back_with_every_day_it_may_be(text: str, why: str, on: tuple[date, ...]) -> None:
    back = parse_date(text, TODAY)
    assert isinstance(back, ReadBack)
    assert (back.why, back.on) == (why, on)
    assert all(in_full(day) in back.text for day in on)
    assert back.text.endswith("?")


@pytest.mark.parametrize(("text", "saying"), REFUSED)
def test_what_is_not_one_day_is_asked_again_saying_why(text: str, saying: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        parse_date(text, TODAY)
    assert saying in slip.value.message


@pytest.mark.parametrize(("text", "today", "on"), OTHER_DAYS)
def test_the_same_words_mean_different_days_on_different_days(
    text: str, today: date, on: date | tuple[date, ...]
) -> None:
    assert parse_date(text, today).on == on


def test_a_month_first_date_is_read_back_saying_what_is_wrong() -> None:
    back = parse_date("11/18/2026", TODAY)
    assert isinstance(back, ReadBack)
    assert back.text == "There is no month 18. Do you mean Wednesday 18 November 2026?"


def test_the_earliest_day_can_be_set_and_is_named() -> None:
    assert parse_date("18/11/2026", TODAY, earliest=november(18)) == Understood(november(18))
    with pytest.raises(InvalidAnswer, match="from 18 November 2026 on"):
        parse_date("17/11/2026", TODAY, earliest=november(18))


def test_easter_agrees_with_a_published_calculation() -> None:
    assert all(easter(year) == published_easter(year) for year in range(1900, 2200))


def test_reading_dates_does_not_load_the_slow_holiday_library() -> None:
    loaded = "import sys, dialogs.typed_dates; print('holidays' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout == "False\n"
    )
