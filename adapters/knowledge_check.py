"""Checks the topics by themselves, against one another, and against the area settings they name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.topic_blocks import setting_names
from knowledge.crowding import SAME, crowds
from knowledge.library import TOPICS, Library, check_topics, load_library
from knowledge.meaning import NoModel, load_encoder
from knowledge.terms import load_terms
from knowledge.topic import BrokenTopic
from knowledge.vectors import load_vectors


def problems(folder: Path | None) -> list[str]:
    """Everything wrong with the topics of a folder, a line each with its file and line; empty where nothing is."""
    where = folder or TOPICS
    found = [f"{file}, line {one.line}: {one.message}" for file, each in check_topics(where).items() for one in each]
    if found:
        return found
    try:
        library = load_library(where)
        return [*_unknown_settings(library, where), *_crowded(library, where)]
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


def _crowded(library: Library, folder: Path) -> Iterator[str]:
    for crowd in crowds(library, load_vectors(load_encoder()), load_terms()):
        topic = library.topics[crowd.topic]
        line = topic.line("asks", topic.asks.index(crowd.question))
        yield (
            f'{folder / crowd.topic}.md, line {line}: "{crowd.question}" says the same as "{crowd.others_question}" '
            f"of {crowd.other} ({crowd.nearness}, at most {SAME}): leave it to one of the two"
        )
