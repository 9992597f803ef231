"""The commands for all that is kept at once: `bot backup`, `bot restore`, `bot export`."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.loading import AREA, DATA, can_open, definitions_for, loaded, settings


@click.command()
@AREA
@DATA
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(area: str | None, data: Path | None, file: Path) -> None:
    """Keep a copy of everything in FILE, while the bot runs. The key file is not in it: keep that apart."""
    from adapters.backup import back_up, say
    from bot.clock import now

    with can_open():
        say(back_up(settings(area=area, data_dir=data), file, now()), f"Written to {file}")


@click.command()
@AREA
@DATA
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(area: str | None, data: Path | None, file: Path) -> None:
    """Put a backup into an empty database, and prove what is in it. The key file of that time is needed to read it."""
    from adapters.audit import checked
    from adapters.backup import restore as put_back
    from adapters.backup import say

    with can_open():
        chosen = settings(area=area, data_dir=data)
        say(put_back(chosen, file), "Restored")
        holds = checked(chosen, definitions_for(chosen))
    if not chosen.keys.exists():
        click.echo(
            f"Put the key file of that time at {chosen.keys} before the bot starts: nothing can be read without it. "
            "Then `bot audit verify` compares the rows too."
        )
    if holds is False:
        raise click.ClickException("All of the backup is in place, and what is named above was changed before.")


@click.command()
@AREA
@DATA
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(area: str | None, data: Path | None, file: Path) -> None:
    """Write everything the area has into FILE, opened, in formats any program can read."""
    from adapters.export import write
    from bot.clock import now

    chosen, defined = loaded(area, data)
    with can_open():
        for name, lines in write(chosen, defined, file, now):
            click.echo(f"{name}: {lines}")
    click.echo(f"Written to {file}. It is not encrypted: keep it where only those who may read it can.")
