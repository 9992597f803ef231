"""Where the chat is not among the channels, its addresses say so, no page leads to it, and all other pages stay."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.routing import Route

from adapters.web.chat_routes import chat_routes
from adapters.web.links import Links
from adapters.web.site import Site
from bot.storage import Connection

from .client import forms
from .house import House, house_in, sign_in_as

OF_THE_CHAT = {"adapters.web.chat", "adapters.web.chat_routes", "adapters.web.links", "adapters.web.another_device"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with house_in(folder, channels=("slack", "telegram", "teams"), channels_off=("slack",)) as made:
        yield made


def test_every_address_of_the_chat_says_where_it_is_instead_and_begins_nothing(house: House) -> None:
    site = Site(bytes(32))
    served = chat_routes(house.exchange, site, house.clock, links=Links(house.exchange, site, house.clock))
    with house.client() as client:
        token = forms(client.get("/join").text)[0]["csrf"]
        for one in served:
            assert isinstance(one, Route)
            for method in one.methods or ():
                sent = {"data": {"csrf": token, "start": "referral"}} if method == "POST" else {}
                answer = client.request(method, one.path, follow_redirects=False, **sent)
                assert answer.status_code == 404, one
                if method != "HEAD":
                    assert "There is no chat here" in answer.text
                    assert "Talk to the bot in Telegram or Microsoft Teams." in answer.text
                    assert "phone 999" in answer.text
    assert house.exchange.database.run_now(_kept) == 0


def test_no_other_page_leads_to_the_chat_and_each_is_there(house: House) -> None:
    lead = house.register("Lead", "lead", "administrator")
    pages = ("/join", "/join/done", "/join/none", "/sign-in", "/privacy", "/accessibility", "/nothing")
    with house.client() as client, house.client() as signed_in:
        shown = {one: client.get(one) for one in pages}
        shown["/home"] = sign_in_as(signed_in, lead)
        shown |= {one: signed_in.get(one) for one in ("/board", "/board/calendar", "/people", "/board/case/none")}
        assert client.get("/health/ready").text == "ready\n"
        assert client.get("/chat/exit", follow_redirects=False).headers["location"].startswith("https://")
    assert {one: answer.status_code for one, answer in shown.items()} == {
        **dict.fromkeys(shown, 200), "/join/none": 422, "/nothing": 404, "/board/case/none": 404
    }  # fmt: skip
    assert {one for one, answer in shown.items() if _to_chat(answer.text)} == set()


def test_the_chat_is_loaded_only_where_it_is_enabled(tmp_path: Path) -> None:
    loaded = "import sys, adapters.serve; print(*sorted(one for one in sys.modules if one.startswith('adapters.web.')))"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert OF_THE_CHAT & set(said.stdout.split()) == set()
    assert "adapters.web.board" in said.stdout.split()


def _to_chat(html: str) -> list[str]:
    return re.findall(r'(?:href|action)="(/|/(?:chat|resume)[^"]*)"', html)


def _kept(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM conversations")).scalar_one())
