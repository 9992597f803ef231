"""Every kind of page passes axe-core, with and without JavaScript, and fits a screen 320 pixels wide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.allowed_here import Switches, said_where_off
from bot.definitions import load_definitions

from .canned import REPLIES, Canned
from .serving import SITE, application, served

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PATHS = ("/", "/chat", "/resume", "/accessibility", "/privacy", "/nowhere")
NARROW = {"width": 320, "height": 640}
SAID = tuple(words for words in REPLIES if words != "hostile")


def begun(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#answer")).to_be_visible()


def say(page: Page, words: str) -> None:
    page.wait_for_load_state("load")
    page.get_by_role("textbox").last.fill(words)
    page.get_by_role("textbox").last.press("Enter")
    expect(page.get_by_text(f"Typed: {words}.").last).to_be_visible()


def violations(page: Page, axe: Path) -> list[str]:
    """What axe-core complains of, one line for each element, once the page's style sheet is there."""
    page.wait_for_load_state("load")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", STANDARDS)
    assert found["passes"]
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its style sheet is there."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [NARROW, {"width": 1280, "height": 900}], ids=["narrow", "wide"])
def test_a_page_as_it_is_first_seen(visit: Visit, axe: Path, path: str, size: dict[str, int]) -> None:
    page = visit(viewport=size).new_page()
    if path == "/chat":
        begun(page)
    page.goto(path)
    assert violations(page, axe) == []
    assert overflow(page) == 0


def test_what_a_page_says_where_the_chat_is_switched_off(chromium: Browser, bot: Canned, axe: Path) -> None:
    off = said_where_off(load_definitions("exampleshire").area, Switches(off_words="Back on Monday."))
    with served(application(bot, replace(SITE, off=off))) as url:
        page = chromium.new_page(base_url=url, viewport=NARROW)
        page.goto("/")
        expect(page.get_by_text("Back on Monday.")).to_be_visible()
        assert violations(page, axe) == []
        assert overflow(page) == 0


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "no-javascript"])
def test_every_kind_of_reply(visit: Visit, axe: Path, script: bool) -> None:
    """Axe-core itself needs scripts, so a page made without them is looked at again with them."""
    context = visit(viewport=NARROW, java_script_enabled=script)
    page = context.new_page()
    begun(page)
    looked_at = page if script else visit(viewport=NARROW, storage_state=context.storage_state()).new_page()
    for words in SAID:
        say(page, words)
        if not script:
            looked_at.goto("/chat")
        assert violations(looked_at, axe) == [], words
        assert overflow(looked_at) == 0, words


@pytest.mark.parametrize("scale", [1, 2], ids=["100%", "200%"])
def test_a_wrong_code_a_given_code_and_the_way_back(visit: Visit, axe: Path, scale: int) -> None:
    page = visit(viewport={"width": 640 // scale, "height": 640}).new_page()
    begun(page)
    page.goto("/resume")
    page.get_by_label("Code").fill("nonsense")
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert violations(page, axe) == []
    page.get_by_role("button", name="Get a code").click()
    expect(page.locator(".app-code")).to_be_visible()
    assert violations(page, axe) == []
    assert overflow(page) == 0
    page.goto("/chat/exit")
    page.goto("/chat")
    expect(page.get_by_role("button", name="Carry on")).to_be_visible()
    assert violations(page, axe) == []


def test_words_that_cannot_be_broken_do_not_widen_the_page(visit: Visit) -> None:
    page = visit(viewport=NARROW).new_page()
    begun(page)
    say(page, "w" * 300)
    say(page, "hostile")
    assert overflow(page) == 0


def test_text_twice_as_large_still_fits(visit: Visit) -> None:
    page = visit(viewport=NARROW).new_page()
    begun(page)
    for words in ("card", "danger", "date"):
        say(page, words)
        page.locator("html").evaluate("html => html.style.setProperty('font-size', '200%')")
        assert overflow(page) == 0, words


def test_what_can_be_pressed_is_large_enough(visit: Visit) -> None:
    """WCAG 2.2 asks for 24 pixels; a thumb for more."""
    page = visit(viewport=NARROW).new_page()
    begun(page)
    for words in ("one", "many", "long", "date"):
        say(page, words)
        for one in page.locator("#answer :is(button, select, input:not([type=hidden]))").all():
            box = one.bounding_box()
            assert box
            assert box["height"] >= 38, one.evaluate("one => one.outerHTML")


def test_printed_a_conversation_keeps_its_words_and_drops_its_controls(visit: Visit) -> None:
    page = visit().new_page()
    begun(page)
    say(page, "danger")
    say(page, "many")
    page.emulate_media(media="print")
    expect(page.get_by_text("Phone 999 now")).to_be_visible()
    expect(page.locator(".app-question").last).to_be_visible()
    expect(page.get_by_role("button", name="Exit this page")).to_be_hidden()
    expect(page.get_by_role("button", name="Continue")).to_be_hidden()
