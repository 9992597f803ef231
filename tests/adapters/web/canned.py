"""A bot that answers with canned replies, one of every kind of block, from memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from bot.decisions.documents import Document
from bot.messages import (
    Anchor,
    Block,
    Bold,
    Bullets,
    Card,
    Choices,
    Chosen,
    Field,
    File,
    Filled,
    Form,
    Link,
    Option,
    Reply,
    Said,
    Text,
    Turn,
    Typed,
    Wait,
)
from bot.passage import Entry, Passage

BEGAN = datetime(2026, 11, 23, 22, 4, tzinfo=UTC)
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \"'&"
SHORTCUTS = (Option("back", "Back"), Option("why", "Why do you ask?"), Option("stop", "Stop for now"))

ONE = Choices(
    "1-effect",
    "What happened to the child?",
    (Option("died", "The child died"), Option("harmed", "The child was seriously harmed", "Lasting or life-changing")),
    help="Choose what you know now. You can change it later.",
)
MANY = Choices(
    "1-flags",
    "Which of these apply?",
    (Option("press", "The press is asking"), Option("police", "The police are involved"), Option("none", "None")),
    many=True,
)
LONG = Choices("1-role", "What is your role?", tuple(Option(f"role-{n}", f"Role number {n}") for n in range(1, 15)))
DATED = Form("1-aware_on", "When did the council become aware?", (Field("date", "Aware", "date", "Such as 18/12."),))
FILLED = Form(
    "1-notes", "Tell me more", (Field("short", "In short", "text"), Field("more", "In full", "long", "No names."))
)

REPLIES: dict[str, tuple[Block, ...]] = {
    "one": (Text.of("A note that stands beside it.", tone="note"), ONE),
    "many": (MANY,),
    "long": (LONG,),
    "date": (Text.of("About 3 questions left.", tone="note"), DATED),
    "form": (FILLED,),
    "purple": (Text.of("I could not take that as an answer. Please choose one of these.", tone="problem"), ONE),
    "31 2": (Text.of("Please check the day: there is no such day.", tone="problem"), DATED),
    "danger": (
        Text.of("Phone 999 now if any child is in danger.\n\nThen phone children’s social care.", tone="emergency"),
        Text.of("Your answers are kept."),
    ),
    "card": (
        Text.of(Bold("Refer it to the partners"), "\n\nBecause the child was harmed.\nAnd abuse is suspected."),
        Card(
            "Keep this reference", (("Reference", "R-7K3M2Q"), ("Rules", "3")), (Link("The law", "https://law.test/"),)
        ),
        Text.of(Bold("What you do"), Bullets(("Phone the duty desk today.", "Write it down."))),
        Text.of("Read ", Anchor("the guidance", "https://guidance.test/"), "."),
    ),
    "file": (File("R-7K3M2Q-1.txt", "text/plain", "R-7K3M2Q-1.txt"), Link("Where to send it", "https://panel.test/")),
    "wait": (Wait(),),
    "words": (Text.of("Ask in your own words."),),
    "hostile": (
        Text.of(HOSTILE, Bold(HOSTILE), Anchor(HOSTILE, "javascript:alert(3)"), Bullets((HOSTILE,))),
        Text.of(HOSTILE, tone="emergency"),
        Text.of(HOSTILE, tone="problem"),
        Card(HOSTILE, ((HOSTILE, HOSTILE),), (Link(HOSTILE, "https://x.test/?a=1&b=\"'"),)),
        Link(HOSTILE, "data:text/html,<script>alert(4)</script>"),
        Choices("1-h", HOSTILE, (Option("h", HOSTILE, HOSTILE),), help=HOSTILE),
    ),
}


class Canned:
    """Conversations in memory. `taken` are the turns that were new, `announces` whether news is told of.

    `looked_at` counts the entries that were read.

    A turn that says `break` breaks the bot.
    """

    def __init__(self) -> None:
        self.taken: list[Turn] = []
        self.led_to: dict[str, str] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.codes: dict[str, str] = {}
        self.announces = True
        self.looked_at = 0
        self._events: set[str] = set()
        self._news: list[asyncio.Event] = []

    async def take(self, turn: Turn) -> None:
        """Answers each event once."""
        if isinstance(turn.said, Typed) and turn.said.text == "break":
            raise RuntimeError("the bot is broken: secret words")
        if turn.event in self._events:
            return
        self._events.add(turn.event)
        self.taken.append(turn)
        key = _key(turn.said)
        if key.startswith("resume "):
            await self.redeem("web", turn.conversation, key.removeprefix("resume "), turn.at)
        self._say(turn.conversation, _words(turn.said), Reply(REPLIES.get(key, (ONE,)), shortcuts=SHORTCUTS))

    async def open(self, channel: str, address: str, at: datetime) -> None:
        """Begins with a question."""
        if not self._of(address):
            blocks = (Text.of("I help you decide.\n\nIf a child is in danger now, phone 999."), ONE)
            self._say(address, "", Reply(blocks, shortcuts=SHORTCUTS))

    async def passage(self, channel: str, address: str, after: int = 0, newest: int | None = None) -> Passage:
        """What was said after an entry."""
        said = self._of(address)
        first = max(0, len(said) - 2 * newest) if newest is not None else 0
        wanted = tuple(entry for entry in said[first:] if entry.seq > after)
        self.looked_at += len(wanted)
        conversation = self.led_to.get(address, address) if said else ""
        return Passage(conversation, wanted, is_whole=first == 0 and after == 0)

    async def resume_code(self, channel: str, address: str, at: datetime) -> str:
        """Always the same code."""
        self.codes["BCDF-2345"] = self.led_to.get(address, address)
        return "BCDF-2345"

    async def redeem(self, channel: str, address: str, code: str, at: datetime) -> bool:
        """Leads once to where the code came from."""
        found = self.codes.pop(code.upper(), None)
        if found is not None:
            self.led_to[address] = found
        return found is not None

    async def document(self, channel: str, address: str, key: str) -> Document | None:
        """One document, of those who have a conversation."""
        if key != "R-7K3M2Q-1.txt" or not self._of(address):
            return None
        return Document("Décision R-7K3M2Q.txt", "text/plain; charset=utf-8", b"Refer it.\n")

    async def changes(self, channel: str, address: str) -> AsyncIterator[int]:
        """Yields whenever anything is said to anyone."""
        news, count = asyncio.Event(), 0
        self._news.append(news)
        try:
            while True:
                await news.wait()
                news.clear()
                count += 1
                yield count
        finally:
            self._news.remove(news)

    def _of(self, address: str) -> list[Entry]:
        return self.entries.setdefault(self.led_to.get(address, address), [])

    def _say(self, address: str, words: str, reply: Reply) -> None:
        said = self._of(address)
        # Conversations begin at different moments, as they do in life.
        began = said[0].at if said else BEGAN + timedelta(seconds=len(self.entries))
        if words:
            said.append(Entry(len(said) + 1, "you", began + timedelta(minutes=len(said)), words=words))
        said.append(Entry(len(said) + 1, "bot", began + timedelta(minutes=len(said)), reply=reply))
        for news in self._news if self.announces else ():
            news.set()


def _key(said: Said) -> str:
    if isinstance(said, Typed):
        return said.text
    if isinstance(said, Filled):
        return " ".join(value for name, value in said.values if name in {"day", "month"})
    return " ".join(said.ids)


def _words(said: Said) -> str:
    if isinstance(said, Typed):
        return f"Typed: {said.text or 'nothing'}."
    if isinstance(said, Chosen):
        return f"Chose {', '.join(said.ids)} of {said.prompt}."
    return f"Filled {said.form}: {', '.join(f'{name}={value}' for name, value in said.values)}."
