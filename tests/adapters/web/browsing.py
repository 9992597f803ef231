"""Somebody's browser on the page: it keeps its cookies, shows what is said as it comes, and sends the forms there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

from adapters.web import browser as web_browser
from tests.adapters.platform_house import NEAR

from .page_house import PageHouse

Values = Mapping[str, str | list[str]]


@dataclass
class Paper:
    """A form as it stands on a page: what is hidden in it, and of what has words to choose by, its name and value."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    blanks: set[str] = field(default_factory=set)


class Seen(HTMLParser):
    """A page, or news of it: the words of the newest reply and of what it asks, and every form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.papers: list[Paper] = []
        self.about: dict[str, str] = {}
        self._words: list[str] = []
        self._reading = ""
        self._depth = 0
        self._controls: dict[str, tuple[str, str]] = {}
        self._labelled = ""
        self._value: tuple[str, str] | None = None
        self._label: list[str] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """What is read, and where its links lead."""
        return " ".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == self._reading:
            self._depth += 1
        elif not self._reading and ("app-turn--latest" in given.get("class", "") or given.get("id") == "answer"):
            self._reading, self._depth = tag, 1
        if given.get("id") == "answer":
            self.about = {"last": given["data-last"], "mark": given["data-mark"]}
        if tag == "a" and self._reading:
            self._words.append(given.get("href", ""))
        if tag == "form":
            self.papers.append(Paper(given["action"]))
        elif self.papers:
            self._control(tag, given)

    def _control(self, tag: str, given: Mapping[str, str]) -> None:
        paper, name, value = self.papers[-1], given.get("name", ""), given.get("value", "")
        if tag == "input" and given.get("type") == "hidden":
            paper.hidden[name] = value
        elif tag in {"input", "textarea", "select"} and given.get("type") not in {"radio", "checkbox"}:
            paper.blanks.add(name)
        elif tag == "input":
            self._controls[given["id"]] = (name, value)
        elif tag == "label":
            self._value, self._label = self._controls.get(given.get("for", "")), []
        elif tag in {"option", "button"}:
            self._value, self._label = (name or "choice", value), []

    def handle_endtag(self, tag: str) -> None:
        if tag == self._reading:
            self._depth -= 1
            self._reading = self._reading if self._depth else ""
        if tag in {"label", "option", "button"} and self._value and self.papers:
            self.papers[-1].choices[" ".join("".join(self._label).split())] = self._value
            self._value = None

    def handle_data(self, data: str) -> None:
        if self._reading:
            self._words.append(data)
        if self._value:
            self._label.append(data)


class Browser:
    """One browser. With a script what is said comes by the stream; without one the page is loaded again."""

    def __init__(self, house: PageHouse, *, has_script: bool) -> None:
        self._house = house
        self._client = house.browser()
        self._has_script = has_script
        self.seen: list[Seen] = []
        self.tabs: list[Seen] = []

    @property
    def address(self) -> str:
        """What the bot knows it by."""
        return web_browser.Browser(self._client.cookies["browser"], fresh=False, left=False).address

    async def arrive(self) -> None:
        """By the start page and its button."""
        start = Seen((await self._client.get("/")).text)
        paper = next(one for one in start.papers if one.action == "/chat/start")
        await self._post(paper.action, paper.hidden, {})
        await self.load()

    async def load(self, path: str = "/chat") -> None:
        """Look at the page."""
        self.seen.append(await self._page(path))

    async def open_tab(self) -> None:
        """Look at the page in a tab beside this one, and leave it open."""
        self.tabs.append(await self._page("/chat"))

    def paper(self, name: str) -> Paper:
        """The newest form with a field of this name."""
        return next(paper for one in reversed(self.seen) for paper in one.papers if name in paper.blanks)

    def paper_offering(self, labels: Sequence[str]) -> Paper:
        """The newest form on which all of these can be chosen and that has not been sent yet, in any tab."""
        shown = sorted((*self.tabs, *self.seen), key=lambda one: int(one.about["last"]), reverse=True)
        return next(paper for one in shown for paper in one.papers if paper.choices.keys() >= set(labels))

    async def send(self, paper: Paper, values: Values) -> None:
        """Send a form with what was put in it; what is said to it is seen afterwards."""
        body: dict[str, Any] = {**paper.hidden, **values}
        if not self._has_script:
            await self._post(paper.action, body, {})
            await self.load()
            return
        body["mark"] = self.seen[-1].about["mark"]
        if await self._post(paper.action, body, {"x-by-stream": "1"}) == 204:
            self.seen.append(Seen(await self._news()))
        else:
            await self.load()

    async def _post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> int:
        """Post a form as a browser does; the answer's status."""
        own = {"origin": "null", "sec-fetch-site": "same-origin"}
        answer = await self._client.post(path, data=dict(body), headers={**own, **headers})
        self._house.answers.append(answer)
        return answer.status_code

    async def _page(self, path: str) -> Seen:
        answer = await self._client.get(path)
        return Seen(answer.raise_for_status().text)

    async def _news(self) -> str:
        """The HTML of the first news in the stream."""
        about = self.seen[-1].about
        asked = self._client.build_request(
            "GET", "/chat/stream", params={"after": about["last"], "mark": about["mark"]}
        )
        text = await _streamed(self._house.app, asked, "\r\n\r\n")
        kind, *lines = [line for line in text.splitlines() if line.startswith(("event: ", "data: "))]
        if not kind.startswith("event: "):
            raise AssertionError(text)
        return "\n".join(line.removeprefix("data: ") for line in lines)


async def _streamed(app: ASGIApp, asked: httpx.Request, until: str) -> str:
    """What an application streams until a mark has come; then nobody listens any more."""
    heard: list[str] = []
    enough = asyncio.Event()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": asked.method, "scheme": "http",
        "path": asked.url.path, "raw_path": asked.url.raw_path, "query_string": asked.url.query, "root_path": "",
        "headers": [(name.lower(), value) for name, value in asked.headers.raw],
        "server": ("127.0.0.1", 80), "client": NEAR,
    }  # fmt: skip
    begun = False

    async def receive() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        heard.append(message.get("body", b"").decode())
        if until in "".join(heard[-2:]):
            enough.set()

    await app(scope, receive, send)
    return "".join(heard)
