"""Where the chat is switched off the page says so, with 999 first, asks nothing, and keeps what there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from .client import Client
from .house import PUBLIC, House, house_in

OFF = {"channels": ("web", "telegram"), "channels_off": ("web",), "channels_off_message": "Back <b>on</b> Monday."}


@contextmanager
def come_again(folder: Path, before: Client | None = None, **settings: object) -> Iterator[tuple[House, Client]]:
    """The bot started on a folder, and a browser with the cookies it had before."""
    with house_in(folder, **settings) as house, house.client() as client:
        client.cookies.update(before.cookies if before else {})
        yield house, client


def says_so_first(page: httpx.Response) -> bool:
    """Whether a page says that the bot is switched off, 999 before it, and asks nothing."""
    assert page.status_code == 200
    main = page.text.partition("<main")[2]
    assert "Back &lt;b&gt;on&lt;/b&gt; Monday." in main
    assert "What has happened" not in main.partition("switched off")[0]
    assert "data-last" not in main, "there is a form to answer with"
    return 0 < main.find("999") < main.find("switched off")


@pytest.mark.parametrize("path", ["/", "/chat", "/chat?start=referral", "/chat?ask=Who%20tells%20Ofsted%3F"])
def test_the_first_page_says_it_and_has_no_way_to_begin(tmp_path: Path, path: str) -> None:
    with come_again(tmp_path, **OFF) as (_, client):
        page = client.get(path)
        assert says_so_first(page)
        assert "/chat/start" not in page.text
        assert "/chat/link" not in page.text


@pytest.mark.parametrize(("path", "sent"), [("/chat/start", {}), ("/chat/link", {"start": "referral"})])
def test_a_page_from_before_begins_nothing(tmp_path: Path, path: str, sent: dict[str, str]) -> None:
    with come_again(tmp_path) as (_, before):
        token = before.hidden("/")
    with come_again(tmp_path, before, **OFF) as (_, client):
        page = client.post(path, data={**token, **sent, "once": "a" * 20})
        assert page.url.path == "/"
        assert says_so_first(page)
    with come_again(tmp_path, before) as (_, client):
        assert "What has happened" in client.begin().text


@pytest.mark.parametrize("words", ["neither of those", "he is strangling her right now"])
def test_words_sent_from_an_open_page_are_answered_by_it_and_the_question_stays_for_later(
    tmp_path: Path, words: str
) -> None:
    with come_again(tmp_path) as (_, before):
        before.begin()
        before.say("refer")
        form = before.hidden()
        asked = before.get("/chat").text
    with come_again(tmp_path, before, **OFF) as (_, client):
        assert says_so_first(client.get("/chat"))
        assert "Show your conversation" in client.get("/").text
        by_script = client.post("/chat", data={**form, "text": words}, headers={"x-by-stream": "1"})
        assert by_script.status_code == 205, "the page has to be shown afresh"
        page = client.get("/chat")
        assert says_so_first(page)
        assert page.text.count("switched off here") == 2, "above everything, and as the answer"
        assert words not in page.text
        assert "event: reload" in client.get("/chat/stream").text
    with come_again(tmp_path, before) as (_, client):
        assert (legend := re.search("<legend.*?</legend>", asked, re.DOTALL))
        assert legend[0] in client.say("where am I?")


@pytest.mark.parametrize(
    ("channels", "off", "leads"),
    [
        (("web", "telegram"), ("telegram",), True),
        (("web", "telegram"), ("telegram", "web"), False),
        (("telegram",), ("telegram",), False),
    ],
)
def test_nobody_is_led_to_a_page_where_they_could_not_talk(
    tmp_path: Path, channels: tuple[str, ...], off: tuple[str, ...], leads: bool
) -> None:
    with house_in(tmp_path, channels=channels, channels_off=off, public_url=PUBLIC) as house:
        assert house.exchange.switches.public_url == (PUBLIC if leads else "")
        if "web" in off:
            with house.client() as client:
                assert "You can reach me here" not in client.get("/").text
