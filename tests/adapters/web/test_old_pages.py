"""A page left open while the conversation went on, with the real bot: nothing on it answers the newer question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot import wording
from bot.definitions import load_definitions
from bot.exchange import Exchange
from bot.storage import Database, KeyRing

from .client import Client
from .serving import application


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    database = Database.open(f"sqlite:///{tmp_path / 'bot.db'}", tmp_path)
    try:
        yield Exchange(database, KeyRing.from_keys([Fernet.generate_key().decode()]), load_definitions("exampleshire"))
    finally:
        database.close()


@pytest.fixture
def client(exchange: Exchange) -> Iterator[Client]:
    """A person who has said that nobody is in danger, what they are, and what they know."""
    with Client(application(exchange)) as made:
        for words in ("refer", "no", "ok", "police"):
            made.say(words)
        yield made


def answers(page: str) -> list[str]:
    """What the person is shown to have answered."""
    said = [turn.partition("</h2>")[2] for turn in page.split('class="app-turn ') if turn.startswith("app-turn--you")]
    return [turn.partition('<p class="govuk-body">')[2].partition("</p>")[0] for turn in said]


def test_words_typed_into_an_old_page_answer_no_other_question(client: Client) -> None:
    old = {**client.hidden(), "text": "yes"}
    client.say("yes")
    page = client.post("/chat", data=old).text
    assert wording.STALE in page
    assert answers(page)[-2:] == ["Yes.", "Words for an earlier question."]


def test_an_old_pages_back_button_takes_back_no_newer_answer(client: Client) -> None:
    old = {**client.hidden(number=1), "choice": "back"}
    client.say("yes")
    page = client.post("/chat", data=old).text
    assert wording.STALE in page
    assert "I have taken back" not in page


def test_an_old_page_still_stops(client: Client) -> None:
    old = {**client.hidden(number=1), "choice": "stop"}
    client.say("yes")
    assert wording.KEPT_OPEN in client.post("/chat", data=old).text


def test_an_old_page_sent_twice_is_refused_once(client: Client) -> None:
    old = {**client.hidden(), "text": "yes"}
    client.say("yes")
    assert client.post("/chat", data=old).text.count(wording.STALE) == 1
    assert client.post("/chat", data=old).text.count(wording.STALE) == 1


def test_an_answer_sent_twice_is_taken_once_and_refused_never(client: Client) -> None:
    form = {**client.hidden(), "text": "yes"}
    for _ in range(2):
        assert wording.STALE not in client.post("/chat", data=form).text
    assert answers(client.get("/chat").text)[-1] == "Yes."
