"""The fixtures: the page with a canned bot, over the protocol and in Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from .canned import Canned
from .client import Client
from .house import House, house_in
from .serving import application, served

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
AXE = "4.14.1"
KEPT = Path(__file__).parents[3] / "node_modules" / f"axe-core-{AXE}.min.js"


def unavailable(reason: str) -> NoReturn:
    """Skip, saying why; fail where everything is required."""
    if os.environ.get("BOT_TESTS_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as made:
        yield made


@pytest.fixture
def ada(house: House) -> str:
    """A lead of the house."""
    return house.register("Ada Lead", "lead", mail="ada@example.gov.uk")


@pytest.fixture
def bo(house: House) -> str:
    """A deputy of the house."""
    return house.register("Bo Deputy", "deputy")


@pytest.fixture
def client(house: House) -> Iterator[Client]:
    """A browser that visits the house."""
    with house.client() as made:
        yield made


@pytest.fixture
def bot() -> Canned:
    return Canned()


@pytest.fixture
def url(bot: Canned) -> Iterator[str]:
    """Where the page is served."""
    with served(application(bot)) as address:
        yield address


# For a module, not the session: Playwright holds the thread's event loop until it is stopped.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, asking nothing of any other machine by itself."""
    if not Path(CHROMIUM).exists():
        unavailable(f"no browser to test with: {CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a visitor, with Playwright's options for a context.

    A request to another place, an error of the script or anything that the security policy refuses fails the test.
    """
    contexts: list[BrowserContext] = []
    strayed: list[str] = []

    def visitor(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        context.on("request", lambda asked: strayed.append(asked.url) if not asked.url.startswith(url) else None)
        context.on("weberror", lambda error: strayed.append(str(error.error)))
        context.on("console", lambda said: strayed.append(said.text) if "Security Policy" in said.text else None)
        contexts.append(context)
        return context

    yield visitor
    for context in contexts:
        context.close()
    assert strayed == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """The axe-core script, fetched from npm once and kept under node_modules."""
    if not KEPT.exists():
        if shutil.which("npm") is None:
            unavailable("no axe-core to test with: npm is not installed")
        with tempfile.TemporaryDirectory() as folder:
            order = ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", f"axe-core@{AXE}"]
            done = subprocess.run(order, capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                unavailable(f"no axe-core to test with: npm cannot fetch it: {done.stderr.strip()[-300:]}")
            KEPT.parent.mkdir(exist_ok=True)
            waiting = KEPT.with_suffix(f".{os.getpid()}")
            shutil.copy(Path(folder) / "node_modules" / "axe-core" / "axe.min.js", waiting)
            waiting.replace(KEPT)
    return KEPT
