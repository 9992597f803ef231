"""The web page and the terminal, which send nothing anywhere: what a person reads there of a reply."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from adapters.terminal.show import lines
from adapters.web import capabilities as of_web
from adapters.web.browser import new_browser
from adapters.web.pages import conversation, filled
from adapters.web.render import view
from bot.channel import Limits
from bot.messages import Reply
from bot.passage import Entry, Passage
from tests.bot.talk import AT

from .platform import Refusal


class Screen:
    """Shows replies. `channel` is itself, which keeps what was to be read of each."""

    address = elsewhere = "here"
    says_how_long = False
    name: str
    limits: Limits = of_web.CAPABILITIES.limits

    def __init__(self) -> None:
        self.channel = self
        self._read: list[str] = []

    def read(self) -> list[str]:
        return self._read

    def refuse(self, how: Refusal | None) -> None:
        raise AssertionError("nothing is sent that could be refused")

    async def limited_by(self, address: str) -> tuple[str, ...]:
        return (address,)

    async def send(self, address: str, reply: Reply) -> str:
        self._read.append(self.shown(reply))
        return str(len(self._read))

    def shown(self, reply: Reply) -> str:
        """What stands there."""
        raise NotImplementedError


class Terminal(Screen):
    """Lines."""

    name = "terminal"

    def shown(self, reply: Reply) -> str:
        return "\n".join(lines(reply))


class Web(Screen):
    """A page with this reply alone, and its form."""

    name = "web"

    def shown(self, reply: Reply) -> str:
        passage = Passage("one", (Entry(1, "bot", AT, reply=reply),), is_whole=True)
        shown = conversation(view(passage), after=0, year=AT.year)
        html = filled("news.html", new_browser(), "token", shown)
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
def terminal() -> Iterator[Terminal]:
    """A terminal."""
    yield Terminal()


@contextmanager
def web() -> Iterator[Web]:
    """A page."""
    yield Web()
