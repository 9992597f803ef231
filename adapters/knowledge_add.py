"""Begins a topic as a draft that says what has to be filled in, and makes complete drafts topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click

from bot.clock import london_date, now
from knowledge.library import TOPICS, check_drafts, topic_file
from knowledge.topic import DRAFT, MAX_ID

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOOKED_AT_AGAIN = timedelta(days=182)
_BEGUN = """+++
title = "{title}"
about = ""             # say what completes "About …:", such as "the rapid review"
asks = [               # at least five questions in staff's own words
]
badge = "should"       # must: an Act or regulations; should: statutory guidance; local: anything else
cites = [              # where it comes from, each with the exact place
    # {{ source = "children-act-2004", place = "section 16C(1)" }},
]
related = []           # two to four other topics
owner = "content owner"
review_by = {review_by}

[facts]                # what it answers, in words that stand in the text below: who, when, duration, number, form, …
+++
The short answer: two to five sentences.

<!-- more -->

The detail, for whoever says "more".
"""


def begun(name: str, title: str | None, folder: Path | None) -> str:
    """Writes the file, and says what comes next. Raises click.ClickException where it cannot."""
    if not _NAME.fullmatch(name) or len(name) > MAX_ID:
        raise click.ClickException(f"name it in small letters, digits and hyphens, at most {MAX_ID} of them")
    where = folder or TOPICS
    file = where / f"{name}{DRAFT}"
    if topic_file(file).exists():
        raise click.ClickException(f"{topic_file(file)} is there already")
    heading = (title or name.replace("-", " ").capitalize()).replace("\\", "").replace('"', "'")
    text = _BEGUN.format(title=heading, review_by=(london_date(now()) + _LOOKED_AT_AGAIN).isoformat())
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already") from None
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror}") from None
    return (
        f"Begun: {file}. It is a draft: nobody is answered from it yet. Fill it in, then: bot knowledge check, "
        f"bot knowledge publish. Publishing makes it {topic_file(file).name}."
    )


def unfinished(folder: Path | None = None) -> list[str]:
    """A line for each thing that a draft of the folder lacks, with its file and line."""
    return [
        f"Draft, not served: {draft}, line {one.line}: {one.message}"
        for draft, slips in check_drafts(folder or TOPICS).items()
        for one in slips
    ]


@contextmanager
def taken_in(folder: Path | None = None) -> Iterator[list[Path]]:
    """Makes each complete draft a topic; a draft again where what is done meanwhile fails."""
    drafts = [draft for draft, slips in check_drafts(folder or TOPICS).items() if not slips]
    moved: list[Path] = []
    try:
        for draft in drafts:
            draft.rename(topic_file(draft))
            moved.append(draft)
        yield [topic_file(draft) for draft in drafts]
    except BaseException:
        for draft in moved:
            topic_file(draft).rename(draft)
        raise
