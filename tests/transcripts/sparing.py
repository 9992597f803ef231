"""What every playing of a transcript needs alike, made once: an empty database, and what understands a sentence."""

from __future__ import annotations

from concurrent.futures import Future
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.mind import Mind
from bot.storage import Database
from knowledge.library import Library
from knowledge.understanding import Understanding, load_understanding

_FILE = "bot.db"
_loaded: dict[int, tuple[Library, Understanding]] = {}


def furnish(folder: Path) -> Path:
    """The folder, with a database in it that has all its tables and nothing in them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _FILE).write_bytes(_empty())
    return folder


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        Database.open("", Path(folder)).close()
        return (Path(folder) / _FILE).read_bytes()


class SharedMind(Mind):
    """What understands over a library, loaded once for all playings: the same words are heard alike on every platform.

    Each sentence is heard once in a process; what is heard in it depends on nothing else.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept = {}
        self._loading = Future()
        self._loading.set_result(_understanding(library))


def _understanding(library: Library) -> Understanding:
    if id(library) not in _loaded:
        understanding = load_understanding(library)
        understanding.hear = cache(understanding.hear)  # type: ignore[method-assign]
        _loaded[id(library)] = (library, understanding)
    return _loaded[id(library)][1]
