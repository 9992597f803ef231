"""What holds for every typed date: days written in full are those days, and any text is a day or a slip."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers import InvalidAnswer
from dialogs.date_words import DAY_NAMES, MONTH_NAMES, in_full
from dialogs.typed_dates import EARLIEST, ReadBack, Understood, from_parts, parse_date, spoken

TODAY = date(2026, 11, 23)

_DAYS = st.dates(EARLIEST, date(2027, 12, 31))


@given(_DAYS, st.dates(date(2018, 1, 1), date(2030, 12, 31)))
def test_every_day_written_out_in_full_is_that_day(day: date, today: date) -> None:
    month = MONTH_NAMES[day.month - 1]
    written = [
        spoken(day),
        in_full(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%y}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"it was on {DAY_NAMES[day.weekday()]} the {day.day}th of {month.upper()} {day.year} at 4.50pm",
    ]
    for text in written:
        read = parse_date(text, today)
        clear = today - timedelta(days=365) < day <= today
        assert read == Understood(day) if clear else (isinstance(read, ReadBack) and read.on == (day,))
    assert from_parts(str(day.day), str(day.month), str(day.year), today) == parse_date(written[0], today)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_a_day_without_its_year_is_believed_for_sixty_days(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert parse_date(f"{day.day}/{day.month}", today) == Understood(day)


@given(
    st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.sampled_from(DAY_NAMES), st.sampled_from(["", "last ", "on "])
)
def test_a_weekdays_name_is_never_taken_for_another_day_or_a_day_to_come(today: date, name: str, which: str) -> None:
    on = parse_date(which + name, today).on
    days = on if isinstance(on, tuple) else (on,)
    assert all(DAY_NAMES[day.weekday()] == name and today - timedelta(days=14) < day <= today for day in days)


_PIECES = st.sampled_from(
    "last next this friday mon 31 30th 2 /2 /12/ 2026 feb dec or not the of ago days week 00 99 easter monday xmas eve "
    "good t25:00 +99:99 at pm 2026-02-30 2026-11-18t10:00 0001-01-01t00:00+10:00 9999-12-31t23:59-10:00 before - . : "
    "yesterday couple a".split()
)


@given(st.text() | st.lists(_PIECES | st.text(max_size=2), max_size=9).map(" ".join) | st.lists(_PIECES).map("".join))
def test_any_text_is_a_day_or_a_slip(text: str) -> None:
    with suppress(InvalidAnswer):
        read = parse_date(text, TODAY)
        assert isinstance(read, ReadBack) or EARLIEST <= read.on <= TODAY
    with suppress(InvalidAnswer):
        from_parts(text, "2", "2026", TODAY)
    with suppress(InvalidAnswer):
        from_parts("2", text, "2026", TODAY)
    with suppress(InvalidAnswer):
        from_parts("2", "2", text, TODAY)


@given(st.dates(date(2018, 1, 1), date(2030, 12, 31)), st.sampled_from(["not {}", "before {}", "the day after {}"]))
def test_a_day_that_is_denied_or_only_pointed_past_is_never_taken(day: date, around: str) -> None:
    with pytest.raises(InvalidAnswer):
        parse_date(around.format(spoken(day)), TODAY)
