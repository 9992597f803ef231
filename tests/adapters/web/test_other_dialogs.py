"""The dialogs without a door of their own, on the page and without JavaScript: the same as anywhere, own words too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from adapters.serve import application
from adapters.settings import Settings
from adapters.workplace import opened
from bot.clock import LONDON
from bot.definitions import load_definitions

from .client import Client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A browser at the real bot on a Monday morning."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "file")
    with opened(settings, load_definitions("exampleshire")) as exchange:
        app = application(exchange, settings, lambda: datetime(2026, 11, 23, 10, 0, tzinfo=LONDON))
        with Client(app) as made:
            yield made


def say(client: Client, *words: str) -> str:
    page = ""
    for one in words:
        page = client.say(one)
    return page


def fill_in(client: Client, words: str) -> str:
    return client.post("/chat", data={**client.hidden(), "field-words": words}).text


def test_a_reason_is_written_in_a_box_and_read_back(client: Client) -> None:
    page = say(client, "review outcome", "no", "ok", "partner", "no", "yes")
    assert '<textarea class="govuk-textarea" id="field-words"' in page
    page = fill_in(client, "The school\nwas not told.")
    assert "Why (improvements needed): The school was not told." in page
    assert "In my own words." in page


def test_a_name_in_the_box_is_stopped_and_never_shown_again(client: Client) -> None:
    say(client, "review outcome", "no", "ok", "partner", "no", "yes")
    page = fill_in(client, "Kylie Blenkinsop was not told")
    assert "It looks as if that has a name in it" in page
    assert "Blenkinsop" not in page


def test_an_empty_box_is_no_reason_and_there_is_no_button_to_skip_it(client: Client) -> None:
    page = say(client, "review outcome", "no", "ok", "partner", "no", "no")
    assert 'value="skip"' not in page
    assert "I need a reason here" in fill_in(client, "")
    assert "themes that come up again" in fill_in(client, "The rapid review found none of it.")


def test_a_disagreement_comes_to_its_steps_with_dates(client: Client) -> None:
    page = say(client, "disagreement", "no", "ok", "notifying", "council", "no", "step 1", "today", "yes")
    assert "Step 2: go to head of safeguarding in each agency" in page
    assert "latest Tue 24 Nov 2026" in page


def test_new_information_is_a_button_after_the_decision(client: Client) -> None:
    referral = ("3", "no", "ok", "nurse", "yes", "under 18", "near miss", "no", "recently", "none", "yes")
    assert "Something new has come up" in say(client, *referral)
    page = say(client, "something new has come up", "no", "ok", "none", "no", "yes")
    assert "Nothing has changed." in page
