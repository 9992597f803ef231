"""`bot export`: everything an area has, in one file of open formats."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from adapters.settings import Settings
from adapters.workplace import CannotOpen, check_kept, unlocked
from bot.casework import export
from bot.casework.casework import Desk
from bot.clock import Clock
from bot.definitions import Definitions
from bot.storage import Connection, Database, KeyRing

AT_ONCE = 50
"""How many cases are put on record in one transaction."""
_PACKED = zipfile.ZIP_DEFLATED


def write(settings: Settings, definitions: Definitions, file: Path, clock: Clock) -> list[tuple[str, int]]:
    """Write the export into a new file that only its owner may read; each part with its lines. Raises CannotOpen."""
    check_kept(settings)
    with unlocked(settings) as (database, keys), _made(file) as held, zipfile.ZipFile(held, "w", _PACKED) as pack:
        at = clock()
        _put_on_record(database, keys, definitions, at)
        return database.steady_now(lambda connection: _parts(pack, Desk(connection, keys, definitions, at)))


@contextmanager
def _made(file: Path) -> Iterator[IO[bytes]]:
    """A new file to write to, which is taken away again where it cannot be finished. Raises CannotOpen."""
    try:
        held = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise CannotOpen(f"{file} is there already: name another file") from None
    except OSError as fault:
        raise CannotOpen(f"{file} cannot be written: {fault.strerror}") from None
    try:
        with held:
            yield held
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _put_on_record(database: Database, keys: KeyRing, definitions: Definitions, at: datetime) -> None:
    """Put the look at every case on its record before anything is read; in parts, so that no writer waits for long."""
    seen = database.run_now(lambda connection: export.ids(Desk(connection, keys, definitions, at)))
    for first in range(0, len(seen), AT_ONCE):
        some = tuple(seen[first : first + AT_ONCE])
        database.run_now(partial(_look, keys, definitions, at, some))


def _look(keys: KeyRing, definitions: Definitions, at: datetime, some: Sequence[str], connection: Connection) -> None:
    export.look(Desk(connection, keys, definitions, at), some)


def _parts(pack: zipfile.ZipFile, desk: Desk) -> list[tuple[str, int]]:
    written = []
    for name, lines in export.files(desk):
        count = 0
        with pack.open(name, "w") as part:
            for line in lines:
                part.write(line.encode())
                count += 1
        written.append((name, count))
    return written
