"""The library of learning: published reviews and briefings as facts, one file each, found by theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from knowledge.author_file import Parsed, Problem, Slip, explain, parse
from knowledge.lines import KeyPath
from knowledge.sources import Citation, UnknownSource
from knowledge.topic import BrokenTopic, Cite

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal[
    "national review", "thematic review", "national briefing", "annual report", "local review", "local briefing"
]

_SHIPPED = Path(__file__).parent / "learning"
# An area's own lie in a folder of this name beside its area.toml.
AREA_FOLDER = "learning"
_READ_ELSEWHERE = ("id", "local")


@dataclass(frozen=True)
class Review:
    """A published review or briefing. `published` is for people to read; `found` is what it found, in our own words.

    `known_as` are names that people call it by, `words` what they say for its subject, all in small letters. `local` is
    whether it is the area's own.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    title: Text
    kind: Kind
    published: Text
    themes: tuple[Text, ...]
    found: tuple[Text, ...]
    read_it: Text
    cites: tuple[Cite, ...] = ()
    known_as: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    id: str = ""
    local: bool = False

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the facts about it come from."""
        return tuple(cite.citation() for cite in self.cites)


def load_reviews(area_folder: Path | None = None) -> tuple[Review, ...]:
    """Every review, the area's own first. Raises BrokenTopic, naming file and line, where one is not right."""
    return _load(area_folder)


def themes(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    """The reviews by theme, themes in the order of the alphabet."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        for theme in review.themes:
            found.setdefault(theme, []).append(review)
    return {theme: tuple(found[theme]) for theme in sorted(found)}


@cache
def _load(area_folder: Path | None) -> tuple[Review, ...]:
    own = (area_folder / AREA_FOLDER,) if area_folder is not None else ()
    return tuple(
        _read(file, local=folder is not _SHIPPED)
        for folder in (*own, _SHIPPED)
        for file in sorted(folder.glob("*.toml"))
    )


def _read(file: Path, *, local: bool) -> Review:
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise _broken(file, [parsed])
    try:
        review = _shape().validate_python(parsed.values)
    except ValidationError as error:
        slips = [explain(detail, _allowed) for detail in error.errors(include_url=False)]
        raise _broken(file, parsed.problems(slips)) from None
    if problems := parsed.problems(_slips(review, parsed, local=local)):
        raise _broken(file, problems)
    return replace(review, id=file.stem, local=local)


# Made once: it takes longer than reading a file.
@cache
def _shape() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


def _slips(review: Review, parsed: Parsed, *, local: bool) -> Iterator[Slip]:
    for name in _READ_ELSEWHERE:
        if name in parsed.values:
            yield Slip((name,), f"{name} is not set here: leave this line out")
    for name in ("themes", "found"):
        if not getattr(review, name):
            yield Slip((name,), f"{name} is empty: give at least one")
    if not review.cites and not local:
        yield Slip(("cites",), "say where these facts come from: at least one source")
    for place, cite in enumerate(review.cites):
        try:
            cite.citation()
        except UnknownSource as unknown:
            yield Slip(("cites", place), str(unknown))


def _broken(file: Path, problems: list[Problem]) -> BrokenTopic:
    return BrokenTopic("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))


def _allowed(around: KeyPath) -> Iterable[str]:
    shape: type[Cite] | type[Review] = Cite if around and around[0] == "cites" else Review
    return [one.name for one in fields(shape) if one.name not in _READ_ELSEWHERE]
