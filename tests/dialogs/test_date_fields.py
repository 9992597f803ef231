"""A day typed into three fields is read, and the field at fault is named."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.answers import InvalidAnswer
from dialogs.typed_dates import Understood, from_parts, parse_date

TODAY = date(2026, 11, 23)  # a Monday


def november(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("parts", "on"),
    [
        (("18", "11", "2026"), november(18)),
        ((" 18th ", "November", "26"), november(18)),
        (("08", "nov.", "2026"), november(8)),
        (("1", "01", "2026"), date(2026, 1, 1)),
    ],
)
def test_three_fields_make_a_day(parts: tuple[str, str, str], on: date) -> None:
    assert from_parts(*parts, TODAY) == Understood(on)


def test_a_future_day_in_three_fields_is_read_back() -> None:
    assert from_parts("18", "12", "2026", TODAY) == parse_date("18/12/2026", TODAY)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("", "", ""), "day"),
        (("", "11", "2026"), "day"),
        (("32", "11", "2026"), "day"),
        (("0", "11", "2026"), "day"),
        (("x", "11", "2026"), "day"),
        (("31", "2", "2026"), "day"),
        (("18", "", "2026"), "month"),
        (("18", "13", "2026"), "month"),
        (("18", "Novembre", "2026"), "month"),
        (("18", "11", ""), "year"),
        (("18", "11", "226"), "year"),
        (("18", "11", "0000"), "year"),
        (("18", "11", "2017"), "year"),
    ],
)
def test_the_field_at_fault_is_named(parts: tuple[str, str, str], field: str) -> None:
    with pytest.raises(InvalidAnswer) as slip:
        from_parts(*parts, TODAY)
    assert slip.value.field == field
    assert field in slip.value.message
