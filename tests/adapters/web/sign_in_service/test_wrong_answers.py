"""A sign-in service that answers wrongly, or is another, lets nobody in; and nobody is sent to another site."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from tests.adapters.web.client import Client
from tests.adapters.web.house import House
from tests.adapters.web.strict_provider import CLIENT, SECRET, StrictProvider

from .way import TROUBLE, agree, go, refused, round_trip


def test_the_answer_of_another_service_is_refused(client: Client, ada: str, provider: StrictProvider) -> None:
    """RFC 9207: whoever is lured to another service must not bring its answer here."""
    mixed_up = f"{agree(go(client))}&iss=https%3A%2F%2Fevil.example"
    refused(client, client.get(mixed_up, follow_redirects=False), 400, "was not finished")
    named = f"{agree(go(client))}&iss={provider.issuer}"
    assert client.get(named, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "You did not sign in"),
        ("server_error", "The sign-in service said no"),
        ("<script>alert(1)</script>", "The sign-in service said no"),
    ],
)
def test_what_the_service_turns_down_is_a_plain_page(client: Client, ada: str, error: str, words: str) -> None:
    state = parse_qs(urlsplit(go(client)).query)["state"][0]
    said = {"error": error, "error_description": "<b>no</b>", "state": state}
    answer = client.get("/sign-in/back", params=said, follow_redirects=False)
    refused(client, answer, 403, words)
    assert "<script>alert" not in answer.text
    assert "<b>no" not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": "another-client", "azp": CLIENT},
        {"aud": None},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"aud": [CLIENT, "another"]},
        {"exp": 1},
        {"exp": None},
        {"exp": "soon"},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_attempt_lets_nobody_in(
    client: Client, ada: str, provider: StrictProvider, wrong: dict[str, Any]
) -> None:
    provider.alter = lambda claims: {**claims, **wrong}
    refused(client, round_trip(client), 502, TROUBLE)


def test_a_token_for_several_that_names_us_is_taken(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.alter = lambda claims: {**claims, "aud": [CLIENT, "another"], "azp": CLIENT}
    assert round_trip(client).status_code == 303


def test_a_token_signed_by_somebody_else_lets_nobody_in(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.sign_with = RSAKey.generate_key(2048, {"kid": "one"})
    refused(client, round_trip(client), 502, TROUBLE)
    provider.sign_with, provider.header = OctKey.import_key(SECRET), {"alg": "HS256", "kid": "one"}
    refused(client, round_trip(client), 502, TROUBLE)


def test_an_unsigned_token_lets_nobody_in(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.sign_with, provider.header = None, {"alg": "none"}
    refused(client, round_trip(client), 502, TROUBLE)


def test_a_service_that_changes_its_keys_is_still_understood(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    round_trip(client)
    new = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    provider.published, provider.sign_with, provider.header = [new], new, {"alg": "RS256", "kid": "two"}
    with house.client() as other:
        assert round_trip(other).status_code == 303


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("", 200),
        PlainTextResponse("<html>", 200),
        PlainTextResponse("down", 503),
        JSONResponse([]),
        JSONResponse(None),
        JSONResponse({}),
        JSONResponse({"id_token": None, "access_token": "x", "token_type": "Bearer"}),
        JSONResponse({"id_token": 7, "access_token": "x", "token_type": "Bearer"}),
        JSONResponse({"id_token": "a.b.c", "access_token": "x", "token_type": "Bearer"}),
        JSONResponse({"error": "invalid_grant", "error_description": "no <script>"}, 400),
        RedirectResponse("https://evil.example/token", 307),
    ],
    ids=lambda answer: f"{answer.status_code} {answer.body[:30]!r}",
)
def test_whatever_the_service_answers_is_a_plain_page(
    client: Client, ada: str, provider: StrictProvider, answer: Response, capsys: pytest.CaptureFixture[str]
) -> None:
    provider.answer = answer
    refused(client, round_trip(client), 502, TROUBLE)
    said = capsys.readouterr().err
    assert provider.issuer in said
    assert SECRET not in said


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_a_service_that_is_not_the_one_meant_is_not_gone_to(
    client: Client, ada: str, provider: StrictProvider, says: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    provider.says = says
    answer = client.get("/sign-in/go", follow_redirects=False)
    refused(client, answer, 502, TROUBLE)
    assert "cannot be asked about itself" in capsys.readouterr().err


def test_the_service_is_asked_about_itself_once_an_hour(client: Client, house: House, provider: StrictProvider) -> None:
    for _ in range(3):
        go(client)
    house.clock.turn(hours=1)
    go(client)
    assert provider.asked.count("/.well-known/openid-configuration") == 2


def test_an_address_that_only_the_second_answer_has_counts_if_it_is_about_the_same_person(
    client: Client, ada: str, house: House, provider: StrictProvider
) -> None:
    provider.who = {"sub": "ada-1"}
    provider.userinfo = {"sub": "mallory", "email": "ada@example.gov.uk", "email_verified": True}
    refused(client, round_trip(client), 403, "You are not registered here")
    provider.userinfo = {**provider.userinfo, "sub": "ada-1"}
    assert round_trip(client).status_code == 303


def test_only_a_link_of_our_own_page_begins_an_attempt(client: Client, provider: StrictProvider) -> None:
    for sent_from in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": sent_from}
        answer = client.get("/sign-in/go?to=/home", headers=headers, follow_redirects=False)
        assert answer.headers["location"] == "/sign-in?to=%2Fhome"
    assert provider.asked == []


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/%5cevil.example", "\\\\evil.example",
        "javascript:alert(1)", "/nowhere", "/home\r\nSet-Cookie: a=b", "home", "", "/sign-out", "/sign-in",
        "/sign-in/back?code=x", "/" * 501, "/home#@evil.example", "/static/page.js", "/home/../../x",
    ],
)  # fmt: skip
def test_nobody_is_sent_anywhere_but_to_a_page_of_ours(client: Client, ada: str, to: str) -> None:
    assert round_trip(client, to).headers["location"] == "/home"


@pytest.mark.parametrize("to", ["/home", "/chat", "/chat?turns=40", "/chat?start=refer", "/resume", "/home?a=b%20c"])
def test_a_page_of_ours_is_gone_back_to(client: Client, ada: str, to: str) -> None:
    assert round_trip(client, to).headers["location"] == to
    assert client.get("/sign-in", params={"to": to}, follow_redirects=False).headers["location"] == to


def test_asked_for_by_another_name_this_machine_does_not_send_people_back_to_it(house: House) -> None:
    """Without BOT_PUBLIC_URL the address people come back to is the one asked for: only this machine's own will do."""
    with house.client("http://evil.example") as other:
        assert other.get("/sign-in/go", follow_redirects=False).status_code == 400


def test_a_service_that_is_down_locks_nobody_out(client: Client, ada: str, provider: StrictProvider) -> None:
    """A whole office comes from one address, and none of them has failed at anything."""
    provider.answer = PlainTextResponse("down", 503)
    for _ in range(25):
        refused(client, round_trip(client), 502, TROUBLE)
    provider.answer = None
    assert round_trip(client).status_code == 303


def test_an_answer_that_cannot_be_trusted_counts_as_a_failure(
    client: Client, ada: str, provider: StrictProvider
) -> None:
    provider.alter = lambda claims: {**claims, "nonce": "another"}
    for _ in range(20):
        refused(client, round_trip(client), 502, TROUBLE)
    assert client.get("/sign-in/go", follow_redirects=False).status_code == 429


def test_trying_again_leads_to_where_somebody_was_going(client: Client, ada: str, provider: StrictProvider) -> None:
    wanted = "/board/month?x=1"
    again = "/sign-in?to=%2Fboard%2Fmonth%3Fx%3D1"
    provider.answer = PlainTextResponse("down", 503)
    assert f'href="{again}"' in round_trip(client, wanted).text
    provider.answer, provider.says = None, {"issuer": "https://evil.example"}
    with_another = client.get("/sign-in/back", params={"error": "access_denied", "state": "x"})
    assert f'href="{again}"' in with_another.text
    elsewhere = client.get("/sign-in/back", params={"to": "//evil.example/"})
    assert "evil.example" not in elsewhere.text
