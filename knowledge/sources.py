"""The documents that rules and answers rest on, and how a place in one is shown to people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Strict, StringConstraints, TypeAdapter, ValidationError

from knowledge.author_file import Parsed, Problem, Slip, explain, parse
from knowledge.invented import link_host
from knowledge.lines import KeyPath

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Status = Literal["current", "superseded", "proposed", "house"]

_SHIPPED = Path(__file__).parent / "sources.toml"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class BrokenSource(Exception):
    """The list of sources cannot be used; the message names its file and each line at fault."""


class UnknownSource(Exception):
    """No source has the id that was asked for."""


@dataclass(frozen=True)
class Source:
    """A document. `where` is its landing page; `checked` is the day its text was last read, None if it was not.

    `addresses` are landing pages by a name in the place cited, for a source that is many documents. `not_reread` names
    places in it that were not read even though the rest was.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    title: Text
    publisher: Text
    status: Status
    edition: Text | None = None
    where: Text | None = None
    addresses: Mapping[str, Text] = field(default_factory=dict, hash=False)
    superseded_by: Text | None = None
    checked: Annotated[date, Strict()] | None = None
    reread: Annotated[bool, Strict()] = True
    not_reread: tuple[Text, ...] = ()
    note: Text | None = None
    id: str = ""


@dataclass(frozen=True)
class Citation:
    """A place in a source, such as "section 16C(1)", and the day it was last read; None if it was not."""

    source: Source
    place: str
    checked: date | None

    @property
    def where(self) -> str | None:
        """The landing page of the document that the place is in, where one is known."""
        named = [(self.place.find(name), link) for name, link in self.source.addresses.items() if name in self.place]
        return min(named)[1] if named else self.source.where


def load_sources(file: Path = _SHIPPED) -> Mapping[str, Source]:
    """Every source by its id. Raises BrokenSource, naming file and line, if the list is not right."""
    return _load(file)


def citation(source: Source | str, place: str = "") -> Citation:
    """A place in a source, given itself or by its id. Raises UnknownSource for an id that is not in the list."""
    found = _find(source) if isinstance(source, str) else source
    unread = any(re.match(rf"{re.escape(part)}(?![A-Za-z0-9])", place) for part in found.not_reread)
    return Citation(found, place, None if unread else found.checked)


def cite(source: Source | str, place: str = "") -> str:
    """A citation for a person to read, such as "Children Act 2004, section 16C(1) (checked 23 Nov 2026)".

    Raises UnknownSource for an id that is not in the list.
    """
    return cite_words(citation(source, place))


def cite_words(cited: Citation) -> str:
    """The same for a place already found."""
    name = f"{cited.source.title}, {cited.place}" if cited.place else cited.source.title
    if cited.source.status == "house":
        return name
    remarks = ["proposed, not in force"] if cited.source.status == "proposed" else []
    remarks.append(_when(cited.checked))
    if cited.source.superseded_by is not None:
        newer = _find(cited.source.superseded_by)
        remarks.append(f"since replaced by {newer.title}, {_when(newer.checked)}")
    return f"{name} ({'; '.join(remarks)})"


def _when(checked: date | None) -> str:
    return "not re-read at source" if checked is None else f"checked {checked.day} {checked:%b %Y}"


def _find(name: str) -> Source:
    try:
        return load_sources()[name]
    except KeyError:
        raise UnknownSource(f'there is no source "{name}"') from None


@cache
def _load(file: Path) -> Mapping[str, Source]:
    parsed = parse(file.read_bytes())
    if isinstance(parsed, Problem):
        raise _broken(file, [parsed])
    try:
        read = TypeAdapter(dict[str, Source]).validate_python(parsed.values)
    except ValidationError as error:
        slips = [explain(detail, _allowed) for detail in error.errors(include_url=False)]
        raise _broken(file, parsed.problems(slips)) from None
    sources = {name: replace(source, id=name) for name, source in read.items()}
    problems = parsed.problems(_slips(sources, parsed))
    if problems:
        raise _broken(file, problems)
    return MappingProxyType(sources)


def _broken(file: Path, problems: list[Problem]) -> BrokenSource:
    return BrokenSource("\n".join(f"{file}, line {problem.line}: {problem.message}" for problem in problems))


def _allowed(around: KeyPath) -> Iterable[str]:
    return [one.name for one in fields(Source) if one.name != "id"] if around else []


def _slips(sources: Mapping[str, Source], parsed: Parsed) -> Iterator[Slip]:
    for name, source in sources.items():
        if not _ID.fullmatch(name):
            yield Slip((name,), f'"{name}" must be small letters and digits joined by hyphens')
        if "id" in parsed.values[name]:
            yield Slip((name, "id"), "the name in square brackets is the id: leave this line out")
        for key, link in (("where", source.where), *(("addresses", one) for one in source.addresses.values())):
            if link is not None and (link_host(link) is None or link.lower().endswith(".pdf")):
                yield Slip((name, key), "must be a landing page starting with https://, never a PDF")
        yield from _reading(source)
        yield from _succession(source, sources)


def _reading(source: Source) -> Iterator[Slip]:
    if source.status == "house":
        if source.checked is not None or not source.reread:
            yield Slip((source.id,), "is this service's own: it has neither checked nor reread")
    elif source.reread == (source.checked is None):
        yield Slip((source.id,), "needs either checked, with the day its text was read, or reread = false")
    if source.not_reread and source.checked is None:
        yield Slip((source.id, "not_reread"), "has no meaning where nothing was read")


def _succession(source: Source, sources: Mapping[str, Source]) -> Iterator[Slip]:
    newer: Any = source.superseded_by
    if (source.status == "superseded") != (newer is not None):
        yield Slip((source.id, "status"), "superseded and superseded_by go together")
    elif newer is not None and (newer not in sources or sources[newer].status != "current"):
        yield Slip((source.id, "superseded_by"), f'"{newer}" is not a current source in this file')
