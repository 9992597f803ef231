"""Signing in and out in a real browser, with and without JavaScript, and each of its pages passes axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .house import House, house_in
from .serving import served
from .strict_provider import CLIENT, SECRET, StrictProvider
from .test_accessibility import NARROW, overflow, violations
from .test_in_a_browser import tab_to

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
scripts = pytest.mark.parametrize("script", [True, False], ids=["javascript", "no-javascript"])
LONG = "Professor Wilhelmina Featherstonehaugh-Cholmondeley-Marjoribanks of the Exampleshire Partnership"

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Makes a page, with Playwright's options for a context; what the security policy refuses fails the test."""
    contexts: list[BrowserContext] = []
    refused: list[str] = []

    def opened(url: str, **options: object) -> Page:
        context = chromium.new_context(base_url=url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        context.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)
        context.on("weberror", lambda error: refused.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert refused == []


@pytest.fixture
def trying(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as made:
        made.register("Ada Lead", "lead")
        made.register(LONG, "deputy", "administrator", "head_of_service")
        yield made


def checked(page: Page, axe: Path) -> None:
    assert violations(page, axe) == []
    assert overflow(page) == 0


@sizes
def test_for_trying(open_page: Open, trying: House, axe: Path, size: dict[str, int]) -> None:
    with served(trying.app) as url:
        page = open_page(url, viewport=size)
        page.goto("/home")
        checked(page, axe)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Choose who to sign in as").click()
        expect(page.get_by_label("Ada Lead")).to_be_focused()
        checked(page, axe)
        page.get_by_label(LONG).check()
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Your pages")).to_be_visible()
        expect(page.get_by_text("administrator, deputy lead, head of service")).to_be_visible()
        checked(page, axe)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        checked(page, axe)
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name="Your pages")).to_have_count(0)


@sizes
def test_signing_out_on_a_page_that_is_open_since_somebody_elses_session(
    open_page: Open, trying: House, axe: Path, size: dict[str, int]
) -> None:
    def sign_in(page: Page, name: str) -> None:
        page.goto("/home")
        page.get_by_label(name).check()
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Your pages")).to_be_visible()

    with served(trying.app) as url:
        old = open_page(url, viewport=size)
        sign_in(old, "Ada Lead")
        new = old.context.new_page()
        new.goto("/")
        new.get_by_role("button", name="Start").click()
        trying.clock.turn(hours=1)
        sign_in(new, LONG)
        expect(new.get_by_text("What was here has been cleared to keep it private.")).to_be_visible()
        checked(new, axe)
        old.get_by_role("button", name="Sign out").click()
        expect(old.get_by_role("heading", name=f"{LONG} is still signed in")).to_be_visible()
        checked(old, axe)
        old.get_by_role("button", name=f"Sign out {LONG}").click()
        expect(old.get_by_text("You are signed out.")).to_be_visible()


@scripts
def test_by_keyboard_alone(open_page: Open, trying: House, script: bool) -> None:
    with served(trying.app) as url:
        page = open_page(url, java_script_enabled=script)
        page.goto("/")
        tab_to(page, "Your pages")
        page.keyboard.press("Enter")
        tab_to(page, "Ada Lead")
        page.keyboard.press("Space")
        tab_to(page, "Sign in")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your pages")).to_be_visible()
        tab_to(page, "Sign out")
        page.keyboard.press("Enter")
        expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_where_nobody_can_sign_in_the_page_says_so(open_page: Open, tmp_path: Path, axe: Path) -> None:
    with house_in(tmp_path, host="0.0.0.0") as house, served(house.app) as url:
        page = open_page(url, viewport=NARROW)
        page.goto("/home")
        expect(page.get_by_text("Signing in is not set up here.")).to_be_visible()
        checked(page, axe)


@sizes
def test_at_the_service_and_on_in_the_conversation(
    open_page: Open, tmp_path: Path, axe: Path, size: dict[str, int]
) -> None:
    """The browser itself holds forms and links to the security policy, which a client of ours would not."""
    provider = StrictProvider(lambda: house.clock())
    with served(provider.app) as issuer:
        provider.issuer = issuer
        service = {"oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        with house_in(tmp_path, **service, oidc_name="your council account") as house, served(house.app) as url:
            provider.redirects = {f"{url}/sign-in/back"}
            page = open_page(url, viewport=size)
            page.goto("/")
            page.get_by_role("button", name="Start").click()
            page.goto("/sign-in?to=/chat")
            checked(page, axe)
            page.get_by_role("button", name="Sign in with your council account").click()
            expect(page.get_by_role("heading", name="You are not registered here")).to_be_visible()
            checked(page, axe)
            ada = house.register("Ada Lead", "lead", mail="ada@example.gov.uk")
            page.goto("/sign-in?to=/chat")
            page.get_by_role("button", name="Sign in with your council account").click()
            expect(page.get_by_role("heading", name="Your conversation")).to_be_visible()
            assert len(house.accounts(ada, "web")) == 1
            page.get_by_label("Or type your answer").fill("help")
            page.get_by_label("Or type your answer").press("Enter")
            expect(page.locator("li.app-turn--you")).to_have_count(1)
            page.goto("/home")
            expect(page.get_by_role("link", name="Ada Lead")).to_be_visible()
