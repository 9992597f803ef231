"""Signing in as anyone: only at this very machine, only for trying, and it says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from adapters.settings import Settings
from adapters.web.entrance import FOR_TRYING, NOT_AT_ALL, warning
from adapters.web.on_this_machine import only_for_trying

from .client import Client, forms
from .house import HERE, PUBLIC, House, house_in, sign_in_as

SERVICE = {"oidc_issuer": "https://login.example.gov.uk", "oidc_client_id": "bot", "oidc_client_secret": "x"}
PASSED_ON = {
    "Forwarded": "for=192.0.2.1",
    "X-Forwarded-For": "192.0.2.1",
    "X-Forwarded-Host": "bot.example.gov.uk",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Anything": "",
    "X-Real-IP": "192.0.2.1",
    "Via": "1.1 proxy",
    "CF-Connecting-IP": "192.0.2.1",
    "CF-Ray": "8f1",
    "X-MS-Forwarded-Client-IP": "192.0.2.1",
    "Disguised-Host": "bot.example.gov.uk",
    "X-ARR-Log-ID": "1",
    "X-WAWS-Unencoded-URL": "/sign-in",
    "X-Scheme": "https",
    "X-Amzn-Trace-Id": "Root=1",
}
NOT_HERE = "only for this machine"


@pytest.fixture
def ada(house: House) -> str:
    return house.register("Ada Lead", "lead", "head_of_service")


def form(client: Client, **values: str) -> dict[str, str]:
    return {**client.hidden("/sign-in"), **values}


def test_one_of_the_registered_people_is_chosen_from_a_list(client: Client, house: House, ada: str) -> None:
    house.register("Nobody in particular")
    house.register("Lead elsewhere", "lead", area="elsewhere")
    page = client.get("/sign-in").text
    assert "This is only for trying the bot on your own machine" in page
    assert "Ada Lead" in page
    assert "head of service, lead" in page
    assert "Nobody in particular" not in page
    assert "Lead elsewhere" not in page
    assert "Ada Lead" in sign_in_as(client, ada).text


def test_where_nobody_is_registered_it_says_how_the_first_one_is(client: Client) -> None:
    page = client.get("/sign-in").text
    assert "Nobody is registered yet." in page
    assert forms(page) == []


def test_who_has_no_name_is_called_what_there_is(client: Client, house: House) -> None:
    house.register("", "lead", mail="bo@example.gov.uk")
    assert "bo@example.gov.uk" in client.get("/sign-in").text


def test_nobody_chosen_is_a_slip(client: Client, ada: str) -> None:
    answer = client.post("/sign-in", data=form(client))
    assert answer.status_code == 422
    assert "Choose who to sign in as" in answer.text
    assert "<title>Error: Sign in" in answer.text


def test_a_name_is_markup_to_nobody(client: Client, house: House) -> None:
    someone = house.register("<script>alert(1)</script>", "lead")
    assert "<script>alert" not in client.get("/sign-in").text
    assert "<script>alert" not in sign_in_as(client, someone).text


@pytest.mark.parametrize("who", ["made-up", "x" * 4000, "'; DROP TABLE people; --"])
def test_only_who_is_registered_can_be_chosen(client: Client, ada: str, who: str) -> None:
    answer = client.post("/sign-in", data=form(client, who=who), follow_redirects=False)
    assert answer.status_code == 400
    assert "session" not in answer.cookies


def test_guessing_has_to_wait(client: Client, house: House, ada: str) -> None:
    for _ in range(20):
        assert client.post("/sign-in", data=form(client, who="made-up")).status_code == 400
    assert client.post("/sign-in", data=form(client, who=ada)).status_code == 429
    house.clock.turn(minutes=15)
    assert client.post("/sign-in", data=form(client, who=ada)).status_code == 200


@pytest.mark.parametrize("name", PASSED_ON)
def test_what_a_proxy_passed_on_is_refused(client: Client, house: House, ada: str, name: str) -> None:
    sent = form(client, who=ada)
    headers = {name: PASSED_ON[name]}
    page = client.get("/sign-in", headers=headers).text
    assert "Ada Lead" not in page
    assert "Signing in is not set up here" in page
    answer = client.post("/sign-in", data=sent, headers=headers, follow_redirects=False)
    assert (answer.status_code, NOT_HERE in answer.text) == (403, True)
    sign_in_as(client, ada)
    assert client.get("/home", headers=headers, follow_redirects=False).status_code == 303
    assert client.get("/home").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "bot.example.gov.uk:8080", "10.0.0.5", "127.0.0.1.evil.example", "[", ""]
)
def test_this_machine_by_another_name_is_refused(client: Client, ada: str, host: str) -> None:
    """A page elsewhere may give this machine a name of its own, and read what we answer as if it were its own."""
    headers = {"Host": host}
    assert "Ada Lead" not in client.get("/sign-in", headers=headers).text
    answer = client.post("/sign-in", data=form(client, who=ada), headers=headers, follow_redirects=False)
    assert (answer.status_code, NOT_HERE in answer.text) == (403, True)


@pytest.mark.parametrize(
    "scope", [{"client": ("192.0.2.9", 1)}, {"client": None}, {"http_version": "1.0"}], ids=["afar", "unknown", "older"]
)
def test_what_was_not_sent_from_here_by_a_browser_is_refused(house: House, ada: str, scope: dict[str, object]) -> None:
    """A proxy that says nothing of itself still speaks the older protocol, as nginx does unless told otherwise."""

    async def changed(asked: Scope, receive: Receive, send: Send) -> None:
        await house.app({**asked, **scope}, receive, send)

    with Client(changed, HERE) as client:
        assert "Ada Lead" not in client.get("/sign-in").text
        answer = client.post("/sign-in", data={**client.hidden("/"), "who": ada}, follow_redirects=False)
        assert (answer.status_code, NOT_HERE in answer.text) == (403, True)


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "127.0.0.2:80", "[::1]:8080"])
def test_this_machine_by_its_own_name_is_not(house: House, ada: str, host: str) -> None:
    with house.client(f"http://{host}") as client:
        assert "Ada Lead" in client.get("/sign-in").text


def test_a_form_of_another_site_signs_nobody_in(client: Client, ada: str) -> None:
    sent = form(client, who=ada)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/sign-in", data=sent, headers=headers).status_code == 403
    assert client.post("/sign-in", data={**sent, "csrf": "made-up"}).status_code == 403


@pytest.mark.parametrize(
    "settings",
    [{"public_url": PUBLIC}, {"public_url": HERE}, {"host": "0.0.0.0"}, {"host": "192.0.2.7"}, {"host": "::"}, SERVICE],
    ids=str,
)
def test_with_settings_for_others_there_is_no_such_thing(tmp_path: Path, settings: dict[str, str]) -> None:
    with house_in(tmp_path, **settings) as house, house.client(HERE) as client:
        ada = house.register("Ada Lead", "lead")
        assert "Ada Lead" not in client.get("/sign-in").text
        sent = {**client.hidden("/"), "who": ada}
        answer = client.post("/sign-in", data=sent, follow_redirects=False)
        assert (answer.status_code, "Signing in is not set up here" in answer.text) == (404, True)


def test_at_the_start_an_administrator_is_told() -> None:
    assert warning(Settings()) == FOR_TRYING
    assert only_for_trying(Settings(host="::1"))
    for settings in ({"public_url": PUBLIC}, {"host": "0.0.0.0"}):
        assert warning(Settings(**settings)) == NOT_AT_ALL  # type: ignore[arg-type]
    assert warning(Settings(**SERVICE)) == ""  # type: ignore[arg-type]
