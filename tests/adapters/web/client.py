"""A browser without JavaScript, as the tests need it: keeps its cookie, reads the forms of a page and sends them."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from types import TracebackType
from typing import Any

import httpx
from starlette.types import ASGIApp


class Client:
    """Asks an application without a network; follows where it is sent."""

    def __init__(self, app: ASGIApp, base_url: str = "http://testserver") -> None:
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, follow_redirects=True)
        self.cookies = self._client.cookies

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to a request, with httpx's own options."""
        return self._runner.run(self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a look."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a form."""
        return self.request("POST", path, **options)

    def begin(self) -> httpx.Response:
        """Starts a conversation and gives its page."""
        return self.post("/chat/start", data=self.hidden("/"))

    def hidden(self, path: str = "/chat", number: int = 0) -> dict[str, str]:
        """The hidden fields of a page's form, as they come with a fresh look at it; begins a conversation for its."""
        answer = self.get(path)
        if path == "/chat" and answer.url.path == "/":
            answer = self.begin()
        return forms(answer.text)[number]

    def say(self, text: str) -> str:
        """Types a message and gives the page that follows."""
        answer = self.post("/chat", data={**self.hidden(), "text": text})
        assert answer.status_code == 200
        return answer.text


def forms(page: str) -> list[dict[str, str]]:
    """The hidden fields of each of a page's forms."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and names.get("type") == "hidden":
            self.forms[-1][names["name"] or ""] = names.get("value") or ""
