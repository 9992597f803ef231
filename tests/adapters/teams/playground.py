"""Drives a whole referral through Microsoft's own local client in a browser, and keeps pictures of it to be looked at.

Run as `python -m tests.adapters.teams.playground FOLDER PICTURES`: FOLDER is where `npm install
@microsoft/m365agentsplayground` was done. The client is Microsoft's, for trying only, and no part of this repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import httpx
from playwright.sync_api import Page, sync_playwright

from adapters.teams.opening import PATH
from bot.clock import now
from bot.wording_controls import CONTINUE

CHROMIUM = "/usr/bin/chromium"
BOT, CLIENT = "http://127.0.0.1:3978", "http://127.0.0.1:56150"
CLI = "node_modules/@microsoft/m365agentsplayground/cli.js"
UP_WITHIN_SECONDS = 60
DOOR = "A serious incident: does it go to the safeguarding partners and the Panel?"
ROLE = "Health (NHS, GP, community or hospital care, or the integrated care board)"
HARM = "Very seriously hurt or made seriously ill, in body or mind"
HERE = "In our area (Exampleshire Council)"
_CARD = ".ac-adaptiveCard"


class Chat:
    """The personal chat as somebody sees it; every step waits for the bot's next card and is pictured."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self._page = page
        self._pictures = pictures
        self._taken = 0

    def press(self, label: str) -> None:
        """Press the newest button with these words."""
        self._answered(lambda: self._page.get_by_role("button", name=label, exact=True).last.click())

    def pick(self, kind: Literal["radio", "checkbox"], *labels: str) -> None:
        """Choose among the newest entries of a kind, and send that."""
        for label in labels:
            self._page.get_by_role(kind, name=label).last.check(force=True)
        self.press(CONTINUE)

    def pick_today(self) -> None:
        """Pick today in the newest calendar, and send it."""
        today = now()
        self._page.get_by_role("combobox").last.click()
        self._page.get_by_role("gridcell").get_by_role("button", name=f"{today.day}, {today:%B, %Y}").last.click()
        self.press(CONTINUE)

    def read(self) -> str:
        """The newest card."""
        return self._page.locator(_CARD).last.inner_text()

    def picture(self) -> None:
        """Keep what is seen now."""
        self._taken += 1
        self._page.screenshot(path=self._pictures / f"{self._taken:02}.png")

    def _answered(self, step: Callable[[], None]) -> None:
        before = self._page.locator(_CARD).count()
        step()
        self._page.wait_for_function(f"n => document.querySelectorAll('{_CARD}').length > n", arg=before)
        self.picture()


def refer(chat: Chat) -> None:
    """A serious incident, from the greeting to the decision and its document, by the cards' controls alone."""
    chat.picture()
    chat.pick("radio", DOOR)
    chat.press("No")
    chat.press("I understand")
    chat.pick("radio", ROLE)
    chat.press("Yes")
    chat.press("Under 18")
    chat.pick("radio", HARM)
    chat.press("Suspected")
    chat.press(HERE)
    chat.press(HERE)
    chat.press("Recently: in the last 12 months")
    chat.press("Yes")
    chat.pick_today()
    chat.press("No")
    chat.pick("checkbox", "Press interest", "A criminal investigation")
    chat.press("Yes, show the decision")
    assert "Likely notifiable: it happened in our area" in chat.read()
    chat.press("Get the document")
    assert "Here is the document, three ways." in chat.read()


@contextmanager
def running(command: list[str], up: str, **more: Any) -> Iterator[None]:
    """A program of its own, from the moment it answers until the end of the block."""
    with subprocess.Popen(command, **more) as process:
        try:
            ends = time.monotonic() + UP_WITHIN_SECONDS
            while not _answers(up):
                if process.poll() is not None or time.monotonic() > ends:
                    sys.exit(f"{command[0]} does not answer at {up}")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False).is_success
    except httpx.TransportError:
        return False


def main(folder: Path, pictures: Path) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        data = stack.enter_context(TemporaryDirectory())
        settings = {
            "BOT_CHANNELS": "teams",
            "BOT_TEAMS_ALLOW_UNAUTHENTICATED": "loopback",
            "BOT_DATA_DIR": data,
            "BOT_PORT": BOT.rpartition(":")[2],
        }
        bot = [sys.executable, "-m", "adapters", "serve"]
        stack.enter_context(running(bot, f"{BOT}/health/live", env={**os.environ, **settings}))
        client = [
            "node",
            CLI,
            "-e",
            BOT + PATH,
            "-c",
            "msteams",
            "-p",
            CLIENT.rpartition(":")[2],
            "--disable-telemetry",
        ]
        quiet = {**os.environ, "TEAMSAPPTESTER_BROWSER": "none"}
        stack.enter_context(running(client, f"{CLIENT}/_debug/ping", cwd=str(folder), env=quiet))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.goto(CLIENT, wait_until="domcontentloaded")
        page.locator(_CARD).first.wait_for()
        refer(Chat(page, pictures))
    sys.stdout.write(f"Look at the pictures in {pictures}.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
