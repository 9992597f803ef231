"""The web page as the contract needs it: what a person reads there of a reply."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from adapters.web.browser import new_browser
from adapters.web.pages import conversation, render
from adapters.web.render import view
from adapters.web.site import Site
from bot.messages import Reply
from bot.passage import Entry, Passage
from tests.adapters.contract.screen import Screen
from tests.bot.talk import AT

ONLY_SHOWS = "the page is fetched, and nothing is sent that could be refused"


class Web(Screen):
    """A page with this reply alone, and its form."""

    name = "web"

    def shown(self, reply: Reply) -> str:
        passage = Passage("one", (Entry(1, "bot", AT, reply=reply),), is_whole=True)
        shown = conversation(view(passage), after=0, year=AT.year)
        html = render("news.html", new_browser(), Site(bytes(32)), shown, "token")
        # As it goes over the wire.
        return _Seen(html.encode().decode()).text


class _Seen(HTMLParser):
    """What is read of a page, with the address of each link after its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self._links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.text += f" {self._links.pop()} " if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


@contextmanager
def platform() -> Iterator[Web]:
    """A page."""
    yield Web()
