"""The way to the sign-in service and back, step by step."""

from __future__ import annotations

import httpx

from tests.adapters.web.client import Client

TROUBLE = "The sign-in service is in trouble"


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
    """Whether somebody is signed in with this browser."""
    return client.get("/home", follow_redirects=False).status_code == 200


def refused(client: Client, answer: httpx.Response, status: int, words: str) -> None:
    """Answered by a plain page, and not signed in."""
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert "Traceback" not in answer.text
    assert "If a child is in danger now, phone 999." in answer.text
    assert "session" not in answer.cookies
    assert not is_in(client)
