"""A person going through a referral in a browser: by clicking, by typing, or by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from .test_in_a_browser import tab_to

AN_INPUT = "input[name=choice]"


@dataclass(frozen=True)
class Step:
    """One answer: what it is labelled where it can be chosen, or a day, month and year; and the words for it."""

    label: str
    words: str
    date: tuple[str, ...] = ()


Answer = Callable[[Page, Step], None]

# A nurse at ten to five on the Friday before Christmas: a baby badly hurt here, abuse suspected, the Panel not told.
DOOR = Step("A serious incident", "serious incident")
ROLE = Step("Health", "nurse")
DATE = Step("", "today", ("18", "12", "2026"))
FLAGS = Step("None of these", "none")
CONFIRM = Step("Yes, show the decision", "yes")
QUESTIONS = (
    Step("No", "no"),
    Step("I understand", "ok"),
    ROLE,
    Step("Yes", "yes"),
    Step("Under 18", "5 months"),
    Step("Very seriously hurt", "seriously hurt"),
    Step("Suspected", "suspected"),
    Step("In our area", "our area"),
    Step("In our area", "our area"),
    Step("Recently", "recently"),
    Step("Yes", "yes"),
    DATE,
    Step("No", "no"),
    FLAGS,
)
DOCUMENT = Step("Get the document", "document")


def arrive(page: Page) -> None:
    """Comes to the doors from the start page."""
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
    is_drawn(page)


def answered(page: Page, doing: Callable[[], None]) -> None:
    """Does something that the bot replies to, and waits for the reply."""
    last = page.locator("#answer").get_attribute("data-last")
    doing()
    # The first typed words may wait ten seconds for what understands them to be loaded.
    page.locator(f"#answer:not([data-last='{last}'])").wait_for(timeout=60_000)
    is_drawn(page)


def is_drawn(page: Page) -> None:
    """Waits until a person sees the page: as it is first drawn, the browser takes the focus to its newest part."""
    page.wait_for_load_state()
    expect(page.locator("#latest:focus, #text:focus, .govuk-error-summary:focus")).to_have_count(1)


def by_clicking(page: Page, step: Step) -> None:
    """Chooses with the mouse; a date goes into its three fields."""
    for name, value in zip(("Day", "Month", "Year"), step.date, strict=False):
        page.get_by_label(name, exact=True).fill(value)
    if not step.date:
        shown = re.compile(rf"^{re.escape(step.label)}\b")
        page.get_by_role("radio", name=shown).or_(page.get_by_role("checkbox", name=shown)).check()
    answered(page, page.get_by_role("button", name="Continue").click)


def by_typing(page: Page, step: Step) -> None:
    """Types the words in the box under every question."""
    box = page.get_by_role("textbox").last
    box.fill(step.words)
    answered(page, lambda: box.press("Enter"))


def by_keyboard(page: Page, step: Step) -> None:
    """Tab, arrows, Space and Enter, and nothing else but the digits of a date."""
    if step.date:
        tab_to(page, "Day")
        for number, value in enumerate(step.date):
            if number:
                page.keyboard.press("Tab")
            page.keyboard.type(value)
    else:
        _choose(page, step.label)
    tab_to(page, "Continue")
    answered(page, lambda: page.keyboard.press("Enter"))


def _choose(page: Page, label: str) -> None:
    one = page.locator(f"{AN_INPUT}:focus")
    for _ in range(10):
        page.keyboard.press("Tab")
        if one.count():
            break
    is_radio = one.get_attribute("type") == "radio"
    if is_radio:
        page.keyboard.press("Space")
    for _ in range(20):
        if _label(page).startswith(label):
            break
        page.keyboard.press("ArrowDown" if is_radio else "Tab")
    if not is_radio:
        page.keyboard.press("Space")
    assert _label(page).startswith(label)
    expect(one).to_be_checked()


def _label(page: Page) -> str:
    return str(page.locator(f"{AN_INPUT}:focus").evaluate("one => one.labels[0].textContent.trim()"))


def newest(page: Page) -> str:
    """The newest reply, as it is seen."""
    return page.locator("li.app-turn--latest").inner_text()


def decided(page: Page, answer: Answer = by_typing) -> str:
    """Goes from the start page to the decision and gives the decision's reference."""
    arrive(page)
    for step in (DOOR, *QUESTIONS, CONFIRM):
        answer(page, step)
    return reference(page)


def reference(page: Page) -> str:
    """The reference that the newest reply asks to keep, such as R-7K3M2Q."""
    found = re.search(r"\bR-[2-9A-Z]{6}\b", newest(page))
    assert found, newest(page)
    return found[0]


def downloaded(page: Page, name: str, follow: Callable[[], None] | None = None) -> bytes:
    """The document of this name, kept as a file."""
    with page.expect_download() as waiting:
        (follow or page.get_by_role("link", name=f"Download {name}").click)()
    assert waiting.value.suggested_filename == name
    return Path(waiting.value.path()).read_bytes()
