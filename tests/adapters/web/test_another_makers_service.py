"""The whole way with a sign-in service of another maker, run as a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from adapters.web.entrance import provider_of

from .client import Client
from .house import House, house_in

SERVICE = Path(sys.executable).with_name("oidc-provider-mock")
PEOPLE = (
    {"sub": "ada", "email": "ada@example.gov.uk", "email_verified": True},
    {"sub": "eve", "email": "ada@example.gov.uk", "email_verified": False},
)
RUNNING = re.compile(r"Uvicorn running on http://127\.0\.0\.1:(\d+)")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    order = [SERVICE, "--port", "0"]
    for one in PEOPLE:
        order += ["--user-claims", json.dumps(one)]
    running = subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert running.stdout
    try:
        said = (RUNNING.search(line) for line in running.stdout)
        yield next(f"http://localhost:{found[1]}" for found in said if found)
    finally:
        running.terminate()
        running.communicate(timeout=10)


@pytest.fixture
def house(issuer: str, tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path, oidc_issuer=issuer, oidc_client_id="bot", oidc_client_secret="secret") as made:
        # It knows no other time than now.
        made.clock.at = datetime.now(UTC)
        yield made


def agreed(client: Client, **form: str) -> str:
    """Sent there, and agreed; where it sends the browser back to."""
    address = client.get("/sign-in/go", params={"to": "/chat"}, follow_redirects=False).headers["location"]
    return httpx.post(address, data=form, follow_redirects=False).headers["location"]


def test_the_whole_way(client: Client, house: House, ada: str, issuer: str) -> None:
    answer = client.get(agreed(client, sub="ada"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    assert "Ada Lead" in client.get("/home").text
    assert house.accounts(ada, "oidc") == [f"{issuer}|ada"]


def test_the_same_answer_again_is_refused(client: Client, ada: str) -> None:
    back = agreed(client, sub="ada")
    client.get(back, follow_redirects=False)
    assert client.get(back, follow_redirects=False).status_code == 400


def test_a_code_used_twice_is_refused(client: Client, house: House, ada: str) -> None:
    code = parse_qs(urlsplit(first := agreed(client, sub="ada")).query)["code"][0]
    assert client.get(first, follow_redirects=False).status_code == 303
    with house.client() as other:
        state = parse_qs(urlsplit(agreed(other, sub="ada")).query)["state"][0]
        answer = other.get("/sign-in/back", params={"code": code, "state": state}, follow_redirects=False)
        assert answer.status_code == 502
        assert other.get("/home", follow_redirects=False).status_code == 303


def test_an_address_not_verified_and_somebody_nobody_registered_stay_out(client: Client, ada: str) -> None:
    for sub in ("eve", "mallory@example.gov.uk"):
        answer = client.get(agreed(client, sub=sub), follow_redirects=False)
        assert (answer.status_code, "You are not registered here" in answer.text) == (403, True)
    assert client.get("/home", follow_redirects=False).status_code == 303


def test_whoever_says_no_there_is_not_signed_in(client: Client, ada: str) -> None:
    back = agreed(client, action="deny")
    state = parse_qs(urlsplit(back).query).get("state")
    answer = client.get(back, follow_redirects=False)
    # It leaves the state out, which the standard does not: such an answer could be anyone's.
    assert (state, answer.status_code) == (None, 400)


async def test_it_says_of_itself_what_is_needed(house: House, issuer: str) -> None:
    configured = await provider_of(house.settings).configured(house.clock())
    assert configured["issuer"] == issuer
