"""Has what understands questions loaded in the background, so that the first prompt comes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from bot.privacy import privacy
from knowledge.hearing import Heard
from knowledge.library import Library
from knowledge.understanding import Understanding, by_words, load_understanding

WAIT_SECONDS = 10.0
# More than there are commands, each in a few ways of writing it.
_MOST_KEPT = 500
STILL_LOADING = "it is still starting"


def heard(understanding: Understanding, words: str, before: str = "") -> Heard:
    """What is heard in a person's words, perhaps with those before; whoever they name is "someone"."""
    return understanding.hear(privacy.nameless(words), privacy.nameless(before))


class Mind:
    """What understands questions over one library. Loading starts at once, in a thread of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: dict[str, Heard] = {}
        self._loading: Future[Understanding] = Future()
        # Waited for as the process ends: cut off inside the model's own code, it would abort the process.
        Thread(target=self._load, name="understanding", daemon=False).start()

    async def ready(self, wait: float = WAIT_SECONDS) -> Understanding:
        """What understands, waited for at most `wait` seconds; else what goes by words alone and says so."""
        loading = asyncio.wrap_future(self._loading)
        try:
            return await asyncio.wait_for(asyncio.shield(loading), wait)
        except TimeoutError:
            return await asyncio.to_thread(by_words, self._library, STILL_LOADING)

    async def hear(self, words: str, *, keep: bool) -> tuple[Understanding, Heard]:
        """What understands, and what it hears in a person's words.

        `keep`: they are nobody's own, as those of a command are. Many say them, often at one moment: once is enough.
        """
        understanding = await self.ready()
        if keep and words in self._kept:
            return understanding, self._kept[words]
        found = await asyncio.to_thread(heard, understanding, words)
        if keep and not understanding.degraded and len(self._kept) < _MOST_KEPT:
            self._kept[words] = found
        return understanding, found

    def loaded(self) -> Understanding:
        """What understands, however long it takes to load."""
        return self._loading.result()

    def when_degraded(self, say: Callable[[str], object]) -> None:
        """Has `say` told why, once it is known that less is understood than should be."""

        def tell(loading: Future[Understanding]) -> None:
            if loading.exception() is None and (why := loading.result().degraded):
                say(why)

        self._loading.add_done_callback(tell)

    @property
    def degraded(self) -> str:
        """Why it understands less than it should; empty where it does not, or while that is not known yet."""
        return self._loading.result().degraded if self._loading.done() else ""

    def _load(self) -> None:
        try:
            self._loading.set_result(load_understanding(self._library))
        except BaseException as fault:  # whoever waits has to hear of it
            self._loading.set_exception(fault)
            raise
