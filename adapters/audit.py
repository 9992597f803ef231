"""`bot audit`: proves that nothing on record was changed, and names the first link that does not hold."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.loading import AREA, DATA, can_open, loaded

_KINDS = {"conversations": "conversation", "people": "person", "cases": "case"}


@click.group()
def audit() -> None:
    """Prove what is on record."""


@audit.command()
@AREA
@DATA
def verify(area: str | None, data: Path | None) -> None:
    """Look at every chain of entries, and name the first link that does not hold."""
    from adapters.workplace import glanced
    from bot.storage import audit as chains

    chosen, _ = loaded(area, data)
    with can_open():
        found = glanced(chosen, chains.verify)
    if found is None:
        click.echo("Nothing is on record yet.")
        return
    for one in found.broken:
        click.echo(f"Broken: {_KINDS[one.family]} {one.of}, entry {one.seq}: {one.why}.")
    if found.broken:
        raise click.ClickException(f"{len(found.broken)} of {found.chains} chains do not hold. Keep a copy as it is.")
    click.echo(f"Whole: {found.chains} chains with {found.entries} entries. No entry was changed, removed or added.")
