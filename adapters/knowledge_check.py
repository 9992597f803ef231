"""Checks the topics by themselves, against one another, and against the area settings they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.topic_blocks import setting_names
from knowledge.crowding import SAME, crowds, every_text
from knowledge.library import TOPICS, Library, check_topics, load_library
from knowledge.meaning import NoModel, load_encoder
from knowledge.terms import load_terms
from knowledge.topic import BrokenTopic
from knowledge.vectors import Vectors, load_vectors

MANY = 200
"""From so many texts on to be worked out, whoever waits is told how long that takes."""
_A_MINUTE = 4000


def problems(
    folder: Path | None, vectors: Vectors | None = None, tell: Callable[[str], object] = lambda _: None
) -> list[str]:
    """Everything wrong with the topics of a folder, a line each with its file and line; empty where nothing is.

    `vectors` gathers what the topics mean; `tell` is told where that takes long.
    """
    where = folder or TOPICS
    found = [f"{file}, line {one.line}: {one.message}" for file, each in check_topics(where).items() for one in each]
    if found:
        return found
    try:
        library = load_library(where)
        vectors = vectors or load_vectors(load_encoder())
        return [*_unknown_settings(library, where), *_crowded(library, where, vectors, tell)]
    except BrokenTopic as broken:
        return str(broken).splitlines()
    except NoModel as missing:
        return [f"whether topics crowd one another cannot be told: {missing}"]


def _unknown_settings(library: Library, folder: Path) -> Iterator[str]:
    known = setting_names()
    for topic in library.topics.values():
        for place, name in enumerate(topic.area):
            if name not in known:
                line = topic.line("area", place)
                yield f'{folder / topic.id}.md, line {line}: an area has no setting "{name}"'


def texts(library: Library) -> tuple[str, ...]:
    """Every text whose meaning is shipped with a library."""
    return tuple(every_text(library, load_terms()))


def _crowded(library: Library, folder: Path, vectors: Vectors, tell: Callable[[str], object]) -> Iterator[str]:
    if (new := vectors.lacking(texts(library))) >= MANY:
        minutes = max(1, round(new / _A_MINUTE))
        tell(f"Working out what {new} texts mean. That takes about {minutes} minute{'s' * (minutes > 1)}.")
    for crowd in crowds(library, vectors, load_terms()):
        topic = library.topics[crowd.topic]
        line = topic.line("asks", topic.asks.index(crowd.question))
        yield (
            f'{folder / crowd.topic}.md, line {line}: "{crowd.question}" says the same as "{crowd.others_question}" '
            f"of {crowd.other} ({crowd.nearness}, at most {SAME}): leave it to one of the two"
        )
