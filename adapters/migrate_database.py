"""`bot migrate-database`: moves all that is kept from the SQLite file to PostgreSQL, in one go or not at all."""

from __future__ import annotations

from functools import partial

import click

from adapters.settings import Settings
from adapters.workplace import CannotOpen, check_area, explained, moved_file
from bot.storage import Connection, Database, sqlite_file
from bot.storage.moving import Moved, NotMoved, move


def run(settings: Settings, to: str) -> None:
    """Moves, checks the copy, and sets the file aside. Raises CannotOpen, saying what is as it was."""
    with explained():
        file = sqlite_file(settings.database_url, settings.data_dir)
        if file is None or not file.exists():
            raise ValueError("there is no SQLite file to move: see BOT_DATA_DIR and BOT_DATABASE_URL")
        if not to.startswith("postgresql"):
            raise ValueError("the database to move to must be PostgreSQL: postgresql+psycopg://...")
        check_area(settings)
        # For no area: what is moved is as it was, also where it is not noted yet whose it is.
        source = Database.open(settings.database_url, settings.data_dir)
    try:
        moved = _moved(source, settings, to)
    finally:
        source.close()
    kept = moved_file(file)
    file.rename(kept)
    _say(moved)
    click.echo(f"The file is kept as {kept}. Set BOT_DATABASE_URL to the new database, keep the key file, and start.")


def _moved(source: Database, settings: Settings, to: str) -> Moved:
    if not source.holds_lock:
        raise CannotOpen("the bot is running on this database: stop it first. Nothing was changed.")
    with explained():
        target = Database.open(to, settings.data_dir)
    try:
        # Both in one transaction each: until both end, nobody else can write to the one or see the other.
        return source.run_now(lambda reading: target.run_now(partial(_copied, reading)))
    except NotMoved as fault:
        raise CannotOpen(f"{fault}. Nothing was changed.") from None
    finally:
        target.close()


def _copied(reading: Connection, writing: Connection) -> Moved:
    return move(reading, writing, lambda table, rows: click.echo(f"{table}: {rows}"))


def _say(moved: Moved) -> None:
    click.echo(f"All {sum(moved.rows.values())} rows are the same in both; {moved.chains} chains are whole.")
    for one in moved.broken:
        click.echo(f"This chain was broken before, and is now as it was: {one}", err=True)
