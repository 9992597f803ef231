"""A whole referral with the real bot in a real browser, from the doors to the decision and its three documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from adapters.serve import application
from adapters.settings import Settings
from adapters.workplace import opened
from bot.clock import LONDON
from bot.definitions import Definitions, load_definitions
from tests.storage.empty import furnish

from .person import (
    CONFIRM,
    DATE,
    DOCUMENT,
    DOOR,
    FLAGS,
    QUESTIONS,
    ROLE,
    Answer,
    Step,
    answered,
    arrive,
    by_clicking,
    by_keyboard,
    by_typing,
    decided,
    downloaded,
    newest,
    reference,
)
from .serving import served
from .test_accessibility import NARROW, overflow, violations
from .test_in_a_browser import tab_to

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
DESKTOP = {"width": 1280, "height": 900}
# What is seen after these answers: a question, the answers to check, and the decision.
LOOKED_AT = (ROLE, FLAGS, CONFIRM)
REFUSED = "That code did not work."
ASKED_AND_ANSWERED = "Abuse or neglect: Suspected"
"""An earlier question in the list of those that can be changed, with what was answered."""


class TurnedClock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.at = datetime(2026, 12, 18, 16, 50, tzinfo=LONDON)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions("exampleshire")


@pytest.fixture
def clock() -> TurnedClock:
    """Ten to five on the Friday before Christmas."""
    return TurnedClock()


@pytest.fixture
def url(tmp_path: Path, definitions: Definitions, clock: TurnedClock) -> Iterator[str]:
    """Where the real bot is served."""
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "keys" / "file")
    furnish(settings.data_dir)
    with opened(settings, definitions) as exchange, served(application(exchange, settings, clock)) as address:
        yield address


@pytest.fixture
def come(visit: Visit) -> Iterator[Visit]:
    """Makes a visitor whose console must stay free of errors, but that a refused code is one to Chromium."""
    errors: list[str] = []

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error" and "status of 422" not in said.text:
            errors.append(said.text)

    def visitor(**options: object) -> BrowserContext:
        context = visit(viewport=DESKTOP, **options)
        context.on("console", heard)
        return context

    yield visitor
    assert errors == []


def no_day(page: Page) -> None:
    """A date that does not exist, in its three fields, with the mouse."""
    by_clicking(page, Step("", "", ("31", "2", "2026")))


def no_day_typed(page: Page) -> None:
    by_typing(page, Step("", "31/2/2026"))


def nothing(page: Page) -> None:
    """Going on without an answer, by the keyboard."""
    tab_to(page, "Continue")
    answered(page, lambda: page.keyboard.press("Space"))


@pytest.mark.parametrize(
    ("answer", "slip", "script"),
    [(by_clicking, no_day, True), (by_typing, no_day_typed, False), (by_keyboard, nothing, True)],
    ids=["clicking", "typing-no-javascript", "keyboard"],
)
def test_from_the_doors_to_the_decision_and_its_documents(
    come: Visit, axe: Path, answer: Answer, slip: Callable[[Page], None], script: bool
) -> None:
    """Each kind of page on the way passes axe-core, which itself needs scripts: a second look is had with them."""
    page = come(java_script_enabled=script).new_page()
    page.goto("/")
    if answer is by_keyboard:
        tab_to(page, "Start")
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Start").click()
    expect(page.locator("#answer")).to_be_visible()
    looked_at = page if script else come(storage_state=page.context.storage_state()).new_page()

    def sound() -> None:
        if looked_at is not page:
            looked_at.goto("/chat")
        assert violations(looked_at, axe) == []

    sound()
    for step in (DOOR, *QUESTIONS, CONFIRM):
        if step is DATE:
            sound()
            slip(page)
            expect(page).to_have_title("Error: Your conversation – Safeguarding bot")
            sound()
        answer(page, step)
        if step in LOOKED_AT:
            sound()
    seen = newest(page)
    assert "Likely notifiable" in seen
    assert "Tue 29 Dec 2026" in seen
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert overflow(page) == 0
    kept = reference(page)
    answer(page, DOCUMENT)
    documents_hold(page, kept, answer)


def documents_hold(page: Page, kept: str, answer: Answer) -> None:
    """The three documents can be had, and each holds the reference."""

    def document(kind: str) -> bytes:
        name = f"{kept}-1.{kind}"
        if answer is not by_keyboard:
            return downloaded(page, name)
        tab_to(page, name)
        return downloaded(page, name, lambda: page.keyboard.press("Enter"))

    word = docx.Document(BytesIO(document("docx")))
    assert kept in "".join(word.element.body.itertext())
    assert kept in document("html").decode()
    text = document("txt").decode()
    assert kept in text
    assert "Tue 29 Dec 2026" in text


def test_an_answer_changed_after_the_decision_makes_a_second_version_that_says_what_is_different(come: Visit) -> None:
    page = come().new_page()
    kept = decided(page)
    assert "version 1" in newest(page)
    by_clicking(page, Step("Change an answer and decide again", ""))
    page.get_by_label("Which answer do you want to change?").select_option(label=ASKED_AND_ANSWERED)
    answered(page, page.get_by_role("button", name="Continue").click)
    by_clicking(page, Step("Not sure", ""))
    by_clicking(page, Step("Yes", ""))
    by_clicking(page, CONFIRM)
    assert "What is different from version 1" in newest(page)
    assert reference(page) == kept
    assert "version 2" in newest(page)
    by_clicking(page, DOCUMENT)
    assert "version 2" in downloaded(page, f"{kept}-2.txt").decode().lower()


def begun(page: Page) -> str:
    """Answers up to the question what happened, and gives that question."""
    arrive(page)
    for step in (DOOR, *QUESTIONS[:5]):
        by_typing(page, step)
    return asked(page)


def asked(page: Page) -> str:
    return page.locator("#answer legend").inner_text()


def test_who_stops_and_closes_the_browser_carries_on_in_it_days_later(come: Visit, clock: TurnedClock) -> None:
    page = come().new_page()
    question = begun(page)
    answered(page, page.get_by_role("button", name="Stop for now").click)
    assert "Your place is kept" in newest(page)
    cookies = page.context.storage_state()
    page.context.close()
    clock.turn(timedelta(days=3))
    back = come(storage_state=cookies).new_page()
    back.goto("/")
    back.get_by_role("button", name="Carry on").click()
    answered(back, back.get_by_role("button", name="Carry on").click)
    assert asked(back) == question
    for step in (*QUESTIONS[5:-3], Step("", "18/12"), *QUESTIONS[-2:], CONFIRM):
        by_typing(back, step)
    assert "Likely notifiable" in newest(back)


def code_from(page: Page) -> str:
    page.get_by_role("link", name="Use another device").click()
    page.get_by_role("button", name="Get a code").click()
    return page.locator(".app-code").inner_text()


def spend(page: Page, code: str) -> None:
    page.goto("/resume")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Carry on").click()


def test_a_code_brings_another_browser_here_once_within_fifteen_minutes(come: Visit, clock: TurnedClock) -> None:
    page = come().new_page()
    question = begun(page)
    code = code_from(page)
    clock.turn(timedelta(minutes=14))
    second = come().new_page()
    spend(second, code)
    assert asked(second) == question
    by_clicking(second, QUESTIONS[5])
    assert asked(second) != question
    third = come().new_page()
    spend(third, code)
    expect(third.get_by_role("alert")).to_contain_text(REFUSED)
    late = code_from(second)
    clock.turn(timedelta(minutes=15, seconds=1))
    spend(third, late)
    expect(third.get_by_role("alert")).to_contain_text(REFUSED)
    third.goto("/")
    third.get_by_role("button", name="Start").click()
    assert "serious incident" in third.locator("#answer").inner_text()
    expect(third.get_by_text("Age when it happened")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "no-javascript"])
def test_danger_in_the_middle_puts_999_first_and_keeps_the_answers(come: Visit, script: bool) -> None:
    page = come(java_script_enabled=script).new_page()
    question = begun(page)
    by_typing(page, Step("", "she has stopped breathing"))
    first, *rest = [line for line in newest(page).splitlines() if line.strip()][1:]
    assert first.startswith("Phone 999 now")
    assert "Your answers are kept." in "\n".join(rest)
    expect(page.get_by_role("link", name="Phone 999")).to_be_in_viewport()
    answered(page, page.get_by_role("button", name="Every child is safe: carry on").click)
    by_typing(page, QUESTIONS[0])
    assert asked(page) == question


def test_practice_is_marked_on_every_reply_and_in_its_documents(come: Visit) -> None:
    page = come().new_page()
    arrive(page)
    answered(page, page.get_by_role("button", name="Practise on an invented incident").click)
    for step in (*QUESTIONS, CONFIRM, DOCUMENT):
        assert "PRACTICE: an invented incident" in newest(page)
        by_typing(page, step)
    replies = page.locator("li.app-turn--bot").all_inner_texts()
    assert [one for one in replies[1:] if "PRACTICE: an invented incident" not in one] == []
    name = page.get_by_role("link", name="plain text").inner_text().split()[1]
    assert "PRACTICE" in downloaded(page, name).decode()
