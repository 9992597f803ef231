"""A page left open where there is no stream any more: it asks ever less often, until its person does something."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from .test_in_a_browser import Visit, begin, send

pytestmark = pytest.mark.browser

# Time runs a thousand times as fast, and what is waited for long is noted.
FAST = """
    const slow = setTimeout;
    window.waits = [];
    window.setTimeout = (work, ms) => { if (ms >= 5000) waits.push(ms / 1000); return slow(work, ms / 1000); };
"""
# In seconds: twice as long each time, and five minutes at most.
EVER_LONGER = [5, 10, 20, 40, 80, 160, 300, 300]


NOTED = """
    times => new Promise(done => {
        const look = () => waits.length < times ? requestAnimationFrame(look) : done(waits.slice(0, times));
        look();
    })
"""


def opened(visit: Visit, status: int) -> Page:
    """A page that has waited for its stream so often that it takes its time, and whose waits are noted afresh."""

    def fast(**options: object) -> BrowserContext:
        context = visit(**options)
        context.add_init_script(FAST)
        context.route("**/chat/stream*", lambda route: route.fulfill(status=status))
        return context

    page = begin(fast)
    assert page.evaluate(NOTED, len(EVER_LONGER)) == EVER_LONGER
    page.evaluate("waits.length = 0")
    return page


@pytest.mark.parametrize("status", [204, 502], ids=["over", "in trouble"])
def test_it_is_asked_for_ever_less_often_and_at_once_when_something_is_said(visit: Visit, status: int) -> None:
    page = opened(visit, status)
    send(page, "many")
    assert 5 in page.evaluate(NOTED, 4)


def test_a_page_that_is_looked_at_again_asks_at_once(visit: Visit) -> None:
    page = opened(visit, 204)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert 5 in page.evaluate(NOTED, 2)
