"""A reply parted into headings, paragraphs, lists and facts, from which both forms of an e-mail are made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from bot import wording_mail
from bot.delivering.nudge_buttons import read_button
from bot.messages import Anchor, Block, Bold, Bullets, Card, Choices, File, Form, Link, Reply, Run, Text, Wait

# Where on the web page a reply is answered.
_CONVERSATION = "/chat"
# Where a case, or the area's own duties, are shown and acted on after signing in.
_CASE = "/board/case/"
_SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
# Turns the reading direction round, so that words can look like others.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Words:
    """Words within a line; with a `url` they lead to it."""

    text: str
    url: str = ""
    strong: bool = False


Line = tuple[Words, ...]


@dataclass(frozen=True)
class Heading:
    """What the parts after it are about."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together; the urgent are set apart."""

    kind: ClassVar[str] = "paragraph"
    lines: tuple[Line, ...]
    urgent: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    kind: ClassVar[str] = "items"
    items: tuple[Words, ...]


@dataclass(frozen=True)
class Facts:
    """Labels, each with its value."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


Part = Heading | Paragraph | Items | Facts


def parts(reply: Reply, public_url: str, *, has_chat: bool = True) -> tuple[Part, ...]:
    """The parts of a reply, in order. `public_url` is where the web page is; empty: there are no links to it.

    `has_chat`: people can talk to the bot there.
    What several questions share is said once, after the last of them: their answers, and where to answer.
    """
    blocks = [block for block in reply.blocks if not isinstance(block, Wait)]
    asking = [number for number, block in enumerate(blocks) if isinstance(block, Choices | Form)]
    found: list[Part] = []
    chat_url = public_url if has_chat else ""
    for number, block in enumerate(blocks):
        found += _parts(block, public_url, chat_url)
        if isinstance(block, Choices) and _answers(block) != _answers(*blocks[number + 1 : number + 2]):
            found += _answers(block)
        if number in asking[-1:]:
            found.append(_way_back(wording_mail.ANSWER, wording_mail.ANSWER_ELSEWHERE, chat_url))
    return tuple(part for part in found if not _is_empty(part))


def _is_empty(part: Part) -> bool:
    if isinstance(part, Heading):
        return not part.text
    if isinstance(part, Paragraph):
        return not any(words.text for line in part.lines for words in line)
    return not (part.pairs if isinstance(part, Facts) else part.items)


def clean(text: str) -> str:
    """Without what a mail reader would obey rather than show; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in text if one == "\n" or not _is_obeyed(one))


def one_line(text: str) -> str:
    """The text cleaned, on one line."""
    return " ".join(clean(text).split())


def _inline(text: str) -> str:
    """The text cleaned and on one line, its own spaces kept: they part it from the words beside it."""
    return clean(text).replace("\n", " ")


def _is_obeyed(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}


def _parts(block: Block, public_url: str, chat_url: str) -> Iterator[Part]:
    if isinstance(block, Text):
        yield from _text(block, public_url)
    elif isinstance(block, Card):
        yield Heading(one_line(block.title))
        yield Facts(tuple((one_line(label), one_line(value)) for label, value in block.facts))
        for link in block.links:
            yield _alone(link.label, link.url, public_url)
    elif isinstance(block, Choices):
        yield Heading(one_line(block.text))
        yield from _text(Text.of(block.help), public_url)
        yield from _to_case(block, public_url)
    elif isinstance(block, Form):
        yield Heading(one_line(block.title))
        if block.fields:
            yield _said(wording_mail.FILL_IN)
        yield Items(tuple(Words(_with_hint(field.label, field.help)) for field in block.fields))
    elif isinstance(block, File):
        yield Heading(one_line(block.name))
        yield _way_back(wording_mail.FETCH, wording_mail.FETCH_ELSEWHERE, chat_url)
    else:
        assert isinstance(block, Link)
        yield _alone(block.label, block.url, public_url)


def _to_case(asked: Choices, public_url: str) -> Iterator[Part]:
    """The way to the case that a reminder is about, by its reference alone."""
    about = next((button for one in asked.options if (button := read_button(one.id)) is not None), None)
    if about is not None and public_url:
        yield _alone(wording_mail.case_link(about.ref), f"{_CASE}{about.ref}", public_url)


def _answers(*blocks: Block) -> tuple[Part, ...]:
    """What can be answered to a question; nothing where it is none."""
    found = [option for block in blocks if isinstance(block, Choices) for option in block.options]
    items = Items(tuple(Words(_with_hint(option.label, option.hint)) for option in found))
    return (_said(wording_mail.CHOOSE), items) if found else ()


def _with_hint(label: str, hint: str) -> str:
    label, hint = one_line(label), one_line(hint)
    return f"{label} ({hint})" if hint else label


def _text(block: Text, public_url: str) -> Iterator[Part]:
    lines: list[list[Words]] = [[]]
    for run in block.runs:
        if isinstance(run, Bullets):
            yield from _paragraphs(lines, block)
            lines = [[]]
            yield Items(tuple(_words(item, public_url) for item in run.items))
        elif isinstance(run, str):
            first, *more = clean(run).split("\n")
            lines[-1].append(Words(first))
            lines += [[Words(line)] for line in more]
        else:
            lines[-1].append(_words(run, public_url))
    yield from _paragraphs(lines, block)


def _paragraphs(lines: list[list[Words]], block: Text) -> Iterator[Part]:
    together: list[Line] = []
    for line in [*lines, []]:
        if any(words.text.strip() for words in line):
            together.append(tuple(words for words in line if words.text))
        elif together:
            yield Paragraph(tuple(together), urgent=block.tone in {"emergency", "problem"})
            together = []


def _words(run: Run, public_url: str) -> Words:
    if isinstance(run, Anchor):
        url = _whole(run.url, public_url)
        return Words(_inline(run.label) or url, url)
    assert not isinstance(run, Bullets)
    return Words(_inline(run.text), strong=True) if isinstance(run, Bold) else Words(_inline(run))


def _alone(label: str, url: str, public_url: str) -> Paragraph:
    return Paragraph(((_words(Anchor(label, url), public_url),),))


def _said(words: str) -> Paragraph:
    return Paragraph(((Words(words),),))


def _way_back(words: str, elsewhere: str, public_url: str) -> Paragraph:
    return _alone(words, _CONVERSATION, public_url) if public_url else _said(elsewhere)


def _whole(url: str, public_url: str) -> str:
    """An address that works from anywhere and is safe to press; empty if there is none."""
    if any(letter.isspace() or _is_obeyed(letter) for letter in url):
        return ""
    if url.startswith("/") and not url.startswith(("//", "/\\")):
        return f"{public_url}{url}" if public_url else ""
    try:
        return url if urlsplit(url).scheme in _SAFE_SCHEMES else ""
    except ValueError:
        return ""
