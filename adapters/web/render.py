"""A conversation as the page shows it: what was said, in turns, and the controls of what is asked now. Values only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import Literal

from adapters.web.fields import FIELD
from adapters.web.prose import Part, parts, safe
from bot.clock import LONDON
from bot.delivering.nudge_message import NUDGES
from bot.messages import NOTHING_ASKED, Block, Card, Choices, Field, File, Form, Link, Option, Reply, Text, Wait
from bot.passage import Entry, Passage

MOST_RADIOS = 10
# How the mark of a practice reply begins: read back later, an invented decision must not pass for a real one.
_ALWAYS_SHOWN = "PRACTICE"
_FORMATS = {"docx": "Word", "html": "web page", "txt": "plain text"}

PieceKind = Literal["plain", "emergency", "note", "problem", "card", "question", "file", "link", "wait"]


@dataclass(frozen=True)
class Piece:
    """One block of a reply as shown; which of the rest is filled depends on `kind`.

    A note that is `repeated` was said before, and is shown in the newest reply only.
    """

    kind: PieceKind
    parts: tuple[Part, ...] = ()
    text: str = ""
    url: str = ""
    card: Card | None = None
    repeated: bool = False


@dataclass(frozen=True)
class TurnView:
    """One turn. `words` is a person's, `pieces` are the bot's. `day` is given where it is not the turn before's."""

    seq: int
    by: Literal["you", "bot"]
    time: str
    day: str
    iso: str
    words: str = ""
    pieces: tuple[Piece, ...] = ()
    latest: bool = False


@dataclass(frozen=True)
class Blank:
    """One field to fill in: its name in the form, and what stands in it already."""

    name: str
    label: str
    hint: str
    kind: Literal["line", "long", "date"]
    value: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked now and how it can be answered. `given` is what was sent before a slip, by field name."""

    kind: Literal["radios", "select", "checkboxes", "form", "words"]
    id: str = ""
    text: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    blanks: tuple[Blank, ...] = ()
    submit: str = "Continue"
    shortcuts: tuple[Option, ...] = ()
    problem: str = ""
    chosen: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The id of the first control, where a complaint leads to."""
        if self.kind in {"radios", "select", "checkboxes"}:
            return "choice"
        if self.kind == "form" and self.blanks:
            return "day" if self.blanks[0].kind == "date" else self.blanks[0].name
        return "text"


@dataclass(frozen=True)
class View:
    """A passage. `mark` changes if a browser is led to another conversation; `is_whole`: nothing comes before."""

    turns: tuple[TurnView, ...]
    asked: Asked
    last: int
    mark: str
    is_whole: bool

    def after(self, seq: int) -> tuple[TurnView, ...]:
        """The turns after one."""
        return tuple(turn for turn in self.turns if turn.seq > seq)


def view(passage: Passage, sent: Mapping[str, Sequence[str]] | None = None, problem: str = "") -> View:
    """A conversation as shown; `sent` is what came with the last form, put back where there was a problem with it.

    That is `problem`, or else what the last reply says of it.
    """
    entries = passage.entries
    replies = [(entry.seq, entry.reply) for entry in entries if entry.reply is not None]
    latest, reply = _asking(replies)
    days = [_day(entry.at) for entry in entries]
    noted: set[str] = set()
    turns = tuple(
        _turn(entry, day if number == 0 or day != days[number - 1] else "", latest, noted)
        for number, (entry, day) in enumerate(zip(entries, days, strict=True))
    )
    last = entries[-1].seq if entries else 0
    return View(turns, asked(reply or Reply(()), sent or {}, problem), last, mark(passage), passage.is_whole)


def _asking(replies: Sequence[tuple[int, Reply]]) -> tuple[int, Reply | None]:
    """The reply that asks what can be answered now, with its number: reminders come between, and take no question away.

    Their buttons stand before its own.
    """
    reminders = list(takewhile(lambda one: one[1].key == NUDGES, reversed(replies)))
    if not reminders or len(reminders) == len(replies):
        return replies[-1] if replies else (0, None)
    seq, reply = replies[-1 - len(reminders)]
    return seq, replace(reply, shortcuts=(*reminders[0][1].shortcuts, *reply.shortcuts))


def mark(passage: Passage) -> str:
    """What tells one conversation from another, without saying which it is."""
    return hashlib.sha256(passage.conversation.encode()).hexdigest()[:16]


def asked(reply: Reply, sent: Mapping[str, Sequence[str]], problem: str = "") -> Asked:
    """What the last reply asks, with its controls."""
    block = _live(reply)
    problem = problem or " ".join(
        _words(one) for one in reply.blocks if isinstance(one, Text) and one.tone == "problem"
    )
    if isinstance(block, Choices):
        kind: Literal["radios", "select", "checkboxes"] = "radios"
        if block.many or len(block.options) > MOST_RADIOS:
            kind = "checkboxes" if block.many else "select"
        again = tuple(sent.get("choice", ())) if problem and [block.prompt] == list(sent.get("prompt", ())) else ()
        return Asked(
            kind, block.prompt, block.text, block.help, block.options, (), "Continue", reply.shortcuts, problem, again
        )
    if isinstance(block, Form):
        given = _given(sent) if problem and [block.id] == list(sent.get("form", ())) else {}
        blanks = tuple(_blank(one, block.fields[:number], given) for number, one in enumerate(block.fields))
        return Asked("form", block.id, block.title, "", (), blanks, block.submit, reply.shortcuts, problem, given=given)
    return Asked("words", NOTHING_ASKED, submit="Send", shortcuts=reply.shortcuts, problem=problem)


def _live(reply: Reply) -> Choices | Form | None:
    live = [block for block in reply.blocks if isinstance(block, (Choices, Form))]
    return live[-1] if live else None


def _given(sent: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in sent.items() if values}


def _blank(asked: Field, before: tuple[Field, ...], given: Mapping[str, str]) -> Blank:
    # A date has three parts without a name of their own, so only a form's first date is asked in parts.
    is_parted = asked.kind == "date" and all(one.kind != "date" for one in before)
    kind: Literal["line", "long", "date"] = "date" if is_parted else "long" if asked.kind == "long" else "line"
    name = FIELD + asked.id
    return Blank(name, asked.label, asked.help, kind, given.get(name, ""))


def clock_time(at: datetime) -> str:
    """The time in London, such as 9:05pm."""
    local = at.astimezone(LONDON)
    return f"{local:%I:%M}".lstrip("0") + ("am" if local.hour < 12 else "pm")


def _turn(entry: Entry, day: str, latest: int, noted: set[str]) -> TurnView:
    pieces = pieces_of(entry.reply.blocks) if entry.reply else ()
    notes = {piece.text for piece in pieces if piece.kind == "note"}
    pieces = tuple(replace(piece, repeated=piece.kind == "note" and piece.text in noted) for piece in pieces)
    noted |= {note for note in notes if not note.startswith(_ALWAYS_SHOWN)}
    iso = entry.at.astimezone(LONDON).isoformat(timespec="minutes")
    return TurnView(entry.seq, entry.by, clock_time(entry.at), day, iso, entry.words, pieces, entry.seq == latest)


def pieces_of(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """What is said, piece by piece as it is shown."""
    return tuple(_piece(block) for block in blocks)


def _day(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


def _piece(block: Block) -> Piece:
    if isinstance(block, Text):
        return Piece(block.tone, parts(block), _words(block))
    if isinstance(block, Card):
        links = tuple(link for link in block.links if safe(link.url))
        return Piece("card", card=Card(block.title, block.facts, links))
    if isinstance(block, Choices):
        return Piece("question", text=block.text)
    if isinstance(block, Form):
        return Piece("question", text=block.title)
    if isinstance(block, File):
        made = _FORMATS.get(block.name.rpartition(".")[2])
        return Piece("file", text=f"{block.name} ({made})" if made else block.name, url=f"/documents/{block.key}")
    if isinstance(block, Link):
        return Piece("link", text=block.label, url=block.url) if safe(block.url) else Piece("plain", text=block.label)
    assert isinstance(block, Wait)
    return Piece("wait")


def _words(text: Text) -> str:
    """A text as one line."""
    found = parts(text)
    said = [inline.text for part in found for inline in part.inlines] + [
        item.text for part in found for item in part.items
    ]
    return " ".join(" ".join(said).split())
