"""A process that is told what to do, may be killed at any step of that, and is then started again."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_PROCESSES = multiprocessing.get_context("forkserver")
# What never changes is loaded once, and each process begins as a copy of that: to load it takes longer than the rest.
_PROCESSES.set_forkserver_preload(["tests.crash_server", "tests.delivering.crash_watch"])


@dataclass
class Killable:
    """Runs `main(*given, told)` in a process of its own, which is to answer everything that comes by `told`."""

    main: Callable[..., None]
    given: tuple[object, ...]
    kills: int = 0
    _running: tuple[BaseProcess, Connection] | None = None

    def tell(self, what: object) -> None:
        """Tell it something, having started it if it is not running."""
        if self._running is None:
            ours, theirs = _PROCESSES.Pipe()
            process = _PROCESSES.Process(target=self.main, args=(*self.given, theirs), daemon=True)
            process.start()
            theirs.close()
            self._running = process, ours
        self._running[1].send(what)

    def answer(self) -> Any:
        """What it answers; None where it was killed."""
        assert self._running is not None
        process, ours = self._running
        try:
            return ours.recv()
        except (EOFError, ConnectionResetError):
            assert self._ended(process, ours) == -signal.SIGKILL
            self.kills += 1
            return None

    def stop(self) -> None:
        """Let it come to its end."""
        if self._running is not None:
            assert self._ended(*self._running) == 0

    def _ended(self, process: BaseProcess, ours: Connection) -> int | None:
        self._running = None
        ours.close()
        process.join()
        return process.exitcode


def each(told: Connection) -> Any:
    """Everything a process is told, until nobody tells it anything any more."""
    while True:
        try:
            yield told.recv()
        except EOFError:
            return
