"""`bot backup` and `bot restore`: all that is kept, in one file while the bot runs, and back into an empty database."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from adapters.settings import Settings
from adapters.workplace import CannotOpen, check_area, check_kept, explained
from bot.storage import BrokenKeys, Connection, Database, DatabaseTrouble, KeyRing, Unreadable
from bot.storage.data_keys import check_one
from bot.storage.kept_for import OtherArea
from bot.storage.moving import Moved, NotMoved, move

KEPT_AS, MANIFEST = "bot.db", "manifest.json"
_ROOM = "It is put together in {folder} first: TMPDIR names another place, if there is too little room."
WHAT = "safeguarding bot backup"
_ONE_AT_A_TIME = 1 << 20


def back_up(settings: Settings, file: Path, at: datetime) -> Moved:
    """Write everything as it stands at one moment into a new file. Raises CannotOpen; nothing is left then."""
    if file.exists():
        raise CannotOpen(f"{file} is there already: name another file, so that no backup is lost")
    if not file.parent.is_dir():
        raise CannotOpen(f"there is no folder {file.parent}: make it first, or name another")
    check_kept(settings)
    with tempfile.TemporaryDirectory(prefix="bot-backup-") as folder, explained():
        # For no area: to look does not say whose it is, where that is not noted yet.
        database = Database.open(settings.database_url, settings.data_dir)
        try:
            moved = database.steady_now(partial(_copied, Path(folder)))
        except NotMoved as fault:
            raise CannotOpen(f"{fault}. No backup was made.") from None
        except DatabaseTrouble as fault:
            raise CannotOpen(f"{fault.orig}. No backup was made. {_ROOM.format(folder=folder)}") from None
        finally:
            database.close()
        _pack(Path(folder) / KEPT_AS, file, at, moved)
    return moved


def _copied(folder: Path, reading: Connection) -> Moved:
    """Everything that is read, moved into a database of its own in a folder."""
    copy = Database.open("", folder)
    try:
        return copy.run_now(partial(move, reading))
    finally:
        copy.close()


def restore(settings: Settings, file: Path) -> Moved:
    """Put a backup into the empty database of the settings, all of it or nothing. Raises CannotOpen."""
    check_area(settings)
    with _unpacked(file) as folder, explained():
        source = _source(settings, file, folder)
        try:
            _check_keys(settings, file, source)
            target = Database.open(settings.database_url, settings.data_dir)
            try:
                return source.run_now(lambda reading: target.run_now(partial(move, reading, what="restore into")))
            except NotMoved as fault:
                raise CannotOpen(f"{fault}. Nothing was changed.") from None
            finally:
                target.close()
        finally:
            source.close()


def _check_keys(settings: Settings, file: Path, source: Database) -> None:
    """See that the key file, where one is in place, opens what is in a backup. Raises CannotOpen."""
    if not settings.keys.exists():
        return
    try:
        keys = KeyRing.from_file(settings.keys)
        source.run_now(lambda connection: check_one(connection, keys))
    except BrokenKeys as fault:
        raise CannotOpen(f"{fault}. Nothing was changed.") from None
    except Unreadable:
        raise CannotOpen(
            f"{settings.keys}: this is not the key file that {file} was made with, so nothing in it could be read. "
            "Put the key file of that time there, or set BOT_KEY_FILE to where it is. Nothing was changed."
        ) from None


def _source(settings: Settings, file: Path, folder: Path) -> Database:
    """What is in a backup, an older one brought to the present shape. Raises CannotOpen for another area's."""
    try:
        return Database.open("", folder, settings.area)
    except OtherArea as other:
        asked = f"{settings.area} was asked for (BOT_AREA, or --area)"
        raise CannotOpen(f"{file} {other.is_of}, and {asked}: name the area it is of. Nothing was changed.") from None


def say(moved: Moved, done: str) -> None:
    """Say what is in a backup, and that its chains hold."""
    click.echo(f"{done}: {sum(moved.rows.values())} rows; {moved.chains} chains are whole.")
    for one in moved.broken:
        click.echo(f"This chain does not hold, and did not before: {one}", err=True)


def _pack(database: Path, file: Path, at: datetime, moved: Moved) -> None:
    told = {"what": WHAT, "made": at.isoformat(), "rows": moved.rows, "sha256": _digest(database)}
    part = file.with_name(f"{file.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr(MANIFEST, json.dumps(told, indent=2))
            pack.write(database, KEPT_AS)
        part.chmod(0o600)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bot-restore-") as folder:
        try:
            with zipfile.ZipFile(file) as pack:
                told = json.loads(pack.read(MANIFEST))
                pack.extract(KEPT_AS, folder)
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as fault:
            why = type(fault).__name__
            raise CannotOpen(f"{file} cannot be read as a backup ({why}). Nothing was changed.") from None
        digest = _digest(Path(folder) / KEPT_AS)
        if not isinstance(told, dict) or (told.get("what"), told.get("sha256")) != (WHAT, digest):
            raise CannotOpen(f"{file} is not a backup of this bot, or has been changed. Nothing was changed.")
        yield Path(folder)


def _digest(file: Path) -> str:
    whole = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(_ONE_AT_A_TIME):
            whole.update(part)
    return whole.hexdigest()
