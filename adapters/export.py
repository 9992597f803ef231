"""`bot export`: everything an area has, in one file of open formats."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from adapters.settings import Settings
from adapters.workplace import CannotOpen, unlocked
from bot.casework import export
from bot.casework.casework import Desk
from bot.clock import Clock
from bot.definitions import Definitions


def write(settings: Settings, definitions: Definitions, file: Path, clock: Clock) -> list[tuple[str, int]]:
    """Write the export into a new file that only its owner may read; each part with its lines. Raises CannotOpen."""
    try:
        held = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise CannotOpen(f"{file} is there already: name another file") from None
    except OSError as fault:
        raise CannotOpen(f"{file} cannot be written: {fault.strerror}") from None
    with held, unlocked(settings) as (database, keys), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        at = clock()
        return database.steady_now(lambda connection: _parts(pack, Desk(connection, keys, definitions, at)))


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
