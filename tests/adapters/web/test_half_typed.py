"""Words half typed on an open page while somebody signs in elsewhere in that browser: for whoever typed them alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from starlette.applications import Starlette

from adapters.web.chat_routes import chat_routes
from adapters.web.entrance import door_of, entrance
from adapters.web.routes import routes
from adapters.web.site import Site

from .house import House
from .serving import served

pytestmark = pytest.mark.browser
HALF = "half a sen"


@pytest.fixture
def context(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """One browser; what the security policy refuses and what its scripts stumble over fails the test."""
    troubles: list[str] = []
    house.register("Ada Lead", "lead")
    house.register("Bo Deputy", "deputy")
    # It looks often for news that nobody told it of.
    site = Site(bytes(32), recheck=0.2)
    door = door_of(house.exchange, house.settings, site, house.clock)
    pages = [*routes(house.exchange, site, door), *chat_routes(house.exchange, site, house.clock, door)]
    pages += entrance(door, "Exampleshire", house.settings, troubles.append)
    with served(Starlette(routes=pages)) as url:
        made = chromium.new_context(base_url=url)
        made.set_default_timeout(30_000)
        made.on("console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None)
        made.on("weberror", lambda error: troubles.append(str(error.error)))
        yield made
        made.close()
    assert troubles == []


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in?to=/home")
    page.get_by_label(name).check()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your pages")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/home")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def half_typed(context: BrowserContext) -> Page:
    """The conversation, with words in its box that are not sent."""
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    box(page).fill(HALF)
    return page


def box(page: Page) -> Locator:
    return page.locator("#text")


def kept(page: Page) -> str | None:
    """What the tab holds of what was typed."""
    return page.evaluate("sessionStorage.getItem('half-typed')")  # type: ignore[no-any-return]


def looked_at_again(page: Page) -> None:
    """The page is shown after it was hidden, finds that it shows another conversation than the browser's, and loads."""
    with page.expect_event("load"):
        page.evaluate("dispatchEvent(new Event('leave')); document.dispatchEvent(new Event('visibilitychange'))")


def test_they_are_still_there_where_the_same_person_signed_in_anew(context: BrowserContext) -> None:
    other = context.new_page()
    sign_in(other, "Ada Lead")
    page = half_typed(context)
    page.get_by_role("radio").first.check()
    sign_out(other)
    with page.expect_event("load"):
        sign_in(other, "Ada Lead")
    expect(box(page)).to_have_value(HALF)
    expect(page.get_by_role("radio").first).to_be_checked()
    assert kept(page) is None
    box(page).press("Enter")
    expect(page.locator("li.app-turn--you")).to_have_count(1)


def test_nobody_else_who_signed_in_meanwhile_is_shown_them(context: BrowserContext) -> None:
    other = context.new_page()
    sign_in(other, "Ada Lead")
    page = half_typed(context)
    sign_out(other)
    sign_in(other, "Bo Deputy")
    other.goto("/")
    other.get_by_role("button", name="Start").click()
    expect(box(other)).to_have_value("")
    looked_at_again(page)
    expect(box(page)).to_have_value("")
    assert kept(page) is None


def test_what_nobody_is_known_to_have_typed_is_shown_to_nobody_who_signs_in(context: BrowserContext) -> None:
    page = half_typed(context)
    other = context.new_page()
    with page.expect_event("load"):
        sign_in(other, "Ada Lead")
    expect(box(page)).to_have_value("")
    assert kept(page) is None


def test_once_they_are_signed_out_they_are_gone_for_good(context: BrowserContext) -> None:
    other = context.new_page()
    sign_in(other, "Ada Lead")
    page = half_typed(context)
    sign_out(other)
    looked_at_again(page)
    assert kept(page) is None
    sign_in(page, "Ada Lead")
    page.goto("/chat")
    expect(box(page)).to_have_value("")
