"""A button pressed after its person was signed out does nothing, says so, and leads to sign in and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .board_house import BoardHouse, board_in, words
from .client import Client, forms


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


def buttons(client: Client) -> dict[str, str]:
    """The form of the commands' buttons on the page as it is open now."""
    return next(one for one in forms(client.get("/chat").text) if one.get("prompt") == "command")


def press(client: Client, form: dict[str, str], id_: str) -> str:
    """Press a button of that form; the page that follows."""
    answer = client.post("/chat", data={**form, "choice": id_})
    assert answer.status_code == 200
    return answer.text


def test_it_says_so_kindly_and_leads_to_signing_in_and_back(board: BoardHouse) -> None:
    ref, lee = board.opened(), board["Lee"]
    lee.begin()
    form = buttons(lee)
    board.clock.turn(hours=1)
    page = press(lee, form, f"ack-{ref}-notify_panel")
    assert "Nothing was recorded: you were signed out before you pressed that." in words(page)
    assert ref not in page
    assert not any(one.kind == "acknowledged" for one in board.case(ref).events)
    form = next(one for one in forms(page) if "to" in one)
    back = lee.post("/sign-in", data={**form, "who": board.ids["Lee"]})
    assert back.url.path == "/chat"
    assert "Thank you. I will ask again" in words(press(lee, buttons(lee), f"ack-{ref}-notify_panel"))
    assert any(one.kind == "acknowledged" for one in board.case(ref).events)


def test_whoever_asks_for_a_case_without_having_signed_in_is_sent_there_too(board: BoardHouse) -> None:
    ref, nobody = board.opened(), board["nobody"]
    assert "nobody is signed in on this page now" in nobody.say(f"case {ref}")
    assert f"Open case {ref}" in nobody.get("/chat").text
    assert "yours to see" not in nobody.say("my cases")
