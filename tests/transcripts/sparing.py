"""What understands a sentence, made once for every playing of a transcript."""

from __future__ import annotations

from concurrent.futures import Future
from functools import cache

from bot.mind import Mind
from knowledge.library import Library
from knowledge.understanding import Understanding, load_understanding

_loaded: dict[int, tuple[Library, Understanding]] = {}


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
