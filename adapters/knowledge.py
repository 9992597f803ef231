"""`bot knowledge`: what the people who keep the answers need: check, due, queue, add, publish and replay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.loading import AREA, DATA, can_open, loaded, settings

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.definitions import Definitions


@click.group()
def knowledge() -> None:
    """Look after the answers: check them, see what waits, add one, publish."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None) -> None:
    """Check every topic of a folder, or all there are; each mistake is named with its file and line."""
    from adapters.knowledge_add import unfinished
    from adapters.knowledge_check import problems

    found = problems(folder, tell=click.echo)
    drafts = unfinished(folder)
    for line in drafts:
        click.echo(line, err=True)
    for line in found:
        click.echo(line, err=True)
    if found:
        raise SystemExit(1)
    click.echo("Every topic is right.")


@knowledge.command()
@AREA
@DATA
def due(area: str | None, data: Path | None) -> None:
    """List the topics whose review date has come, with their owners."""
    from bot.clock import london_date, now

    _, defined = loaded(area, data)
    late = defined.library.due(london_date(now()))
    for topic in late:
        click.echo(f"{topic.review_by}  {topic.owner}: {topic.title} ({topic.id})")
    if not late:
        click.echo("Nothing is past its review date.")


@knowledge.command()
@AREA
@DATA
def queue(area: str | None, data: Path | None) -> None:
    """Show what waits for the content owner: questions without an answer, grouped, and topics past review."""
    from adapters.knowledge_queue import queue_lines
    from adapters.workplace import check_kept, opened
    from bot.clock import london_date, now

    chosen, defined = loaded(area, data)
    with can_open():
        check_kept(chosen)
        with opened(chosen, defined, begins=False) as exchange:
            for line in queue_lines(exchange, london_date(now())):
                click.echo(line)


@knowledge.command()
@click.argument("name")
@click.option("--title", default=None, help="What the topic is called; otherwise made from its name.")
@click.option("--folder", default=None, type=click.Path(path_type=Path, exists=True, file_okay=False))
def add(name: str, title: str | None, folder: Path | None) -> None:
    """Begin a topic: a draft with everything that has to be filled in; `publish` makes it a topic."""
    from adapters.knowledge_add import begun

    click.echo(begun(name, title, folder))


@knowledge.command()
@AREA
@DATA
def publish(area: str | None, data: Path | None) -> None:
    """Check everything, make complete drafts topics, close questions answered now, and tell who asked."""
    from adapters.knowledge_add import taken_in, unfinished
    from adapters.knowledge_check import problems, texts
    from adapters.workplace import check_area
    from knowledge.meaning import NoModel, load_encoder
    from knowledge.vectors import load_vectors, save_vectors

    with can_open():
        check_area(settings(area=area, data_dir=data))
    try:
        vectors = load_vectors(load_encoder())
        with taken_in() as begun:
            if found := problems(None, vectors, tell=click.echo):
                raise click.ClickException("\n".join(found))
            chosen, defined = loaded(area, data)
            kept, new = save_vectors(texts(defined.library), vectors)
    except (NoModel, OSError) as fault:
        raise click.ClickException(f"what the topics mean cannot be worked out: {fault}") from None
    for file in begun:
        click.echo(f"A topic now: {file}")
    for line in unfinished():
        click.echo(line, err=True)
    click.echo(f"Content {defined.library.version}: {kept} texts, {new} of them worked out now.")
    click.echo("A server running from these files takes it in within seconds and says so.")
    close_answered(chosen, defined)


def close_answered(chosen: Settings, defined: Definitions) -> None:
    """Close the questions that are answered now, and tell who asked; where nothing is kept, that is said."""
    from adapters.knowledge_queue import close_lines
    from adapters.workplace import CannotOpen, check_kept, opened

    try:
        check_kept(chosen)
    except CannotOpen as nothing:
        # What is published is in the files all the same, as of an author who has no database.
        click.echo(f"No question was closed and nobody was told: {nothing}", err=True)
        return
    with can_open(), opened(chosen, defined, begins=False) as exchange:
        for line in close_lines(exchange):
            click.echo(line)


@knowledge.command()
@AREA
@DATA
def replay(area: str | None, data: Path | None) -> None:
    """Work every answer out again from its log line, and say where another comes out; it ends with 1 then."""
    from adapters.knowledge_queue import replay_lines
    from adapters.workplace import check_kept, opened

    chosen, defined = loaded(area, data)
    with can_open():
        check_kept(chosen)
        with opened(chosen, defined, begins=False) as exchange:
            lines, is_same = replay_lines(exchange)
    for line in lines:
        click.echo(line)
    if not is_same:
        raise SystemExit(1)
