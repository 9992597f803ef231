"""The board's lists as files: a spreadsheet in which nothing is a formula, and a calendar with nothing but duties."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from adapters.web.board_csv import HEADINGS, _cell
from bot.storage import people

from .board_house import MONDAY, BoardHouse, board_in, words

# What a spreadsheet takes for the beginning of a formula.
BEGINS = "=+-@\t\r"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_list_is_a_table_with_a_line_for_each_thing_to_do(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    answer = board["Lee"].get("/board/cases.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="cases-2026-11-23.csv"'
    notify = next(one for one in table(answer.text) if one["To do"] == "notify the Panel")
    assert notify == {
        "Case": ref,
        "Status": "Open",
        "Owner": "Lee",
        "Opened": "2026-11-23",
        "Council aware": "2026-11-23",
        "Panel notified": "",
        "Notified by": "",
        "To do": "notify the Panel",
        "Urgency": "This week",
        "Aim for": "2026-11-27",
        "Latest": "2026-11-30",
        "Working days late": "",
        "Duty: must, should or local": "must",
        "Deadline: must, should or local": "should",
        "Rests on": "Statutory guidance",
    }


def test_it_says_what_stands_behind_a_duty_and_behind_its_deadline_as_the_cases_page_does(board: BoardHouse) -> None:
    ref = board.opened(MONDAY, outcome="F")
    page = words(board["Lee"].get(f"/board/case/{ref}").text)
    for one in table(board["Lee"].get("/board/cases.csv").text):
        duty, deadline = one["Duty: must, should or local"], one["Deadline: must, should or local"]
        standing = f"{duty}:" if duty == deadline else f"{duty}; deadline: {deadline}."
        assert f"{standing.capitalize()} {one['Rests on']}" in page, one["To do"]


@pytest.mark.parametrize(("outcome", "by"), [("B", "our council"), ("D", "the other council")])
def test_it_says_which_council_notified_the_panel(board: BoardHouse, outcome: str, by: str) -> None:
    board.opened(MONDAY, MONDAY, outcome=outcome)
    row = table(board["Lee"].get("/board/cases.csv").text)[0]
    assert (row["Panel notified"], row["Notified by"]) == ("2026-11-23", by)


def test_the_file_holds_what_the_list_was_narrowed_to(board: BoardHouse) -> None:
    board.opened()
    closed = board.opened()
    board.add(closed, "closed", words="Opened twice.")
    rows = table(board["Lee"].get("/board/cases.csv?status=closed").text)
    assert [(one["Case"], one["Status"], one["To do"]) for one in rows] == [(closed, "Closed", "")]
    only = table(board["Lee"].get("/board/cases.csv?clock=notify_panel").text)
    assert {one["To do"] for one in only} == {"notify the Panel"}
    assert 'href="/board/cases.csv?status=closed"' in board["Lee"].get("/board?status=closed").text


@pytest.mark.parametrize("name", ['=HYPERLINK("https://evil.test","x")', "+44 1", "-1+1", "@SUM(A1)", 'a","b'])
def test_a_name_that_could_be_a_formula_is_a_text(board: BoardHouse, name: str) -> None:
    keys, at = board.house.exchange.keys, board.clock()
    board.desk(lambda desk: people.rename(desk.connection, keys, board.ids["Lee"], name, at))
    board.opened()
    owner = table(board["Dee"].get("/board/cases.csv").text)[0]["Owner"]
    assert owner == (f"'{name}" if name[0] in BEGINS else name)


@given(st.text())
def test_no_cell_begins_as_a_formula_does_and_none_loses_its_text(text: str) -> None:
    cell = _cell(text)
    assert not cell.startswith(tuple(BEGINS))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_every_line_has_every_column(board: BoardHouse) -> None:
    board.opened(None)
    rows = list(csv.reader(StringIO(board["Lee"].get("/board/cases.csv").text.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in rows} == {len(HEADINGS)}


def summaries(content: bytes) -> dict[str, date]:
    return {str(one["summary"]): one.decoded("dtstart") for one in Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_file_holds_each_deadline_by_reference_and_duty(board: BoardHouse) -> None:
    ref = board.opened(MONDAY)
    answer = board["Lee"].get("/board/deadlines.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="deadlines.ics"'
    assert summaries(answer.content)[f"Case {ref}: notify the Panel"] == date(2026, 11, 30)
    assert b"Lee" not in answer.content


def test_the_calendar_file_holds_what_the_list_was_narrowed_to(board: BoardHouse) -> None:
    first = board.opened(MONDAY)
    found = summaries(board["Lee"].get("/board/deadlines.ics?clock=notify_panel").content)
    assert found == {f"Case {first}: notify the Panel": date(2026, 11, 30)}


def test_a_practitioners_files_hold_only_their_own_cases(board: BoardHouse) -> None:
    mine, other = board.opened(by="Pat"), board.opened()
    for path in ("/board/cases.csv", "/board/deadlines.ics"):
        answer = board["Pat"].get(path).text
        assert (mine in answer, other in answer) == (True, False), path
