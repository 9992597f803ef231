"""On the board a decision that was notified before stands among what is to be done, is joined, and is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.casework.case_opening import opened_from
from bot.casework.casework import Desk
from bot.decisions.sample_record import sample_records
from dialogs.dated_duties import Dates

from .board_house import MONDAY, BoardHouse, board_in, words

AWARE = MONDAY - timedelta(days=7)
TO_DO = "Put it with the case it belongs to, or say why it belongs to none."


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def notified_before(board: BoardHouse, aware_on: date = AWARE, by: str = "Pat") -> str:
    """A decision that an incident was notified before, on record; its reference."""
    opener = board.house.person(board.ids[by])

    def work(desk: Desk) -> str:
        sample = sample_records(desk.definitions.flows["referral"])[0]
        dates = Dates(MONDAY, aware_on, MONDAY)
        decision = replace(sample.decision, outcome="R", would_be="B", dates=dates)
        record = replace(sample, reference="R-NOTED", practice=False, decision=decision)
        opened = opened_from(desk, record, opener)
        assert opened is not None
        return opened.stored.ref

    return board.desk(work)


def test_until_it_is_joined_it_stands_on_the_board_and_says_what_is_to_be_done(board: BoardHouse) -> None:
    ref = notified_before(board)
    listed = words(board["Lee"].get("/board").text)
    assert f"Case {ref}" in listed
    assert TO_DO in listed
    page = board["Lee"].get(f"/board/case/{ref}").text
    assert TO_DO in words(page)
    assert "Nothing is to be done here now" not in page
    assert "Choose the case" in page
    assert TO_DO not in words(board["Lee"].get("/board?status=closed").text)
    assert TO_DO in board["Lee"].get("/board/cases.csv").text


def test_it_is_joined_to_a_case_told_apart_and_taken_back_as_other_entries_are(board: BoardHouse) -> None:
    to = board.opened(aware_on=None)
    ref = notified_before(board)
    page = board["Lee"].get(f"/board/case/{ref}/joined").text
    assert f"Case {to}: Likely notifiable: it happened in our area; council aware a day not known yet" in words(page)
    board.send("Lee", f"/board/case/{ref}/joined", to=to)
    case = board.case(to)
    assert (case.aware_on, case.notified_on) == (AWARE, MONDAY)
    joined = board["Lee"].get(f"/board/case/{ref}").text
    assert f"Joined to case {to}" in words(joined)
    assert f"It was put with its case: case {to}" in words(joined)
    assert f"Joined to it case {ref}" in words(board["Lee"].get(f"/board/case/{to}").text)
    assert f"Case {ref}" not in words(board["Lee"].get("/board").text)
    seq = board.case(ref).events[-1].seq
    assert f"taken-back?entry={seq}" in joined
    board.send("Lee", f"/board/case/{ref}/taken-back?entry={seq}", words="It is another incident.")
    case = board.case(to)
    assert (case.aware_on, case.notified_on) == (None, None)
    assert TO_DO in words(board["Lee"].get(f"/board/case/{ref}").text)
    assert f"Joined to it case {ref}" not in words(board["Lee"].get(f"/board/case/{to}").text)


def test_what_was_joined_to_somebodys_case_is_theirs_by_its_reference_alone(board: BoardHouse) -> None:
    to = board.opened(by="Pat", aware_on=None)
    ref = notified_before(board, by="Olly")
    board.send("Lee", f"/board/case/{ref}/joined", to=to)
    page = board["Pat"].get(f"/board/case/{to}").text
    assert f"Joined to it case {ref}" in words(page)
    assert "/decisions/" not in page
    for name, status in (("Pat", 404), ("Lee", 200)):
        assert board[name].get(f"/board/case/{to}/decisions/1.txt").status_code == status
