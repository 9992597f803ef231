"""Where what was said in a browser is shown there no more, its next page says so once, in a plain line."""

from __future__ import annotations

import pytest

from .board_house import words
from .client import Client, forms
from .house import House, sign_in_as
from .test_left_conversations import join_with_slack

CLEARED = "What was here has been cleared to keep it private."
YOURS = "If it was yours, sign in to find it again."


def look(client: Client, path: str = "/") -> str:
    return words(client.get(path).text)


@pytest.mark.parametrize("path", ["/", "/resume", "/join", "/chat?start=referral"])
@pytest.mark.parametrize("how", ["it ran out", "its cookie is gone"])
def test_after_a_session_is_over_the_next_page_says_so_once(
    client: Client, house: House, ada: str, path: str, how: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    if how == "it ran out":
        house.clock.turn(hours=1)
    else:
        client.cookies.delete("session")
    said = look(client, path)
    assert f"{CLEARED} {YOURS}" in said
    if "phone 999" in said:
        assert said.index("phone 999") < said.index(CLEARED)
    assert CLEARED not in look(client, path)


def test_the_conversations_own_page_leads_to_signing_in_which_says_so_where_it_says_nothing_else(
    client: Client, house: House, ada: str
) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    client.cookies.delete("session")
    assert CLEARED in look(client, "/chat")
    sign_in_as(client, ada)
    house.clock.turn(hours=1)
    said = look(client, "/chat")
    assert "You were signed out. That happens after a while without use" in said
    assert CLEARED not in said
    assert CLEARED not in look(client)


@pytest.mark.parametrize("to", ["/home", "/chat"])
@pytest.mark.parametrize("was", ["signed in", "joined by a code"])
def test_where_somebody_else_signs_in_it_is_said_to_them_without_whose_it_was(
    client: Client, house: House, ada: str, bo: str, was: str, to: str
) -> None:
    if was == "signed in":
        sign_in_as(client, ada)
    else:
        client.begin()
        join_with_slack(house, client)
    client.say("refer")
    if was == "signed in":
        house.clock.turn(hours=1)
    said = words(sign_in_as(client, bo, to).text)
    assert CLEARED in said
    assert YOURS not in said
    assert "Ada" not in said
    assert CLEARED not in look(client, "/home")


def test_where_it_comes_back_nothing_was_cleared(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    house.clock.turn(hours=1)
    client.get("/", follow_redirects=False)
    page = sign_in_as(client, ada, "/chat")
    assert "app-turn--you" in page.text
    assert CLEARED not in page.text


@pytest.mark.parametrize("how", ["nothing was said", "they signed out", "nobody was signed in", "the same one is in"])
def test_it_is_not_said_where_nothing_was_or_all_is_as_it_was(client: Client, house: House, ada: str, how: str) -> None:
    if how != "nobody was signed in":
        sign_in_as(client, ada)
    if how != "nothing was said":
        client.say("refer")
    if how == "they signed out":
        client.post("/sign-out", data=forms(client.get("/home").text)[0])
    elif how != "the same one is in":
        house.clock.turn(hours=1)
    assert CLEARED not in look(client)
