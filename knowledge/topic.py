"""One topic: the questions it answers, what it says, how sure that is, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from knowledge.author_file import Parsed, Problem, Slip, explain, parse
from knowledge.lines import KeyPath, line_of
from knowledge.regular import Text
from knowledge.sources import Citation, UnknownSource, citation

Badge = Literal["must", "should", "local"]

MORE = "<!-- more -->"
MAX_ID = 36
"""Characters of a topic's id: it travels inside a button's id, which has at most 40."""
LEAST_ASKS = 5
SENTENCES = range(2, 6)
MOST_WORDS = 28
"""Words of a sentence that somebody tired can still follow."""
FACT_KINDS = (
    *("definition", "who", "whom", "why", "how", "whether", "where", "when"),
    *("duration", "number", "age", "date", "form", "contact", "person", "law"),
)

_FENCE = "+++"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z0-9\"'(])")
_SHEET_CODE = re.compile(r"\[(?:seed|found|bg|design)|\bbg-[HML]\b|\bS\d{1,2}[ab]?\b(?! of the| Children)")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|\[\[[^\]]*\]\]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019.,-]*")
_YES_OR_NO = re.compile(r"(?:Yes|No)[,.:]")
_NOT_A_SETTING = {"name", "invented", "contacts", "roles", "overlays", "key", "file", "lines", "extra_holidays"}


class BrokenTopic(Exception):
    """A topic, or what goes with the topics, cannot be used; the message names each file and line at fault."""


@dataclass(frozen=True)
class Cite:
    """A place in a source. `reread = false`: it was not read again. `superseded = true`: known to be replaced."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    source: Text
    place: str = ""
    reread: Annotated[bool, Strict()] = True
    superseded: Annotated[bool, Strict()] = False

    def citation(self) -> Citation:
        """The place with the day it was last read. Raises UnknownSource."""
        found = citation(self.source, self.place)
        return found if self.reread else replace(found, checked=None)


@dataclass(frozen=True)
class Topic:
    """What is known about one thing.

    `about` completes "About …:". `asks` are questions in staff's own words. `short` is the answer, `detail` what "more"
    shows. `facts` says, by kind, what can be read in the text. `area` names settings of the area shown beside it;
    `reviews` is whether the library of published reviews is shown beside it. A question that states none of the
    circumstances in `only` is hardly ever about it; one that states any in `never` is about another case. `defines` are
    the words whose meaning it tells.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    title: Annotated[Text, Field(max_length=60)]
    about: Text
    asks: tuple[Text, ...]
    badge: Badge
    cites: tuple[Cite, ...]
    facts: Mapping[str, tuple[Text, ...]]
    owner: Text
    review_by: Annotated[date, Strict()]
    related: tuple[Text, ...] = ()
    area: tuple[Text, ...] = ()
    reviews: Annotated[bool, Strict()] = False
    only: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
    defines: tuple[Text, ...] = ()
    id: str = ""
    short: str = ""
    detail: str = ""
    settings: Parsed | None = field(default=None, repr=False, compare=False)

    @cached_property
    def said(self) -> frozenset[str]:
        """Its title and questions in small letters."""
        return frozenset(one.casefold() for one in (self.title, *self.asks))

    @property
    def text(self) -> str:
        """The whole answer, detail and all."""
        return f"{self.short}\n\n{self.detail}".strip()

    def line(self, *path: str | int) -> int:
        """The line of its file on which a setting stands, such as `line("asks", 0)`."""
        return 1 if self.settings is None else line_of(self.settings.lines, path)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The places it comes from, with the day each was last read."""
        return tuple(cite.citation() for cite in self.cites)


DRAFT = ".draft.md"
"""How a file's name ends that will be a topic: nobody is answered from it until it is published."""
_READ_ELSEWHERE = ("id", "short", "detail", "settings")
_ALWAYS = {
    "title": "give the title that people see on its button",
    "about": 'say what completes "About …:"',
    "owner": "say who looks after it",
}
_SHAPE = TypeAdapter(Topic)


def read_topic(file: Path) -> Topic | list[Problem]:
    """The topic in a file, or everything wrong with the file by itself, in the order of its lines."""
    raw = file.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    parts = raw.split(f"{_FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        return [Problem(1, f"the file must begin with {_FENCE}, the topic's settings, {_FENCE}, and then its text")]
    parsed = parse(parts[1].encode())
    if isinstance(parsed, Problem):
        return [Problem(parsed.line + 1, parsed.message)]
    # The fence stands above the settings.
    shifted = replace(parsed, above=1)
    try:
        topic = _SHAPE.validate_python(shifted.values)
    except ValidationError as error:
        return shifted.problems(_explained(detail) for detail in error.errors(include_url=False))
    short, _, detail = parts[2].partition(MORE)
    name = file.name.removesuffix(DRAFT).removesuffix(".md")
    topic = replace(topic, id=name, short=_joined(short), detail=detail.strip(), settings=shifted)
    return shifted.problems(_slips(topic, parts[2])) or topic


def sentences(text: str) -> list[str]:
    """The sentences of a text, each item of a list by itself."""
    blocks = re.split(r"\n\s*\n|\n\s*- |^\s*- ", text)
    return [one for block in blocks for one in _SENTENCE.split(" ".join(block.split())) if one]


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def words(text: str) -> list[str]:
    """The words of a text, figures and references such as 16C(1) among them."""
    return _WORD.findall(text.replace("**", ""))


def _explained(detail: ErrorDetails) -> Slip:
    slip = explain(detail, _allowed)
    if detail["type"] == "string_too_short" and len(slip.path) == 1 and slip.path[0] in _ALWAYS:
        return replace(slip, message=f"{slip.path[0]} is empty: {_ALWAYS[str(slip.path[0])]}")
    return slip


def _allowed(around: KeyPath) -> Iterable[str]:
    shape: type = Cite if around and around[0] == "cites" else Topic
    assert is_dataclass(shape)
    return [one.name for one in fields(shape) if one.name not in _READ_ELSEWHERE]


def _slips(topic: Topic, text: str) -> Iterator[Slip]:
    if not _ID.fullmatch(topic.id) or len(topic.id) > MAX_ID:
        yield Slip((), f"name the file in small letters, digits and hyphens, at most {MAX_ID} of them")
    for name in _READ_ELSEWHERE:
        if topic.settings is not None and name in topic.settings.values:
            yield Slip((name,), f"{name} is not set here: leave this line out")
    if len(topic.asks) < LEAST_ASKS:
        yield Slip(("asks",), f"give at least {LEAST_ASKS} questions in staff's own words, not {len(topic.asks)}")
    if len({ask.casefold() for ask in topic.asks}) < len(topic.asks):
        yield Slip(("asks",), "the same question stands here twice")
    if len(sentences(topic.short)) not in SENTENCES:
        yield Slip((), f"the short answer needs 2 to 5 sentences, not {len(sentences(topic.short))}")
    yield from _text_slips(f"{topic.title}\n\n{topic.about}\n\n{text}")
    yield from _fact_slips(topic)
    yield from _cite_slips(topic)


def _text_slips(text: str) -> Iterator[Slip]:
    """What is wrong with words that people see."""
    if found := _SHEET_CODE.search(text):
        yield Slip((), f'"{found.group()}" is a note for authors: people must not see it')
    if found := _LINK.search(text):
        yield Slip((), f'"{found.group()}" is shown as it stands, not as a link: name the topic under related instead')
    for sentence in sentences(text.replace(MORE, "\n\n")):
        if len(words(sentence)) > MOST_WORDS:
            yield Slip((), f"{len(words(sentence))} words in one sentence, at most {MOST_WORDS}: {sentence}")
        if _YES_OR_NO.match(sentence):
            yield Slip(
                (), f'the same answer is given to "must we" and to "need we not": say it without yes or no: {sentence}'
            )


def _fact_slips(topic: Topic) -> Iterator[Slip]:
    if not topic.facts:
        yield Slip(("facts",), "say which facts it answers: at least one line under [facts]")
    said = " ".join(topic.text.split()).casefold()
    for kind, values in topic.facts.items():
        if kind not in FACT_KINDS:
            yield Slip(("facts", kind), f'there is no kind of fact "{kind}"; there are: {", ".join(FACT_KINDS)}')
        for value in values:
            if value.casefold() not in said:
                yield Slip(("facts", kind), f'the text does not say "{value}"')


def _cite_slips(topic: Topic) -> Iterator[Slip]:
    if not topic.cites:
        yield Slip(("cites",), "say where it comes from: at least one source")
    for place, cite in enumerate(topic.cites):
        where: KeyPath = ("cites", place)
        try:
            status = cite.citation().source.status
        except UnknownSource as unknown:
            yield Slip(where, str(unknown))
            continue
        if (status == "superseded") != cite.superseded:
            instead = "add superseded = true" if status == "superseded" else "leave superseded out"
            yield Slip(where, f'the source "{cite.source}" is {status}: {instead}')
