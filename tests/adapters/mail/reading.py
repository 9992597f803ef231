"""An e-mail as a mail reader takes it: parsed from its bytes, its two forms, and what its page would fetch or run."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from adapters.mail.render import render
from bot.messages import Bold, Card, Choices, Link, Option, Reply, Text

from .conftest import AT, SENDER

PUBLIC = "https://bot.example.gov.uk"
NUDGE = Reply(
    (
        Text.of(
            "Case 26-014: notify the Panel. Aim Fri 27 Nov, latest Mon 30 Nov. ", Bold("Statutory guidance."), "\n\nSo"
        ),
        Card("Dates", (("Aim", "Fri 27 Nov"),), (Link("Case 26-014", "/cases/26-014"),)),
        Choices("duty", "Is it done?", (Option("done", "Done"), Option("seen", "I have seen it", "lapses"))),
    ),
    key="26-014 notify 1",
)


class Page(HTMLParser):
    """What a mail reader takes from the page: its words, and what it would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._unseen = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._unseen += tag in {"style", "title"}
        assert {name for name, _ in attrs} <= {"href", "lang", "charset", "name", "content", "class"}
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag in {"br", "p", "li", "dd", "dt"}:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    @property
    def said(self) -> str:
        return "".join("".join(self.words).split())


def rendered(
    reply: Reply, public_url: str = PUBLIC, to: str = "lead@example.gov.uk", *, has_chat: bool = True
) -> EmailMessage:
    return render(reply, to=to, sender=SENDER, at=AT, public_url=public_url, has_chat=has_chat)


def received(reply: Reply, public_url: str = PUBLIC, *, has_chat: bool = True) -> EmailMessage:
    """The e-mail as a mail reader parses it from its bytes."""
    parsed = message_from_bytes(rendered(reply, public_url, has_chat=has_chat).as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
