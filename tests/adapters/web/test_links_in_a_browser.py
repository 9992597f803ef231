"""Links in Debian's Chromium: followed by mouse with JavaScript on, and looked at by axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .board_house import BoardHouse, board_in
from .person import QUESTIONS, by_clicking
from .serving import served
from .test_accessibility import NARROW
from .test_board_in_a_browser import WIDE, checked

pytestmark = pytest.mark.browser
LINKS = {
    "start=referral": "A serious incident: does it go to the safeguarding partners and the national Panel?",
    "topic=a-child-has-died": "",
    "ask=Who tells Ofsted?": "Ask a question",
    "topic=a-child-has-dyed": "That link leads nowhere",
}


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


sizes = pytest.mark.parametrize("page", [NARROW, WIDE], ids=["narrow", "wide"], indirect=True)


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, board: BoardHouse) -> Iterator[Page]:
    """A page of somebody who has not signed in; what the security policy refuses fails the test."""
    refused: list[str] = []
    with served(board.house.app) as url:
        context = chromium.new_context(base_url=url, viewport=getattr(request, "param", NARROW))
        # The first words may wait ten seconds for what listens to them to be loaded.
        context.set_default_timeout(30_000)
        context.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
        yield context.new_page()
        context.close()
    assert refused == []


def sign_in(page: Page, name: str) -> None:
    page.get_by_label(name).check()
    page.get_by_role("button", name="Sign in").click()


@sizes
def test_every_links_page_can_be_used_by_everyone(page: Page, axe: Path) -> None:
    for link, heading in LINKS.items():
        page.goto(f"/chat?{link}")
        if heading:
            expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        checked(page, axe, f"link-{link[:10]}")
    page.goto("/chat?ask=")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    checked(page, axe, "link-problem")


def test_a_dialog_begins_by_a_link_and_another_is_kept(page: Page, axe: Path) -> None:
    page.goto("/chat?start=referral")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    by_clicking(page, QUESTIONS[0])
    page.goto("/chat?start=protect")
    expect(page.get_by_text("You are in the middle of “A serious incident")).to_be_visible()
    checked(page, axe, "link-under-way")
    page.get_by_role("link", name="Carry on with it now").click()
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    page.goto("/chat?topic=a-child-has-died")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    checked(page, axe, "link-topic-answer")


def test_a_cases_link_leads_a_lead_there_through_signing_in(page: Page, board: BoardHouse, axe: Path) -> None:
    ref = board.opened()
    page.goto(f"/board/case/{ref}")
    checked(page, axe, "link-case-sign-in")
    sign_in(page, "Lee")
    expect(page.get_by_role("heading", name=f"Case {ref}")).to_be_visible()


def test_a_nudges_button_pressed_after_the_session_ended_leads_to_signing_in_and_back(
    page: Page, board: BoardHouse, axe: Path
) -> None:
    page.goto("/sign-in")
    sign_in(page, "Lee")
    page.goto("/chat?topic=a-child-has-died")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("#answer")).to_be_visible()
    ref = board.opened()
    nudged = page.get_by_role("button", name=f"Open case {ref}").or_(page.get_by_role("button", name="I have it"))
    expect(nudged.first).to_be_visible()
    checked(page, axe, "nudge")
    board.clock.turn(hours=1)
    nudged.first.click()
    expect(page.get_by_text("Nothing was recorded: you were signed out before you pressed that.")).to_be_visible()
    expect(page.get_by_text(ref)).to_have_count(0)
    checked(page, axe, "nudge-signed-out")
    sign_in(page, "Lee")
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    nudged.first.click()
    expect(page.locator(".app-turn--latest").get_by_text("nobody is signed in")).to_have_count(0)
    expect(page.locator(".app-turn--latest").get_by_text(ref).or_(page.get_by_text("Thank you.")).first).to_be_visible()
    checked(page, axe, "nudge-back")


def test_words_typed_after_the_session_ended_are_given_back_and_sent_after_signing_in(
    page: Page, board: BoardHouse, axe: Path
) -> None:
    page.goto("/sign-in")
    sign_in(page, "Lee")
    page.goto("/chat?topic=a-child-has-died")
    page.get_by_role("button", name="Show the answer").click()
    page.locator("#text").fill("What is a rapid review?")
    board.clock.turn(hours=1)
    page.locator("#text").press("Enter")
    expect(page.get_by_text("What is a rapid review?")).to_be_visible()
    checked(page, axe, "words-given-back")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, "Lee")
    page.get_by_role("button", name="I have signed in: go on").click()
    expect(page.locator("#text")).to_have_value("What is a rapid review?")
    checked(page, axe, "words-in-the-box")
    page.locator("#text").press("Enter")
    expect(page.locator(".app-turn--you").last).to_contain_text("A question.")


def test_of_two_messages_sent_quickly_after_the_session_ended_both_are_given_back(
    page: Page, board: BoardHouse
) -> None:
    page.goto("/sign-in")
    sign_in(page, "Lee")
    page.goto("/chat?topic=a-child-has-died")
    page.get_by_role("button", name="Show the answer").click()
    box = page.locator("#text")
    expect(box).to_be_visible()
    held: list[Route] = []
    page.route("**/chat", lambda route: route.continue_() if held else held.append(route))
    for words in ("What is a rapid review?", "And by when is it due?"):
        box.fill(words)
        # To press a key waits for what is sent by it, and that is held here.
        box.evaluate("box => box.form.requestSubmit()")
    box.fill("half typed")
    board.clock.turn(hours=1)
    held[0].continue_()
    both = page.get_by_text("What is a rapid review? And by when is it due? half typed")
    expect(both).to_be_visible()
