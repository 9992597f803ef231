"""What came to a closed case is to be said on its page, and whether it is opened again is said there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.casework.wording_board import NEEDED
from bot.wording_closed import SAY_IF_REOPENED, WHY_OPEN_OR_NOT

from .board_house import BoardHouse, board_in, words

ASKED = "Say whether to open it again. A disagreement about it was raised"


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


@pytest.mark.parametrize("holds", ["yes", "no"])
def test_it_is_to_be_said_until_a_lead_has_said_whether_it_is_opened(board: BoardHouse, holds: str) -> None:
    ref = board.opened()
    board.add(ref, "closed", words="It is no serious incident.")
    board.add(ref, "noted", words="A letter came.")
    assert "Say whether to open it again" not in words(board["Lee"].get(f"/board/case/{ref}").text)
    board.add(ref, "disagreement raised", by="Pat", words="It was closed too early.")
    page = board["Lee"].get(f"/board/case/{ref}")
    assert ASKED in words(page.text)
    assert "Say whether to open it (" in words(page.text)
    assert f"/board/case/{ref}/decision-corrected" in page.text
    assert WHY_OPEN_OR_NOT in words(board["Lee"].get(f"/board/case/{ref}/decision-corrected").text)
    empty = board.send("Lee", f"/board/case/{ref}/decision-corrected", holds=holds, words="Nothing to add")
    assert NEEDED in words(empty.text)
    again = board.send("Lee", f"/board/case/{ref}/decision-corrected", holds=holds, words="The partners met on it.")
    assert "Say whether to open it again" not in words(again.text)
    assert board.case(ref).is_open == (holds == "yes")
    assert board.case(ref).events[-1].words == "The partners met on it."


def test_it_stands_in_the_list_and_says_that_it_is_closed_and_waits(board: BoardHouse) -> None:
    ref = board.opened()
    board.add(ref, "closed", words="It is no serious incident.")
    assert ref not in board["Lee"].get("/board").text
    board.add(ref, "disagreement raised", by="Pat", words="It was closed too early.")
    page = words(board["Lee"].get("/board").text)
    assert f"Case {ref}" in page
    assert SAY_IF_REOPENED.removeprefix("say") in page
    assert ref in board["Lee"].get("/board?clock=reopen").text
    board.send("Lee", f"/board/case/{ref}/decision-corrected", holds="no", words="The partners met on it.")
    assert ref not in board["Lee"].get("/board").text
