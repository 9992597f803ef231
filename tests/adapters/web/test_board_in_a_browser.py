"""The board in a real browser: by mouse or keyboard, with and without JavaScript, narrow and wide, and by axe-core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .board_house import MONDAY, BoardHouse, board_in, owe, quick
from .serving import served
from .test_accessibility import NARROW, overflow, violations
from .test_in_a_browser import tab_to

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
Opened = Callable[..., Page]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


@pytest.fixture
def opened(chromium: Browser, board: BoardHouse) -> Iterator[Opened]:
    """Makes a page of the board for somebody who signs in, with Playwright's options for a context.

    What the security policy refuses, and an error of the script, fail the test.
    """
    contexts: list[BrowserContext] = []
    refused: list[str] = []
    with served(quick(board)) as url:

        def made(name: str, **options: object) -> Page:
            context = chromium.new_context(base_url=url, **options)  # type: ignore[arg-type]
            # The first words may wait ten seconds for what listens to them to be loaded.
            context.set_default_timeout(30_000)
            context.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
            context.on("weberror", lambda error: refused.append(str(error.error)))
            contexts.append(context)
            page = context.new_page()
            page.goto("/board")
            page.get_by_label(name).check()
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", name="Cases", exact=True)).to_be_visible()
            return page

        yield made
        for context in contexts:
            context.close()
    assert refused == []


def checked(page: Page, axe: Path, name: str = "") -> None:
    """The page as it stands passes axe-core and fits; it is kept as a picture where a folder for that is named."""
    if folder := os.environ.get("BOT_TESTS_PICTURES"):
        size = page.viewport_size or WIDE
        page.screenshot(path=f"{folder}/{name or page.url.rpartition('/')[2]}-{size['width']}.png", full_page=True)
    assert violations(page, axe) == [], page.url
    assert overflow(page) == 0, page.url


def fill_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """A day typed into its three fields."""
    group = page.get_by_role("group", name=legend)
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(part, exact=True).fill(value)


def open_by_hand(page: Page, look: Callable[[str], None]) -> None:
    """The first case is opened, after a slip, from a notification made elsewhere."""
    look("empty")
    page.get_by_role("link", name="Open a case").click()
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look("open-problem")
    page.get_by_label("Likely notifiable: it happened in our area").check()
    page.get_by_label("Has anybody died?").select_option("Nobody")
    fill_day(page, "Which day did the council become aware?", "2", "11", "2026")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", name="Case 26-001")).to_be_visible()
    look("case-new")


@pytest.mark.parametrize(("script", "size"), [(True, WIDE), (False, NARROW)], ids=["wide-javascript", "narrow-plain"])
def test_a_leads_morning(opened: Opened, axe: Path, script: bool, size: dict[str, int]) -> None:
    """Axe-core itself needs scripts, so without them only the way is gone."""
    page = opened("Lee", viewport=size, java_script_enabled=script)
    look = checked if script else lambda *_: None
    open_by_hand(page, lambda name: look(page, axe, name))
    page.get_by_role("link", name="Done (Notify the Panel)").click()
    fill_day(page, "When was that?", "23", "11", "2026")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="This is late. Please say why").click()
    expect(page.get_by_label("Why is it late?")).to_be_focused()
    look(page, axe, "late-problem")
    page.get_by_label("Why is it late?").fill("The meeting was held late because of leave.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The Panel was notified. It is on record.")).to_be_visible()
    expect(page.get_by_text("Notify the Panel: done Mon 23 Nov 2026, 10 working days late.")).to_be_visible()
    expect(page.get_by_text("The meeting was held late because of leave.")).to_be_visible()
    look(page, axe, "case-moved")
    page.get_by_role("link", name="Put off (").last.click()
    page.get_by_label("Why is it put off?").fill("The unit asked for a day.")
    look(page, axe, "snooze")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The reminder comes again on Tue 24 Nov 2026.")).to_be_visible()
    page.get_by_role("button", name="I have it (").first.click()
    expect(page.get_by_text("You are asked again on the morning of Tue 24 Nov 2026")).to_be_visible()
    page.get_by_role("link", name="Month").click()
    expect(page.get_by_role("heading", name="November 2026", exact=True)).to_be_visible()
    look(page, axe, "month")
    page.get_by_role("link", name="December 2026").first.click()
    expect(page.get_by_role("heading", name="December 2026", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cases").click()
    page.get_by_text("Show only some cases").click()
    page.get_by_label("Only what is late").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("link", name="Case 26-001")).to_be_visible()
    look(page, axe, "list-late")


@sizes
def test_every_page_of_the_board(opened: Opened, board: BoardHouse, axe: Path, size: dict[str, int]) -> None:
    board.clock.turn(days=-14)
    ref = board.opened(MONDAY - timedelta(days=14), add_ons="CDR")
    board.clock.turn(days=14)
    board.opened(None, outcome="H")
    board.add(ref, "action agreed", values=(("due", "2027-01-29"),))
    board.add(ref, "noted", words="w" * 200)
    board.wake()
    board.clock.turn(minutes=20)
    page = opened("Lee", viewport=size)
    kinds = ("notified", "partner-decision", "action-agreed", "reassigned", "taken-back", "closed", "impact-recorded")
    for path in (
        *("/home", "/board", "/board?late=yes&status=all", f"/board/case/{ref}", "/board/case/26-002", "/board/open"),
        *(f"/board/case/{ref}/{kind}" for kind in kinds),
        *("/board/month/2026-11", "/board/calendar", "/board/audit", "/board/audit?day=nonsense", "/board/questions"),
        *("/board/case/26-999", "/board/roles"),
    ):
        page.goto(path)
        checked(page, axe)
    page.goto(f"/board/case/{ref}")
    for one in page.locator("summary").all():
        one.click()
    checked(page, axe, "case-open")
    page.goto("/board/calendar")
    page.get_by_role("button", name="Make a link").click()
    checked(page, axe, "calendar-link")


def test_an_administrators_page(opened: Opened, board: BoardHouse, axe: Path) -> None:
    page = opened("Lee", viewport=NARROW)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/board/roles")
    page.get_by_label("Asha").check()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Roles and sign-ins")).to_be_visible()
    expect(page.get_by_text("Signed out")).to_be_visible()
    checked(page, axe, "roles")


def test_text_twice_as_large_still_fits(opened: Opened, board: BoardHouse) -> None:
    ref = board.opened()
    page = opened("Lee", viewport=NARROW)
    for path in ("/board", f"/board/case/{ref}", f"/board/case/{ref}/notified", "/board/month/2026-11", "/board/open"):
        page.goto(path)
        page.locator("html").evaluate("html => html.style.setProperty('font-size', '200%')")
        assert overflow(page) == 0, path


def test_with_the_keyboard_alone_a_note_is_added(opened: Opened, board: BoardHouse) -> None:
    board.opened()
    page = opened("Lee")
    for name in ("Case 26-001", "Add a note"):
        tab_to(page, name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    tab_to(page, "What is to be noted?")
    page.keyboard.type("Spoke to the unit.")
    tab_to(page, "Record it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Spoke to the unit.")).to_be_visible()


def test_what_can_be_pressed_is_large_enough(opened: Opened, board: BoardHouse) -> None:
    """WCAG 2.2 asks for 24 pixels; a thumb for more."""
    ref = board.opened()
    page = opened("Lee", viewport=NARROW)
    page.goto(f"/board/case/{ref}")
    for one in page.locator("main :is(button, .govuk-button)").all():
        box = one.bounding_box()
        assert box
        assert box["height"] >= 38, one.evaluate("one => one.outerHTML")


def test_a_reminder_is_said_on_an_open_page_as_it_comes(opened: Opened, board: BoardHouse, axe: Path) -> None:
    page = opened("Lee")
    news = page.get_by_role("status")
    expect(news).to_be_empty()
    owe(board, "Lee", "Case 26-001: notify the Panel. Latest Mon 30 Nov. Statutory guidance.")
    expect(news).to_contain_text("Case 26-001: notify the Panel. Latest Mon 30 Nov.")
    checked(page, axe, "news")
    news.get_by_role("link", name="Load this page again").click()
    expect(page.get_by_role("link", name="Case 26-001")).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()
    board.clock.turn(minutes=30)
    expect(page.get_by_role("status")).to_contain_text("You were signed out")


def test_on_paper_a_case_keeps_its_record_and_drops_its_controls(opened: Opened, board: BoardHouse) -> None:
    ref = board.opened()
    page = opened("Lee")
    page.goto(f"/board/case/{ref}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="To be done")).to_be_visible()
    expect(page.get_by_role("link", name="Done (Notify the Panel)")).to_be_hidden()
    expect(page.get_by_role("link", name="Add a note")).to_be_hidden()


def test_words_typed_while_the_session_ended_are_sent_after_signing_in(
    opened: Opened, board: BoardHouse, axe: Path
) -> None:
    ref = board.opened()
    page = opened("Lee", viewport=NARROW)
    page.goto(f"/board/case/{ref}/noted")
    page.get_by_role("textbox").fill("Spoke to the unit, at length.")
    board.clock.turn(hours=1)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="Nothing was recorded: you were signed out")).to_be_visible()
    expect(page.get_by_text("Spoke to the unit, at length.")).to_be_visible()
    checked(page, axe, "unsent")
    with page.expect_popup() as new:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    new.value.get_by_label("Lee").check()
    new.value.get_by_role("button", name="Sign in").click()
    expect(new.value.get_by_role("heading", name="Add a note")).to_be_visible()
    page.get_by_role("button", name="I have signed in: go on").click()
    expect(page.get_by_role("textbox")).to_have_value("Spoke to the unit, at length.")
    checked(page, axe, "unsent-again")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Spoke to the unit, at length.").first).to_be_visible()
    assert board.case(ref).events[-1].words == "Spoke to the unit, at length."
