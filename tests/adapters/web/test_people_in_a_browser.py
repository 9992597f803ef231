"""The pages for joining and for roles in Debian's Chromium: used, and looked at by axe-core, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.people import joining
from bot.storage import people

from .house import House
from .serving import served
from .test_accessibility import NARROW, overflow, violations

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def page(request: pytest.FixtureRequest, chromium: Browser, house: House) -> Iterator[Page]:
    """A page of a browser that visits the house."""
    with served(house.app) as url:
        context = chromium.new_context(base_url=url, viewport=request.param)
        context.set_default_timeout(30_000)
        yield context.new_page()
        context.close()


def fits(page: Page, axe: Path) -> None:
    """Nothing that axe-core complains of, and nothing to the side of the screen."""
    assert violations(page, axe) == []
    assert overflow(page) == 0


def test_a_code_is_typed_shown_and_agreed_to(page: Page, house: House, axe: Path) -> None:
    jo = house.register("Jo Smith", "lead")

    def code(connection) -> str:
        people.add_account(connection, house.exchange.keys, jo, "slack", "U1", house.clock())
        return joining.code_for(connection, house.exchange.keys, ("slack", "U1"), house.clock())

    page.goto("/resume")
    page.get_by_role("link", name="here").click()
    fits(page, axe)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fits(page, axe)
    page.get_by_label("Code").fill(house.exchange.database.run_now(code))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("given out on Slack, to J… S…")).to_be_visible()
    fits(page, axe)
    page.get_by_role("button", name="Yes, both are mine").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    fits(page, axe)
    assert len(house.accounts(jo, "web")) == 1


def test_an_administrator_adds_somebody_and_gives_and_takes_a_role(page: Page, house: House, axe: Path) -> None:
    house.register("Ada Adams", "administrator")
    page.goto("/people")
    page.get_by_label("Ada Adams").check()
    page.get_by_role("button", name="Sign in").click()
    fits(page, axe)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fits(page, axe)
    page.get_by_label("Name").fill("Jo Smith")
    page.get_by_label("Work e-mail").fill("jo@a.gov.uk")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Jo Smith")).to_be_visible()
    page.get_by_role("button", name="Give").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fits(page, axe)
    page.get_by_label("Lead", exact=True).check()
    page.get_by_role("button", name="Give").click()
    fits(page, axe)
    page.get_by_role("button", name="Take away: lead").click()
    expect(page.get_by_text("None.", exact=True)).to_be_visible()
    page.get_by_role("link", name="People and roles").click()
    expect(page.get_by_role("cell", name="no role")).to_be_visible()
