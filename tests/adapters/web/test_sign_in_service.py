"""Signing in at a sign-in service that is strict, and at one that answers wrongly: only who is known comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from .client import Client
from .house import HERE, House, TurnedClock, house_in
from .serving import served
from .strict_provider import CLIENT, SECRET, StrictProvider

BACK = f"{HERE}/sign-in/back"


@pytest.fixture(scope="module")
def service() -> Iterator[StrictProvider]:
    provider = StrictProvider(TurnedClock())
    with served(provider.app) as address:
        provider.issuer = address
        yield provider


@pytest.fixture
def provider(service: StrictProvider, house: House) -> StrictProvider:
    """The service, strict and truthful again."""
    issuer = service.issuer
    service.__init__(house.clock)  # type: ignore[misc]
    service.issuer = issuer
    service.redirects = {BACK}
    return service


@pytest.fixture
def house(service: StrictProvider, tmp_path: Path) -> Iterator[House]:
    settings = {"oidc_issuer": service.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    with house_in(tmp_path, **settings, oidc_name="Council account") as made:
        yield made


@pytest.fixture
def ada(house: House) -> str:
    return house.register("Ada Lead", "lead", mail="Ada@Example.gov.uk")


@pytest.fixture
def client(house: House, provider: StrictProvider) -> Iterator[Client]:
    with house.client() as made:
        yield made


def go(client: Client, to: str = "/home") -> str:
    """Press the button; where the browser is sent."""
    answer = client.get("/sign-in/go", params={"to": to}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def agree(address: str) -> str:
    """Be known to the service; where it sends the browser back to."""
    answer = httpx.get(address, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def round_trip(client: Client, to: str = "/home") -> httpx.Response:
    """The whole way; the answer to coming back."""
    return client.get(agree(go(client, to)), follow_redirects=False)


def is_in(client: Client) -> bool:
    return client.get("/home", follow_redirects=False).status_code == 200


def refused(client: Client, answer: httpx.Response, status: int, words: str) -> None:
    """Answered by a plain page, and not signed in."""
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert "Traceback" not in answer.text
    assert "If a child is in danger now, phone 999." in answer.text
    assert "session" not in answer.cookies
    assert not is_in(client)


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
        refused(thief, answer, 502, "The sign-in service is in trouble")
    refused(client, client.get(stolen, follow_redirects=False), 502, "The sign-in service is in trouble")


def test_a_code_used_twice_is_refused_by_the_service_and_plainly_shown(client: Client, ada: str, house: House) -> None:
    first = agree(go(client))
    code = parse_qs(urlsplit(first).query)["code"][0]
    assert client.get(first, follow_redirects=False).status_code == 303
    with house.client() as other:
        state = parse_qs(urlsplit(go(other)).query)["state"][0]
        answer = other.get("/sign-in/back", params={"code": code, "state": state}, follow_redirects=False)
        refused(other, answer, 502, "The sign-in service is in trouble")


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
    refused(client, round_trip(client), 502, "The sign-in service is in trouble")


def test_a_token_for_several_that_names_us_is_taken(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.alter = lambda claims: {**claims, "aud": [CLIENT, "another"], "azp": CLIENT}
    assert round_trip(client).status_code == 303


def test_a_token_signed_by_somebody_else_lets_nobody_in(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.sign_with = RSAKey.generate_key(2048, {"kid": "one"})
    refused(client, round_trip(client), 502, "The sign-in service is in trouble")
    provider.sign_with, provider.header = OctKey.import_key(SECRET), {"alg": "HS256", "kid": "one"}
    refused(client, round_trip(client), 502, "The sign-in service is in trouble")


def test_an_unsigned_token_lets_nobody_in(client: Client, ada: str, provider: StrictProvider) -> None:
    provider.sign_with, provider.header = None, {"alg": "none"}
    refused(client, round_trip(client), 502, "The sign-in service is in trouble")


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
    refused(client, round_trip(client), 502, "The sign-in service is in trouble")
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
    refused(client, answer, 502, "The sign-in service is in trouble")
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
        "/sign-in/back?code=x", "/chat/exit", "/" * 501, "/home#@evil.example", "/static/page.js", "/home/../../x",
    ],
)  # fmt: skip
def test_nobody_is_sent_anywhere_but_to_a_page_of_ours(client: Client, ada: str, to: str) -> None:
    assert round_trip(client, to).headers["location"] == "/home"


@pytest.mark.parametrize("to", ["/home", "/chat", "/chat?turns=40", "/home?a=b%20c"])
def test_a_page_of_ours_is_gone_back_to(client: Client, ada: str, to: str) -> None:
    assert round_trip(client, to).headers["location"] == to
    assert client.get("/sign-in", params={"to": to}, follow_redirects=False).headers["location"] == to


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


def test_asked_for_by_another_name_this_machine_does_not_send_people_back_to_it(house: House) -> None:
    """Without BOT_PUBLIC_URL the address people come back to is the one asked for: only this machine's own will do."""
    with house.client("http://evil.example") as other:
        assert other.get("/sign-in/go", follow_redirects=False).status_code == 400
