"""An e-mail's page, as Chromium shows it: nothing is fetched or run, and everybody can read it, on any screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.messages import Bullets, Reply, Text
from tests.adapters.web.conftest import axe, chromium  # noqa: F401 - fixtures

from .reading import NUDGE, content, received

pytestmark = pytest.mark.browser

LONG = Text.of("Sources:", Bullets(("https://example.gov.uk/" + "long/" * 60,)), tone="emergency")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:  # noqa: F811
    """A mail reader: it runs no scripts of the e-mail, and fails the test where one asks for anything."""
    fetched: list[str] = []
    context = chromium.new_context(viewport={"width": 320, "height": 600})
    page = context.new_page()
    page.on("request", lambda asked: fetched.append(asked.url))
    page.set_content(content(received(Reply((*NUDGE.blocks, LONG), key="1")), "html"))
    yield page
    context.close()
    assert fetched == []


def test_axe_finds_nothing(page, axe):  # noqa: F811
    page.evaluate(axe.read_text())
    found = page.evaluate("() => axe.run()")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_a_small_screen_needs_no_scrolling_sideways(page):
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
