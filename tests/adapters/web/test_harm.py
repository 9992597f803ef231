"""Who means the page harm, or sends it nonsense, changes nothing and learns nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.web.security import MOST_BYTES
from adapters.web.site import Site

from .canned import Canned
from .client import Client
from .serving import SECRET, application

TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
POSTS = ("/chat", "/chat/start", "/chat/return", "/resume", "/resume/code")
PATHS = (
    "/", "/chat", "/chat/exit", "/resume", "/resume/code", "/documents/R-7K3M2Q-1.txt", "/documents/none",
    "/accessibility", "/privacy", "/static/main.css", "/static/page.js", "/static/chat.js", "/static/none",
    "/nowhere", "/chat/stream",
)  # fmt: skip


@pytest.fixture
def client(bot: Canned) -> Iterator[Client]:
    with Client(application(bot)) as made:
        yield made


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", ["", "made-up", "é"])
def test_a_form_without_this_browsers_token_is_refused(client: Client, bot: Canned, path: str, token: str) -> None:
    form = {**client.hidden(), "csrf": token, "text": "one", "code": "BCDF-2345"}
    assert client.post(path, data=form, follow_redirects=False).status_code == 403
    assert bot.taken == []


def test_another_browsers_token_is_refused(client: Client, bot: Canned) -> None:
    with Client(application(bot)) as other:
        form = {**other.hidden(), "text": "one"}
        client.get("/chat")
        assert client.post("/chat", data=form).status_code == 403


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "https://elsewhere.test", "Sec-Fetch-Site": "none"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(
    client: Client, bot: Canned, path: str, headers: dict[str, str]
) -> None:
    form = {**client.hidden(), "text": "one", "code": "x"}
    assert client.post(path, data=form, headers=headers, follow_redirects=False).status_code == 403
    assert bot.taken == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {},
    ],
)
def test_our_own_form_is_taken_however_the_browser_names_its_origin(
    client: Client, bot: Canned, headers: dict[str, str]
) -> None:
    client.post("/chat", data={**client.hidden(), "text": "one"}, headers=headers)
    assert len(bot.taken) == 1


def test_with_a_public_address_only_that_origin_counts(bot: Canned) -> None:
    site = Site(SECRET, public_url="https://bot.test")
    with Client(application(bot, site), base_url="https://bot.test") as client:
        form = {**client.hidden(), "text": "one"}
        assert client.post("/chat", data=form, headers={"Origin": "http://bot.test"}).status_code == 403
        assert client.post("/chat", data=form, headers={"Origin": "https://bot.test"}).status_code == 200


def test_by_https_the_cookie_is_bound_to_the_host_and_never_sent_in_clear(bot: Canned) -> None:
    site = Site(SECRET, public_url="https://bot.test")
    with Client(application(bot, site), base_url="https://bot.test") as client:
        answer = client.get("/chat")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-browser=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"))
    assert "Domain" not in cookie
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_every_answer_carries_the_protecting_headers(client: Client, path: str, method: str) -> None:
    headers = client.request(method, path, follow_redirects=False).headers
    assert headers.get_list("content-security-policy") == [
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ]
    assert headers.get_list("cache-control") == ["no-store"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_when_the_bot_breaks_the_page_is_plain_protected_and_tells_nothing(client: Client) -> None:
    answer = client.post("/chat", data={**client.hidden(), "text": "break"})
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "Traceback" not in answer.text
    assert "secret words" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("told", [True, False])
def test_a_long_body_is_refused_whether_or_not_its_length_is_told(client: Client, bot: Canned, told: bool) -> None:
    body = f"text={'a' * MOST_BYTES}".encode()
    content = body if told else _in_pieces(body)
    answer = client.post("/chat", content=content, headers=TYPE)
    assert answer.status_code == 413
    assert "too long" in answer.text
    assert bot.taken == []


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_another_kind_of_body_is_refused(client: Client, kind: str) -> None:
    assert client.post("/chat", content=b"text=one", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"once": "short", "text": "one"},
        {"once": "../../etc/passwd-and-more", "text": "one"},
        {"text": ["one", "two"]},
        {"prompt": "1-effect; drop table", "choice": "died"},
        {"prompt": "1-effect", "choice": "<script>"},
        {"prompt": "1-effect", "choice": ["died"] * 51},
        {"prompt": "1-effect", "choice": "x" * 81},
        {"form": "1-notes", "field-É": "a"},
        {"form": "", "text": ""},
        {f"n{number}": "x" for number in range(200)},
    ],
)
def test_nonsense_is_refused_kindly(client: Client, bot: Canned, fields: dict[str, str | list[str]]) -> None:
    form = client.hidden()
    kept = {name: form[name] for name in ("csrf", "once")}
    answer = client.post("/chat", data={**kept, **fields})
    assert answer.status_code == 400
    assert "Nothing has changed" in answer.text
    assert bot.taken == []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), tail=st.binary(max_size=60))
def test_no_bytes_whatever_bring_a_traceback(client: Client, body: bytes, tail: bytes) -> None:
    form = client.hidden()
    answer = client.post("/chat", content=body, headers=TYPE)
    assert answer.status_code in {400, 403}
    signed = f"csrf={form['csrf']}&once={form['once']}&".encode() + body + b"&text=" + tail
    assert client.post("/chat", content=signed, headers=TYPE).status_code in {200, 400, 403}


@pytest.mark.parametrize("cookie", ["", "short", "x" * 43 + "y", "é" * 43, "../" * 15])
def test_a_cookie_we_cannot_have_made_is_a_new_browser(bot: Canned, cookie: str) -> None:
    with Client(application(bot)) as client:
        answer = client.get("/chat", headers={"Cookie": f"browser={cookie}".encode()})
    assert answer.status_code == 200
    assert answer.cookies["browser"] != cookie


def test_nothing_that_is_said_becomes_markup(client: Client) -> None:
    for page in (client.say("hostile"), client.say("one")):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "javascript:" not in page.replace("(javascript:alert(3))", "")
        assert 'href="data:' not in page
        assert "{{ 7*7 }}" in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_document_is_kept_as_a_file_and_shown_to_nobody_else(client: Client, bot: Canned) -> None:
    assert client.get("/documents/R-7K3M2Q-1.txt").status_code == 404
    client.say("file")
    answer = client.get("/documents/R-7K3M2Q-1.txt")
    assert answer.content == b"Refer it.\n"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''D%C3%A9cision%20R-7K3M2Q.txt"
    assert client.get("/documents/..%2f..%2fkeys").status_code == 404
    with Client(application(bot)) as other:
        other.begin()
        other.cookies.delete("browser")
        assert other.get("/documents/R-7K3M2Q-1.txt").status_code == 404


@pytest.mark.parametrize(
    "path", ["/static/../routes.py", "/static/%2e%2e/routes.py", "/static/..%2froutes.py", "/static/"]
)
def test_only_the_static_folder_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_looking_at_every_address_makes_no_conversation(client: Client, bot: Canned) -> None:
    for path in PATHS:
        client.request("HEAD", path)
        client.get(path)
        client.get(path)
    assert not any(bot.entries.values())


def test_exit_without_a_conversation_makes_none_and_begins_nothing(client: Client, bot: Canned) -> None:
    client.get("/")
    assert client.get("/chat/exit").text == "Dry, with sunny spells."
    assert client.get("/chat").url.path == "/"
    assert not any(bot.entries.values())


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    yield body[:9]
    yield body[9:]


def test_a_short_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Site(b"short")
