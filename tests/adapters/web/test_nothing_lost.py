"""What a person does in a browser while the page changes under their hands: no press or word is lost or doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from bot.delivering.nudge_message import NUDGES
from bot.messages import Reply, Text, Typed
from bot.passage import Entry

from .canned import BEGAN, Canned
from .test_in_a_browser import Visit, begin

pytestmark = pytest.mark.browser
HINT = "Or type your answer"


class Held:
    """What the page sends waits on its way until it is let go."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._first: Route | None = None
        page.route("**/chat", self._hold)

    def _hold(self, route: Route) -> None:
        if self._first is None:
            self._first = route
        else:
            route.continue_()

    def wait(self) -> Route:
        """What is on its way, once it is."""
        while self._first is None:
            self._page.wait_for_timeout(10)
        return self._first


def remind(bot: Canned) -> None:
    """Something comes by itself that asks nothing; the bot runs in a thread of its own."""
    for said in bot.entries.values():
        said.append(Entry(len(said) + 1, "bot", BEGAN, reply=Reply((Text.of("A reminder has come."),), key=NUDGES)))
    for news in bot._news:
        while news._loop is None:
            continue
        news._loop.call_soon_threadsafe(news.set)


def said(bot: Canned) -> list[str]:
    return [turn.said.text for turn in bot.taken if isinstance(turn.said, Typed)]


def typed(page: Page, words: str) -> None:
    page.get_by_label(HINT).fill(words)
    page.get_by_label(HINT).press("Enter")


def test_what_is_sent_while_an_answer_is_on_its_way_goes_after_it_and_once(visit: Visit, bot: Canned) -> None:
    page = begin(visit)
    way = Held(page)
    for words in ("many", "long", "long", "words"):
        typed(page, words)
    page.get_by_label(HINT).fill("half a sen")
    way.wait().continue_()
    expect(page.get_by_text("Typed: words.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("half a sen")
    expect(page.get_by_role("textbox")).to_be_focused()
    assert said(bot) == ["many", "long", "words"]


def test_words_half_typed_outlive_the_reply_to_those_before(visit: Visit, bot: Canned) -> None:
    page = begin(visit)
    way = Held(page)
    typed(page, "many")
    page.get_by_label(HINT).fill("half a sen")
    way.wait().continue_()
    expect(page.get_by_text("Typed: many.")).to_be_visible()
    expect(page.get_by_label(HINT)).to_have_value("half a sen")
    expect(page.get_by_label(HINT)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Typed: half a sen.")).to_be_visible()
    assert said(bot) == ["many", "half a sen"]


def test_what_did_not_go_stands_in_the_box_with_what_was_typed_after_it(visit: Visit, bot: Canned) -> None:
    page = begin(visit)
    way = Held(page)
    typed(page, "first")
    typed(page, "second")
    way.wait().abort()
    expect(page.get_by_role("status").filter(has_text="That was not sent.")).to_be_visible()
    expect(page.get_by_label(HINT)).to_have_value("first second")
    assert said(bot) == []


@pytest.mark.parametrize("name", ["The child died", "Continue", HINT])
def test_a_reminder_leaves_the_focus_where_it_was(visit: Visit, bot: Canned, name: str) -> None:
    page = begin(visit)
    page.get_by_label("The child died").check()
    one = page.get_by_label(name).or_(page.get_by_role("button", name=name))
    one.focus()
    remind(bot)
    expect(page.get_by_text("A reminder has come.")).to_be_visible()
    expect(one).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    assert len(bot.taken) == 1


@pytest.mark.parametrize("by", ["mouse", "space"])
def test_a_press_that_a_reminder_falls_into_is_a_press(visit: Visit, bot: Canned, by: str) -> None:
    page = begin(visit)
    page.get_by_label("The child died").check()
    button = page.get_by_role("button", name="Continue")
    button.hover()
    button.focus()
    if by == "mouse":
        page.mouse.down()
    else:
        page.keyboard.down("Space")
    with page.expect_event("console", lambda line: line.text == "it has come"):
        page.evaluate(
            """() => new EventSource('/chat/stream?after=' + document.querySelector('#answer').dataset.last)
                .addEventListener('turns', () => setTimeout(() => console.log('it has come')))"""
        )
        remind(bot)
    expect(page.get_by_text("A reminder has come.")).to_have_count(0)
    if by == "mouse":
        page.mouse.up()
    else:
        page.keyboard.up("Space")
    expect(page.get_by_text("A reminder has come.")).to_be_visible()
    expect(page.get_by_text("Chose died of 1-effect.")).to_be_visible()
    assert len(bot.taken) == 1
