"""What a form says reaches the bot as it was meant, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.messages import NOTHING_ASKED, Chosen, Filled, Said, Typed

from .canned import Canned
from .client import Client
from .serving import application


@pytest.fixture
def client(bot: Canned) -> Iterator[Client]:
    with Client(application(bot)) as made:
        yield made


@pytest.mark.parametrize(
    ("asked", "fields", "meant"),
    [
        ("one", {"choice": "died"}, Chosen("1-effect", ("died",))),
        ("one", {"choice": "died", "text": "why?"}, Typed("why?", "1-effect")),
        ("one", {}, Typed("", "1-effect")),
        ("one", {"text": "  two \x00\t words "}, Typed("two   words", "1-effect")),
        ("many", {"choice": ["press", "police"]}, Chosen("1-flags", ("press", "police"))),
        ("many", {}, Typed("", "1-flags")),
        ("long", {"choice": "role-12"}, Chosen("1-role", ("role-12",))),
        ("long", {"choice": ""}, Typed("", "1-role")),
        (
            "date",
            {"day": "1", "month": "March", "year": ""},
            Filled("1-aware_on", (("day", "1"), ("month", "March"), ("year", ""))),
        ),
        ("date", {"day": "", "month": "", "year": "", "text": "last Friday"}, Typed("last Friday", "1-aware_on")),
        (
            "form",
            {"field-short": "a", "field-more": "b\r\nc"},
            Filled("1-notes", (("short", "a"), ("more", "b\nc"))),
        ),
        ("words", {"text": "What is a rapid review?"}, Typed("What is a rapid review?", NOTHING_ASKED)),
        ("words", {"text": ""}, Typed("", NOTHING_ASKED)),
    ],
)
def test_a_form_says_what_was_meant(
    client: Client, bot: Canned, asked: str, fields: dict[str, str | list[str]], meant: Said
) -> None:
    client.say(asked)
    client.post("/chat", data={**client.hidden(), **fields})
    assert bot.taken[-1].said == meant


def test_a_short_cut_is_a_command_that_says_what_it_stood_under(client: Client, bot: Canned) -> None:
    client.begin()
    client.post("/chat", data={**client.hidden(number=1), "choice": "back"})
    assert bot.taken[-1].said == Chosen("command", ("back",), "1-effect")


def test_the_same_form_sent_twice_is_one_event(client: Client, bot: Canned) -> None:
    client.begin()
    form = {**client.hidden(), "choice": "died"}
    for _ in range(3):
        assert client.post("/chat", data=form).status_code == 200
    assert len(bot.taken) == 1


def test_the_same_form_with_another_answer_is_another_event(client: Client, bot: Canned) -> None:
    """Whoever goes back in the browser and answers otherwise is heard."""
    form = client.hidden()
    client.post("/chat", data={**form, "choice": "died"})
    client.post("/chat", data={**form, "choice": "harmed"})
    assert len(bot.taken) == 2


def test_the_same_answer_to_a_form_shown_again_is_another_event(client: Client, bot: Canned) -> None:
    for _ in range(2):
        client.post("/chat", data={**client.hidden(), "choice": "died"})
    assert len(bot.taken) == 2


def test_a_browser_keeps_its_conversation_and_shares_it_with_nobody(bot: Canned) -> None:
    with Client(application(bot)) as one, Client(application(bot)) as other:
        assert "Typed: purple." in one.say("purple")
        assert "Typed: purple." in one.get("/chat").text
        assert "Typed: purple." not in other.get("/chat").text


def test_the_cookie_is_kept_nowhere_with_the_conversation(client: Client, bot: Canned) -> None:
    """Who reads the database cannot become a browser."""
    client.say("one")
    cookie = client.cookies["browser"]
    turn = bot.taken[-1]
    assert cookie not in {turn.conversation, turn.person, turn.event}
    assert turn.conversation == turn.person


def test_without_javascript_the_page_follows_with_the_newest_message(client: Client) -> None:
    answer = client.post("/chat", data={**client.hidden(), "text": "one"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat#latest")


def test_with_javascript_nothing_follows_but_what_the_stream_brings(client: Client, bot: Canned) -> None:
    page = client.begin().text
    mark = page.partition('data-mark="')[2].partition('"')[0]
    sent = {**client.hidden(), "text": "one", "mark": mark}
    assert client.post("/chat", data=sent, headers={"X-By-Stream": "1"}).status_code == 204
    assert len(bot.taken) == 1


def test_a_script_is_told_when_its_browser_was_led_to_another_conversation(bot: Canned) -> None:
    with Client(application(bot)) as one, Client(application(bot)) as other:
        one.say("purple")
        one.post("/resume/code", data=one.hidden("/resume", 1))
        page = other.begin().text
        mark = page.partition('data-mark="')[2].partition('"')[0]
        sent = {**other.hidden(), "text": "resume BCDF-2345", "mark": mark}
        assert other.post("/chat", data=sent, headers={"X-By-Stream": "1"}).status_code == 205
        assert "Typed: purple." in other.get("/chat").text


def test_after_a_slip_a_date_stands_in_its_form_again_once(client: Client) -> None:
    client.say("date")
    page = client.post("/chat", data={**client.hidden(), "day": "31", "month": "2", "year": "2026"}).text
    assert page.count("<title>Error: ") == 1
    assert all(f'value="{part}"' in page for part in ("31", "2", "2026"))
    assert 'value="31"' not in client.get("/chat").text


def test_after_a_slip_choices_stand_in_their_form_again_and_words_do_not(client: Client) -> None:
    client.say("one")
    page = client.post("/chat", data={**client.hidden(), "choice": "harmed", "text": "purple"}).text
    assert 'value="harmed" checked' in page
    assert 'value="purple"' not in page
