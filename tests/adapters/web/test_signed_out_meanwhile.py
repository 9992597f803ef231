"""A button pressed after its person was signed out does nothing, says so, and leads to sign in and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .board_house import BoardHouse, board_in, words
from .client import Client, forms
from .house import sign_in_as


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


def danger_first(page: str) -> bool:
    """Whether 999 and children's social care stand before all else that the page says."""
    said = words(page)
    first = (
        "If a child is in danger now, phone 999. If a child may need protecting, phone children's social care today."
    )
    rest = [said.find(one) for one in ("Nothing was recorded", "That was not taken") if one in said]
    return first in said and said.index(first) < min(rest)


def doors(client: Client) -> dict[str, str]:
    """The form of the ways to begin, one of which is that a child is in danger now."""
    return next(one for one in forms(client.get("/chat").text) if one.get("prompt") == "door")


def test_a_danger_button_pressed_too_late_is_answered_by_whom_to_phone_first(board: BoardHouse) -> None:
    lee = board["Lee"]
    lee.begin()
    lee.say("menu")
    form = doors(lee)
    board.clock.turn(hours=1)
    page = press(lee, form, "danger")
    assert danger_first(page)
    assert "Nothing was recorded: you were signed out before you pressed that." in words(page)


@pytest.mark.parametrize("how", ["in", "out"])
def test_of_one_pressed_where_somebody_signed_in_or_out_since_it_is_said_first_too(board: BoardHouse, how: str) -> None:
    client = board["nobody" if how == "in" else "Lee"]
    client.begin()
    client.say("menu")
    form = doors(client)
    if how == "in":
        assert sign_in_as(client, board.ids["Lee"]).status_code == 200
    else:
        out = next(one for one in forms(client.get("/home").text) if set(one) == {"csrf"})
        assert client.post("/sign-out", data=out).status_code == 200
    answer = client.post("/chat", data={**form, "choice": "danger"})
    assert answer.status_code == 403
    assert danger_first(answer.text)
    assert "somebody signed in or out in this browser since" in words(answer.text)


@pytest.mark.parametrize("path", ["/people/1/give", "/board/calendar/end"])
def test_a_button_of_another_page_pressed_too_late_says_that_nothing_was_recorded(board: BoardHouse, path: str) -> None:
    lee = board["Lee"]
    lee.begin()
    board.clock.turn(hours=1)
    page = lee.post(path, data={"csrf": "x"})
    assert "Nothing was recorded: you were signed out before you pressed that." in words(page.text)


def test_words_of_a_page_that_was_nobodys_are_given_back_without_a_word_of_being_signed_out(board: BoardHouse) -> None:
    client = board["nobody"]
    client.begin()
    form = client.hidden()
    assert sign_in_as(client, board.ids["Lee"]).status_code == 200
    page = client.post("/chat", data={**form, "text": "what is a rapid review"}).text
    said = words(page)
    assert danger_first(page)
    assert "Nothing was recorded: this page is not the newest" in said
    assert "signed out" not in said.partition("Nothing was recorded")[2].partition("Go on")[0]
    kept = next(one for one in forms(page) if "text" in one)
    assert kept["text"] == "what is a rapid review"
    back = client.post("/chat", data=kept)
    assert "what is a rapid review" in back.text


@pytest.mark.parametrize("whose", ["their own", "somebody else's"])
def test_whom_to_phone_stands_before_words_that_are_given_back(board: BoardHouse, whose: str) -> None:
    lee = board["Lee"]
    lee.begin()
    form = {**lee.hidden(), "text": "the child is being hurt"}
    board.clock.turn(hours=1)
    if whose == "somebody else's":
        other = next(name for name in board.ids if name != "Lee")
        assert sign_in_as(lee, board.ids[other]).status_code == 200
    page = lee.post("/chat", data=form).text
    assert "Nothing was recorded" in words(page)
    assert danger_first(page)


def test_a_page_that_is_not_there_says_whom_to_phone_before_all_else(board: BoardHouse) -> None:
    said = words(board["nobody"].get("/documents/none").text)
    assert said.index("If a child is in danger now, phone 999.") < said.index("There is nothing here")
