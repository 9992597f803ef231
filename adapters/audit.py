"""`bot audit`: proves that nothing on record was changed, and names the first link, or the row, that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.loading import AREA, DATA, can_open, loaded

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.casework.row_check import Differs
    from bot.definitions import Definitions
    from bot.storage import Connection
    from bot.storage.audit import Verified

_KINDS = {"conversations": "conversation", "people": "person", "cases": "case"}
NO_KEYS = "There are no keys here, so the rows beside the chains were not compared."
ROWS_AGREE = (
    "The rows agree with them: each case's status, owner, opener, hold, dates and next look; each decision's outcome; "
    "what became of each reminder; each role and absence. Not compared: accounts, and what still waits to be sent."
)


@click.group()
def audit() -> None:
    """Prove what is on record."""


@audit.command()
@AREA
@DATA
def verify(area: str | None, data: Path | None) -> None:
    """Look at every chain of entries, and compare the rows beside them; name what does not hold."""
    chosen, definitions = loaded(area, data)
    with can_open():
        holds = checked(chosen, definitions)
    if holds is not None and not holds:
        raise click.ClickException("Something on record was changed from outside. Keep a copy as it is.")


def checked(settings: Settings, definitions: Definitions) -> bool | None:
    """Say whether all that is on record holds, and what does not; None where nothing is. Raises CannotOpen."""
    from adapters.keys import fitting
    from adapters.workplace import CannotOpen, glanced, nothing_kept
    from bot.casework.casework import Desk
    from bot.casework.row_check import differences
    from bot.clock import now
    from bot.storage import audit as chains

    def look(connection: Connection) -> tuple[Verified, tuple[Differs, ...] | None]:
        keys = fitting(connection, settings.keys) if settings.keys.exists() else None
        whole = chains.verify(connection)
        return whole, differences(Desk(connection, keys, definitions, now())) if keys else None

    found = glanced(settings, look)
    if found is None:
        if not settings.data_dir.exists():
            raise CannotOpen(nothing_kept(settings))
        click.echo("Nothing is on record yet.")
        return None
    whole, rows = found
    for one in whole.broken:
        click.echo(f"Broken: {_KINDS[one.family]} {one.of}, entry {one.seq}: {one.why}.")
    for row in rows or ():
        click.echo(f"Differs: {_KINDS[row.family]} {row.of}: {row.what}.")
    if not whole.broken:
        click.echo(
            f"Whole: {_counted(whole.chains, 'chain', 'chains')} with {_counted(whole.entries, 'entry', 'entries')}. "
            "No entry was changed, removed or added."
        )
    if rows is None:
        click.echo(NO_KEYS)
    elif not rows:
        click.echo(ROWS_AGREE)
    return not whole.broken and not rows


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
