"""Signing in at a sign-in service: whoever is registered comes in, by an answer of their own that counts once."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.adapters.web.client import Client
from tests.adapters.web.house import House
from tests.adapters.web.strict_provider import StrictProvider

from .conftest import BACK
from .way import TROUBLE, agree, go, is_in, refused, round_trip


def test_the_page_offers_the_service_by_its_name_and_nothing_else(client: Client) -> None:
    page = client.get("/sign-in").text
    assert "Sign in with Council account" in page
    assert "Who do you want to be?" not in page
    assert client.post("/sign-in", data={}).status_code == 404


def test_whoever_is_registered_comes_in_and_goes_where_they_wanted(client: Client, ada: str, house: House) -> None:
    answer = round_trip(client, "/chat")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    assert "Ada Lead" in client.get("/home").text
    assert "Ada Lead" not in client.get("/").text


def test_the_service_is_asked_as_its_standard_says(client: Client, ada: str, provider: StrictProvider) -> None:
    """The provider itself refuses what is missing or wrong; this names it."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(go(client)).query).items()}
    assert asked["scope"] == "openid profile email"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == BACK
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    again = {name: values[0] for name, values in parse_qs(urlsplit(go(client)).query).items()}
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))


def test_at_the_first_sign_in_the_identity_joins_and_later_the_address_does_not_matter(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    round_trip(client)
    assert house.accounts(ada, "oidc") == [f"{provider.issuer}|ada-1"]
    provider.who = {"sub": "ada-1", "email": "ada.new@example.gov.uk", "email_verified": False}
    with house.client() as other:
        assert round_trip(other).status_code == 303
        assert is_in(other)


def test_whom_nobody_registered_is_told_whom_to_ask(client: Client, house: House, provider: StrictProvider) -> None:
    answer = round_trip(client)
    refused(client, answer, 403, "You are not registered here")
    assert "ada@example.gov.uk" in answer.text
    assert "Ask the administrator for Exampleshire" in answer.text


def test_an_address_that_the_service_does_not_vouch_for_lets_nobody_in(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    for verified in (False, None, "false", 0):
        provider.who = {"sub": "mallory", "email": "ada@example.gov.uk", "email_verified": verified}
        answer = round_trip(client)
        refused(client, answer, 403, "You are not registered here")
        assert "ada@example.gov.uk" not in answer.text
    assert house.accounts(ada, "oidc") == []


def test_the_next_one_with_an_address_does_not_become_the_one_before(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    round_trip(client)
    provider.who = {**provider.who, "sub": "ada-2"}
    with house.client() as other:
        refused(other, round_trip(other), 403, "That address belongs to another account")
    assert house.accounts(ada, "oidc") == [f"{provider.issuer}|ada-1"]


def test_whoever_has_no_role_here_is_told_so(client: Client, house: House, provider: StrictProvider) -> None:
    house.register("Ada", mail="ada@example.gov.uk")
    refused(client, round_trip(client), 403, "You have no role here yet")
    house.register("Bo", "lead", mail="bo@example.gov.uk", area="elsewhere")
    provider.who = {"sub": "bo", "email": "bo@example.gov.uk", "email_verified": True}
    refused(client, round_trip(client), 403, "You have no role here yet")


def test_an_address_of_two_people_is_nobodys(client: Client, ada: str, house: House) -> None:
    house.register("Another Ada", "lead", mail="ada@example.gov.uk")
    refused(client, round_trip(client), 403, "You are not registered here")


def test_an_answer_counts_once(client: Client, ada: str, house: House) -> None:
    address = agree(go(client))
    kept = dict(client.cookies)
    assert client.get(address, follow_redirects=False).status_code == 303
    with house.client() as thief:
        for name, value in kept.items():
            thief.cookies.set(name, value)
        refused(thief, thief.get(address, follow_redirects=False), 400, "Signing in was not finished")


def test_a_stolen_code_is_of_no_use_in_another_browser(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    """Neither by the answer as it is nor put into an attempt of the thief's own: nonce and verifier are not theirs."""
    stolen = agree(go(client))
    with house.client() as thief:
        refused(thief, thief.get(stolen, follow_redirects=False), 400, "Signing in was not finished")
        state = parse_qs(urlsplit(go(thief)).query)["state"][0]
        code = parse_qs(urlsplit(stolen).query)["code"][0]
        answer = thief.get("/sign-in/back", params={"code": code, "state": state}, follow_redirects=False)
        refused(thief, answer, 502, TROUBLE)
    refused(client, client.get(stolen, follow_redirects=False), 502, TROUBLE)


def test_a_code_used_twice_is_refused_by_the_service_and_plainly_shown(client: Client, ada: str, house: House) -> None:
    first = agree(go(client))
    code = parse_qs(urlsplit(first).query)["code"][0]
    assert client.get(first, follow_redirects=False).status_code == 303
    with house.client() as other:
        state = parse_qs(urlsplit(go(other)).query)["state"][0]
        answer = other.get("/sign-in/back", params={"code": code, "state": state}, follow_redirects=False)
        refused(other, answer, 502, TROUBLE)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"code": "x"},
        {"state": "x"},
        {"code": "x", "state": ""},
        {"code": "x", "state": "é" * 43},
        {"code": "x", "state": "x" * 43},
        {"error": "access_denied", "state": "x" * 43},
    ],
)
def test_what_no_attempt_of_this_browser_asked_for_is_refused(client: Client, ada: str, said: dict[str, str]) -> None:
    refused(client, client.get("/sign-in/back", params=said, follow_redirects=False), 400, "was not finished")
    go(client)
    refused(client, client.get("/sign-in/back", params=said, follow_redirects=False), 400, "was not finished")


@pytest.mark.parametrize("code", ["", "x" * 5000])
def test_a_code_that_cannot_be_one_is_not_passed_on(
    client: Client, ada: str, provider: StrictProvider, code: str
) -> None:
    state = parse_qs(urlsplit(go(client)).query)["state"][0]
    answer = client.get("/sign-in/back", params={"code": code, "state": state}, follow_redirects=False)
    refused(client, answer, 400, "was not finished")
    assert "/token" not in provider.asked


@pytest.mark.parametrize("change", ["cut", "other signature", "other state", "other place"])
def test_an_attempt_that_was_tampered_with_is_none(client: Client, ada: str, change: str) -> None:
    address = agree(go(client))
    state, began, to, signature = client.cookies["signing-in"].split(".")
    altered = {
        "cut": f"{state}.{began}.{to}",
        "other signature": f"{state}.{began}.{to}.{'A' * len(signature)}",
        "other state": f"{'A' * 43}.{began}.{to}.{signature}",
        "other place": f"{state}.{began}.L2NoYXQ=.{signature}",
    }
    client.cookies.delete("signing-in")
    client.cookies.set("signing-in", altered[change])
    refused(client, client.get(address, follow_redirects=False), 400, "was not finished")


def test_an_attempt_lasts_ten_minutes(client: Client, ada: str, house: House, provider: StrictProvider) -> None:
    address = go(client)
    house.clock.turn(minutes=9, seconds=59)
    assert client.get(agree(address), follow_redirects=False).status_code == 303
    with house.client() as late:
        address = go(late)
        house.clock.turn(minutes=10)
        refused(late, late.get(agree(address), follow_redirects=False), 400, "was not finished")


def test_after_twenty_failures_from_one_place_signing_in_waits_and_nothing_else_does(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    for _ in range(20):
        assert client.get("/sign-in/back", params={"code": "x", "state": "y"}).status_code == 400
    refused(client, client.get("/sign-in/go", follow_redirects=False), 429, "Too many tries")
    refused(client, client.get("/sign-in/back", follow_redirects=False), 429, "Too many tries")
    assert client.get("/").status_code == 200
    assert provider.asked == []
    house.clock.turn(minutes=15)
    assert round_trip(client).status_code == 303


def test_an_office_full_of_people_who_are_not_registered_locks_nobody_out(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    known, provider.who = provider.who, {"sub": "x", "email": "x@example.gov.uk", "email_verified": True}
    for _ in range(25):
        assert round_trip(client).status_code == 403
    provider.who = known
    assert round_trip(client).status_code == 303
