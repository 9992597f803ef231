"""On the board, what was told by which less would be owed stands among what is to be done until a lead speaks to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.casework.casework import clocks

from .board_house import BoardHouse, board_in, words
from .test_board_forms import problem

TOLD = "Say whether what was told holds: Whether abuse or neglect is suspected has changed"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def held(board: BoardHouse) -> str:
    """A case of which a practitioner told that it was not abuse; its reference."""
    ref = board.opened()
    said = (("outcome", "I"), ("add_ons", ""), ("held", "waits"), ("decision", "R-TOLD, version 1"))
    new = ("new", "Whether abuse or neglect is suspected has changed")
    board.add(ref, "decision corrected", by="Pat", values=(*said, new))
    return ref


def test_it_is_to_be_done_on_the_list_and_on_the_case(board: BoardHouse) -> None:
    ref = held(board)
    assert "Say whether what was told holds" in words(board["Lee"].get("/board").text)
    page = words(board["Lee"].get(f"/board/case/{ref}").text)
    assert TOLD in page
    assert "Notify the Panel" in page


@pytest.mark.parametrize(("holds", "stands"), [("yes", "stopped"), ("no", "running")])
def test_a_lead_says_whether_it_holds_and_why(board: BoardHouse, holds: str, stands: str) -> None:
    ref = held(board)
    path = f"/board/case/{ref}/decision-corrected"
    assert problem(board.send("Lee", path, holds=holds).text) == ("Say it in a few words", "words")
    page = words(board.send("Lee", path, holds=holds, words="The scan shows a medical cause.").text)
    assert TOLD not in page
    case = board.case(ref)
    assert case.to_agree is None
    assert case.events[-1].words == "The scan shows a medical cause."
    (state,) = board.desk(lambda desk: [one.state for one in clocks(desk, case) if one.id == "notify_panel"])
    assert state == stands


def test_where_nothing_waits_the_form_says_so(board: BoardHouse) -> None:
    ref = board.opened()
    page = board.send("Lee", f"/board/case/{ref}/decision-corrected", holds="yes", words="It does.")
    assert "Nothing waits here for a lead to say whether it holds." in words(page.text)
    assert board.case(ref).events[-1].kind == "opened"


def test_the_form_says_what_was_told_and_what_would_end(board: BoardHouse) -> None:
    ref = held(board)
    page = words(board["Lee"].get(f"/board/case/{ref}/decision-corrected").text)
    assert "This was told: Whether abuse or neglect is suspected has changed." in page
    assert "If it holds, this ends:" in page
    assert "notify the Panel" in page


def test_those_that_wait_can_be_asked_for(board: BoardHouse) -> None:
    ref, other = held(board), board.opened()
    page = board["Lee"].get("/board").text
    assert '<option value="agree"' in page
    only = words(board["Lee"].get("/board?clock=agree").text)
    assert f"Case {ref}" in only
    assert f"Case {other}" not in only
