"""Everything that can be answered: the topics, the signposts elsewhere, the published reviews, and the version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from knowledge.author_file import Problem, explain, parse
from knowledge.learning import Review, load_reviews
from knowledge.lines import KeyPath
from knowledge.topic import DRAFT, BrokenTopic, Topic, read_topic

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_HERE = Path(__file__).parent
TOPICS = _HERE / "topics"
DECOYS = _HERE / "decoys"
RELATED = range(2, 5)


@dataclass(frozen=True)
class Decoy:
    """Something people ask that is not answered here: how they ask it, and whom to ask instead.

    A question that states one of the circumstances in `never` asks for something else.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    title: Text
    about: Text
    kind: Literal["out of scope", "smalltalk"]
    asks: tuple[Text, ...]
    text: Text
    never: tuple[Text, ...] = ()
    id: str = ""


@dataclass(frozen=True, eq=False)
class Library:
    """The topics, decoys and published reviews, each by its id. `version` changes with any word of them.

    Two are the same only if they were loaded as one.
    """

    topics: Mapping[str, Topic]
    decoys: Mapping[str, Decoy]
    reviews: tuple[Review, ...]
    version: str

    @property
    def last_checked(self) -> date | None:
        """The newest day on which any of it was checked at its source."""
        days = [one.checked for topic in self.topics.values() for one in topic.citations if one.checked is not None]
        return max(days, default=None)

    def due(self, on: date) -> tuple[Topic, ...]:
        """The topics whose review date has come, the oldest first."""
        return tuple(sorted((t for t in self.topics.values() if t.review_by <= on), key=lambda t: (t.review_by, t.id)))


def load_library(topics: Path = TOPICS, area_folder: Path | None = None) -> Library:
    """The whole library; `area_folder` may hold the area's own reviews.

    Raises BrokenTopic, naming each file and line that is not right.
    """
    return _load(topics, area_folder)


def check_topics(folder: Path = TOPICS) -> dict[Path, list[Problem]]:
    """Everything wrong with the topics of a folder, by file; empty where nothing is."""
    return _read(folder)[1]


def check_drafts(folder: Path = TOPICS) -> dict[Path, list[Problem]]:
    """Every draft of a folder with what it lacks to be a topic beside the others; nothing where it is complete."""
    drafts = {topic_file(file): file for file in sorted(folder.glob(f"*{DRAFT}"))}
    lacks: dict[Path, list[Problem]] = {}
    while True:
        # What leans on a draft that is not complete is not complete either.
        found = _read(folder, {file: draft for file, draft in drafts.items() if not lacks.get(draft)})[1]
        new = {drafts[file]: slips for file, slips in found.items() if file in drafts and not lacks.get(drafts[file])}
        if not new:
            return {draft: lacks.get(draft, []) for draft in drafts.values()}
        lacks |= new


def topic_file(draft: Path) -> Path:
    """The file that a draft is once it is published."""
    return draft.with_name(f"{draft.name.removesuffix(DRAFT)}.md")


def _read(
    folder: Path, drafts: Mapping[Path, Path] = MappingProxyType({})
) -> tuple[dict[str, Topic], dict[Path, list[Problem]]]:
    """The topics of a folder that can be read, and everything wrong with the folder's files.

    `drafts` are read too, each by the file that it is to be; one whose name is taken is wrong.
    """
    files = [file for file in sorted(folder.glob("*.md")) if not file.name.endswith(DRAFT)]
    read = {file: read_topic(file) for file in files}
    for file, draft in drafts.items():
        read[file] = read_topic(draft) if file not in read else [Problem(1, "there is a topic of this name")]
    topics = {topic.id: topic for topic in read.values() if isinstance(topic, Topic)}
    ids = {file.stem for file in read}
    sayers: dict[str, list[str]] = {}
    for topic in topics.values():
        for said in topic.said:
            sayers.setdefault(said, []).append(topic.id)
    slips = {
        file: found if isinstance(found, list) else list(_between(found, sayers, ids)) for file, found in read.items()
    }
    return topics, {file: found for file, found in slips.items() if found}


def _between(topic: Topic, sayers: Mapping[str, Iterable[str]], ids: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a topic beside the others; `sayers` are the topics that have a title or question."""
    if len(topic.related) not in RELATED:
        yield Problem(topic.line("related"), f"name 2 to 4 related topics, not {len(topic.related)}")
    for place, name in enumerate(topic.related):
        if name == topic.id or name not in ids:
            yield Problem(topic.line("related", place), f'there is no other topic "{name}"')
    for title in (topic.title, *topic.asks):
        for other in sayers[title.casefold()]:
            if other < topic.id:
                where = "title" if title == topic.title else "asks"
                yield Problem(topic.line(where), f'"{other}" says the same: {title}')


@cache
def _load(folder: Path, area_folder: Path | None) -> Library:
    return read_library(folder, area_folder)


def read_library(folder: Path = TOPICS, area_folder: Path | None = None) -> Library:
    """The library as it is written now, whatever was loaded before. Raises BrokenTopic."""
    topics, problems = _read(folder)
    if problems:
        raise BrokenTopic(
            "\n".join(f"{file}, line {one.line}: {one.message}" for file, each in problems.items() for one in each)
        )
    if not topics:
        raise BrokenTopic(f"{folder}: there are no topics in it")
    decoys = {file.stem: _decoy(file) for file in sorted(DECOYS.glob("*.toml"))}
    reviews = load_reviews(area_folder)
    return Library(MappingProxyType(topics), MappingProxyType(decoys), reviews, _version(topics, decoys, reviews))


def _decoy(file: Path) -> Decoy:
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise BrokenTopic(f"{file}, line {parsed.line}: {parsed.message}")
    try:
        decoy = _shape().validate_python(parsed.values)
    except ValidationError as error:
        slips = parsed.problems(explain(detail, _decoy_settings) for detail in error.errors(include_url=False))
        raise BrokenTopic("\n".join(f"{file}, line {one.line}: {one.message}" for one in slips)) from None
    return replace(decoy, id=file.stem, text=" ".join(decoy.text.split()))


# Made once: it takes longer than reading a file.
@cache
def _shape() -> TypeAdapter[Decoy]:
    return TypeAdapter(Decoy)


def _decoy_settings(_: KeyPath) -> Iterable[str]:
    return [one.name for one in fields(Decoy) if one.name != "id"]


def _version(topics: Mapping[str, Topic], decoys: Mapping[str, Decoy], reviews: tuple[Review, ...]) -> str:
    """Eight letters and digits that change with the content."""
    whole = hashlib.sha256()
    for one in (*topics.values(), *decoys.values(), *reviews):
        whole.update(repr(one).encode())
    return whole.hexdigest()[:8]
