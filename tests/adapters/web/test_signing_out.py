"""Signing out from a page that is open still: nobody is left signed in who thinks they are out, nor put out unasked."""

from __future__ import annotations

import pytest

from .board_house import words
from .client import Client, forms
from .house import House, is_in, sign_in_as


def button(client: Client) -> dict[str, str]:
    """The form of "Sign out" on a page that is left open."""
    return forms(client.get("/home").text)[0]


def press(client: Client, form: dict[str, str], **headers: str) -> str:
    answer = client.post("/sign-out", data=form, headers=headers)
    assert answer.status_code in (200, 409)
    return answer.text


def test_it_is_done_from_a_page_of_an_earlier_session_of_theirs(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    old = button(client)
    house.clock.turn(hours=1)
    sign_in_as(client, ada)
    assert is_in(client)
    assert "You are signed out." in press(client, old)
    assert not is_in(client)
    assert house.accounts(ada, "web") == []


def test_where_somebody_else_is_signed_in_by_now_it_says_so_and_gives_a_button(
    client: Client, house: House, ada: str, bo: str
) -> None:
    sign_in_as(client, ada)
    old = button(client)
    house.clock.turn(hours=1)
    sign_in_as(client, bo)
    page = press(client, old)
    said = words(page)
    assert "Bo Deputy is still signed in" in said
    assert said.index("phone 999") < said.index("children's social care") < said.rindex("Nothing has changed")
    assert "Ada" not in said
    assert is_in(client)
    assert "You are signed out." in press(client, forms(page)[-1])
    assert not is_in(client)


def test_where_nobody_is_signed_in_any_more_it_says_that_they_are_out(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    client.say("refer")
    old = button(client)
    assert "You are signed out." in press(client, old)
    assert "You are signed out." in press(client, old)
    sign_in_as(client, ada)
    house.clock.turn(hours=1)
    assert "You are signed out." in press(client, old)
    assert house.accounts(ada, "web") == []
    assert client.get("/chat").url.path == "/"


def test_who_lost_their_role_and_gets_it_back_has_to_sign_in_again(client: Client, house: House, ada: str) -> None:
    sign_in_as(client, ada)
    old = button(client)
    house.revoke(ada, "lead")
    assert "You are signed out." in press(client, old)
    house.grant(ada, "lead")
    assert not is_in(client)


@pytest.mark.parametrize("token", ["made-up", "", "a.b", "anothers", "nobodys"])
def test_what_no_page_of_theirs_can_have_sent_does_nothing(
    client: Client, house: House, ada: str, bo: str, token: str
) -> None:
    nobodys = client.hidden("/")["csrf"]
    sign_in_as(client, ada)
    with house.client() as other:
        sign_in_as(other, bo)
        anothers = button(other)["csrf"]
    page = press(client, {"csrf": {"anothers": anothers, "nobodys": nobodys}.get(token, token)})
    assert "Ada Lead is still signed in" in page
    assert is_in(client)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
@pytest.mark.parametrize("whose", ["this session", "an earlier one", "nobody"])
def test_another_site_signs_nobody_out(
    client: Client, house: House, ada: str, headers: dict[str, str], whose: str
) -> None:
    sign_in_as(client, ada)
    form = button(client)
    if whose == "an earlier one":
        house.clock.turn(hours=1)
        sign_in_as(client, ada)
    here = client.cookies["browser"]
    if whose == "nobody":
        house.clock.turn(hours=1)
    answer = client.post("/sign-out", data=form, headers=headers)
    assert answer.status_code == 403
    assert client.cookies["browser"] == here
    assert is_in(client) == (whose != "nobody")
