"""A decision on record in which a clock runs stands on the board, in its table and in its calendars as open ones do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.casework import board_reading
from bot.casework.board import Asked
from bot.casework.case_opening import opened_from
from bot.casework.casework import Desk
from bot.decisions.sample_record import sample_records
from dialogs.dated_duties import Dates
from dialogs.decision import AddOn

from .board_house import MONDAY, BoardHouse, board_in, words

TO_DO = "Check that the child death overview panel has been told"
DIED = AddOn("CDR", "Child death review", "A child has died.", ())
PLACES = ("/board", "/board/cases.csv", "/board/deadlines.ics", "/board/month/2026-11", "/board?status=recorded")


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def on_record(board: BoardHouse, *add_ons: AddOn) -> str:
    """A decision by which nothing is to be notified, on record; its reference."""
    opener = board.house.person(board.ids["Pat"])

    def work(desk: Desk) -> str:
        sample = sample_records(desk.definitions.flows["referral"])[0]
        decision = replace(sample.decision, outcome="I", add_ons=add_ons, dates=Dates(MONDAY, MONDAY, None))
        opened = opened_from(desk, replace(sample, reference="R-NOT", practice=False, decision=decision), opener)
        assert opened is not None
        return opened.stored.ref

    return board.desk(work)


@pytest.mark.parametrize("place", PLACES)
def test_while_a_clock_runs_in_it_it_stands_among_the_open_ones(board: BoardHouse, place: str) -> None:
    ref = on_record(board, DIED)
    assert board.stored(ref).status == "recorded"
    board.clock.turn(days=3)
    page = board["Lee"].get(place).text
    assert ref in page.replace("\r\n ", "")
    assert TO_DO.lower() in page.replace("\r\n ", "").lower()


def test_it_is_late_there_and_counted_in_the_week(board: BoardHouse) -> None:
    ref = on_record(board, DIED)
    board.clock.turn(days=3)
    assert ref in board["Lee"].get("/board?late=yes").text
    lee = board.house.person(board.ids["Lee"])
    week = board.desk(lambda desk: board_reading.listing(desk, lee, Asked(), "a test")).week
    assert week is not None
    assert [line.ref for line in week.late] == [ref]


def test_once_it_is_done_it_stands_only_on_record(board: BoardHouse) -> None:
    ref = on_record(board, DIED)
    board.add(ref, "done", clock="tell_cdop", on=date(2026, 11, 23))
    assert ref not in words(board["Lee"].get("/board").text)
    assert ref in words(board["Lee"].get("/board?status=recorded").text)


@pytest.mark.parametrize("place", PLACES[:-1])
def test_where_nothing_runs_it_stands_only_on_record(board: BoardHouse, place: str) -> None:
    ref = on_record(board)
    assert ref not in board["Lee"].get(place).text
    assert ref in board["Lee"].get("/board?status=recorded").text
