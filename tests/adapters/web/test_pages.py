"""Every kind of block has its place on the page, and every page works without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import adapters.web
from adapters.web.conversations import TURNS
from adapters.web.prose import parts, safe
from adapters.web.render import asked, view
from bot.delivering.nudge_message import NUDGES
from bot.messages import Anchor, Bold, Bullets, Field, Form, Option, Reply, Text
from bot.passage import Entry, Passage

from .canned import MANY, ONE, Canned
from .client import Client
from .serving import application

WEB = Path(adapters.web.__file__).parent


@pytest.fixture
def client(bot: Canned) -> Iterator[Client]:
    with Client(application(bot)) as made:
        yield made


def passage(*entries: Entry) -> Passage:
    return Passage("one", entries, is_whole=True)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("one", ["govuk-inset-text", 'type="radio"', "Lasting or life-changing", "Help with this question"]),
        ("many", ['type="checkbox"', "Choose all that apply."]),
        ("long", ["<select", "Role number 14", "Choose one"]),
        ("date", ['name="day"', 'name="month"', 'name="year"', "Or type the date", "Such as 18/12."]),
        ("form", ["<textarea", 'name="field-short"', "No names.", "Tell me more"]),
        ("purple", ["govuk-error-summary", 'href="#choice"', 'id="choice-error"', "<title>Error: "]),
        ("31 2", ['href="#day"', 'id="date-error"']),
        ("danger", ["app-emergency", 'href="tel:999"', "Phone 999 now"]),
        ("card", ["govuk-summary-list", "R-7K3M2Q", 'href="https://law.test/"', "<li>Write it down.</li>"]),
        ("file", ['href="/documents/R-7K3M2Q-1.txt"', 'href="https://panel.test/"']),
        ("wait", ["Working on it."]),
        ("words", ["Type your message"]),
    ],
)
def test_each_block_has_its_component(client: Client, words: str, shown: list[str]) -> None:
    page = client.say(words)
    assert [one for one in shown if one not in page] == []


@pytest.mark.parametrize("words", ["one", "many", "long", "date", "form", "words"])
def test_whatever_is_asked_can_be_answered_by_typing(client: Client, words: str) -> None:
    assert client.say(words).count('name="text"') == 1


def test_only_the_newest_question_can_be_answered_and_the_older_ones_stay_to_be_read(client: Client) -> None:
    client.say("many")
    client.say("long")
    page = client.say("date")
    assert 'type="checkbox"' not in page
    assert "<select" not in page
    assert all(prompt in page for prompt in ("Which of these apply?", "What is your role?"))


def test_an_older_problem_is_no_error_any_more(client: Client) -> None:
    client.say("purple")
    page = client.say("card")
    assert "I could not take that as an answer." in page
    assert "govuk-error-summary" not in page
    assert "<title>Your conversation" in page


def test_the_newest_reply_is_where_the_page_opens(client: Client) -> None:
    page = client.say("many")
    assert page.count('id="latest" tabindex="-1"') == 1
    newest = page.partition('id="latest"')[2]
    assert "Which of these apply?" in newest
    assert "I help you decide" not in newest


def test_a_person_sees_what_was_understood_with_the_time_in_london() -> None:
    at = datetime(2026, 7, 1, 11, 5, tzinfo=UTC)
    (turn,) = view(passage(Entry(2, "you", at, words="The child died."))).turns
    assert (turn.time, turn.day, turn.words) == ("12:05pm", "Wednesday 1 July 2026", "The child died.")


def test_the_day_is_said_when_it_changes() -> None:
    moments = [datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, 0, 1, tzinfo=UTC)]
    entries = [Entry(n, "bot", at, reply=Reply((ONE,))) for n, at in enumerate((*moments, moments[1]), 1)]
    assert [turn.day for turn in view(passage(*entries)).turns] == [
        "Sunday 22 November 2026",
        "Monday 23 November 2026",
        "",
    ]


def test_a_note_said_before_is_shown_in_the_newest_reply_only() -> None:
    note = Text.of("An invented area.", tone="note")
    at = datetime(2026, 11, 23, tzinfo=UTC)
    turns = view(passage(*(Entry(n, "bot", at, reply=Reply((note, ONE))) for n in (1, 2)))).turns
    assert [turn.pieces[0].repeated for turn in turns] == [False, True]


def test_of_two_questions_the_last_is_asked() -> None:
    assert asked(Reply((ONE, MANY)), {}).id == MANY.prompt


def test_a_reminder_takes_no_open_question_away_and_brings_its_buttons() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    question = Reply((ONE,), shortcuts=(Option("back", "Back"),))
    reminders = [Reply((Text.of("Case 26-001."),), key=NUDGES, shortcuts=(Option(name, name),)) for name in "ab"]
    shown = view(passage(*(Entry(n, "bot", at, reply=one) for n, one in enumerate([question, *reminders], 1))))
    assert (shown.asked.id, [one.id for one in shown.asked.shortcuts]) == (ONE.prompt, ["b", "back"])
    assert [turn.seq for turn in shown.turns] == [1, 2, 3]
    only = view(passage(Entry(1, "bot", at, reply=reminders[0])))
    assert (only.asked.kind, [one.id for one in only.asked.shortcuts]) == ("words", ["a"])


def test_a_form_asks_only_its_first_date_in_three_parts() -> None:
    """The parts have no name of their own."""
    form = Form("two", "Two days", (Field("a", "From", "date"), Field("b", "To", "date")))
    assert [blank.kind for blank in asked(Reply((form,)), {}).blanks] == ["date", "line"]


def test_bold_words_over_a_list_are_a_heading_and_alone_they_are_not() -> None:
    assert [part.kind for part in parts(Text.of(Bold("Do"), Bullets(("a",))))] == ["heading", "list"]
    assert [part.kind for part in parts(Text.of(Bold("Do")))] == ["paragraph"]


def test_an_empty_line_parts_paragraphs_and_a_line_end_breaks_the_line() -> None:
    one, two = parts(Text.of("a\nb\n\nc ", Bold("d"), "\n"))
    assert [inline.kind for inline in one.inlines] == ["plain", "break", "plain"]
    assert [(inline.kind, inline.text) for inline in two.inlines] == [("plain", "c "), ("bold", "d")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//evil.test", "JavaScript:x"]
)
def test_no_link_leads_to_a_script_or_a_hidden_host(url: str) -> None:
    assert not safe(url)
    (part,) = parts(Text.of(Anchor("words", url)))
    assert [(inline.kind, inline.text) for inline in part.inlines] == [("plain", f"words ({url})")]


@pytest.mark.parametrize("url", ["https://a.test/b", "mailto:a@b.test", "tel:999", "/privacy"])
def test_ordinary_links_are_links(url: str) -> None:
    assert safe(url)


def test_a_code_leads_another_browser_to_the_conversation_once(client: Client, bot: Canned) -> None:
    client.say("purple")
    code = client.post("/resume/code", data=client.hidden("/resume", 1)).text
    assert "BCDF-2345" in code
    with Client(application(bot)) as other, Client(application(bot)) as third:
        form = {**other.hidden("/resume"), "code": " bcdf-2345 "}
        assert "Typed: purple." in other.post("/resume", data=form).text
        again = third.post("/resume", data={**third.hidden("/resume"), "code": "BCDF-2345"})
        assert again.status_code == 422
        assert "That code did not work" in again.text


@pytest.mark.parametrize(
    ("code", "complaint"), [("", "Type the code"), ("nonsense", "did not work"), ("x" * 9000, "did")]
)
def test_a_wrong_code_is_complained_of_kindly(client: Client, code: str, complaint: str) -> None:
    page = client.post("/resume", data={**client.hidden("/resume"), "code": code}).text
    assert complaint in page
    assert "<title>Error: " in page
    assert 'href="#code"' in page


def test_looking_at_the_form_for_a_code_spends_nothing(client: Client, bot: Canned) -> None:
    """Link previews look at addresses."""
    client.say("purple")
    client.post("/resume/code", data=client.hidden("/resume", 1))
    with Client(application(bot)) as other:
        other.get("/resume?code=BCDF-2345")
        other.get("/resume/code?code=BCDF-2345")
    assert bot.codes


def test_exit_leads_to_a_harmless_page_and_the_conversation_is_shown_only_when_asked_for(client: Client) -> None:
    client.say("purple")
    assert client.get("/chat/exit").text == "Dry, with sunny spells."
    page = client.get("/chat").text
    assert "Typed: purple." not in page
    assert "not shown until you ask for it" in page
    assert "Typed: purple." in client.post("/chat/return", data=client.hidden("/")).text


def test_exit_works_by_post_as_well(client: Client) -> None:
    client.say("purple")
    assert client.post("/chat/exit").status_code in {200, 405}
    assert "Typed: purple." not in client.get("/chat").text


def test_the_start_page_says_start_and_later_carry_on(client: Client) -> None:
    assert re.search(r"<button[^>]*>\s*Start", client.get("/").text)
    client.begin()
    assert re.search(r"draggable[^>]*>\s*Carry on", client.get("/").text)


def test_the_statement_says_when_and_how_it_was_checked(client: Client) -> None:
    page = client.get("/accessibility").text
    assert all(words in page for words in ("23 November 2026", "axe-core 4.14.1", "not yet been tested by people"))


def test_privacy_says_for_how_long(client: Client) -> None:
    assert "90 days" in client.get("/privacy").text


def test_the_style_sheet_asks_for_nothing_and_has_nothing_of_gov_uk_services_alone() -> None:
    """The typeface and the crown are for gov.uk services."""
    styles = (WEB / "static" / "main.css").read_text(encoding="utf-8")
    assert "url(" not in styles
    assert "@import" not in styles
    assert not re.search(r"gds|crest|crown|@font-face", styles, re.IGNORECASE)
    assert "arial" in styles


def test_no_page_has_script_or_style_within_it() -> None:
    """The content security policy would refuse it."""
    for template in WEB.glob("pages/*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"/static/)", text), template.name


def test_the_style_sheet_is_sent_small(client: Client) -> None:
    answer = client.get("/static/main.css")
    assert answer.headers["content-encoding"] == "gzip"


def test_of_a_long_conversation_the_newest_turns_are_shown_and_read_and_the_earlier_ones_can_be_had(
    client: Client, bot: Canned
) -> None:
    for _ in range(2 * TURNS):
        client.say("one")
    bot.looked_at = 0
    page = client.get("/chat").text
    assert bot.looked_at == page.count('class="app-turn ') == 2 * TURNS
    assert "I help you decide" not in page
    (more,) = re.findall(r'<a class="govuk-link" href="([^"]*)">Show earlier messages', page)
    assert client.get(more).text.count('class="app-turn ') == 4 * TURNS
    whole = client.get(f"/chat?turns={4 * TURNS}").text
    assert "I help you decide" in whole
    assert "Show earlier messages" not in whole


@pytest.mark.parametrize("turns", ["", "0", "-1", "x", "9" * 40, "1"])
def test_a_number_of_turns_that_is_none_shows_the_page_as_ever(client: Client, turns: str) -> None:
    client.say("one")
    assert client.get(f"/chat?turns={turns}").text.count('class="app-turn ') == 3


def test_to_take_an_answer_only_the_newest_turn_is_read(client: Client, bot: Canned) -> None:
    client.say("one")
    client.say("many")
    form = client.hidden()
    bot.looked_at = 0
    client.post("/chat", data={**form, "text": "one"}, follow_redirects=False)
    assert bot.looked_at <= 2
