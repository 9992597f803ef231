"""Commits together what several callers wait for: one durable commit for all, and each undone alone where it raises."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
F = TypeVar("F", asyncio.Future[Any], Future[Any])
Work = Callable[[Connection], Any]

MOST_TOGETHER = 32
# Whoever came first waits for the rest, and so does another process that wants to write.
TOGETHER_SECONDS = 0.03


@dataclass(eq=False, slots=True)
class _Asked:
    """Work that somebody waits for, and what came of it."""

    work: Work
    future: asyncio.Future[Any] | Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Let whoever waits know, unless they have gone."""
        future, result, error = self.future, self.result, self.error
        # Kept here, an error would keep itself, with every cursor that was open when it was raised.
        del self.future, self.result, self.error
        if future.done():
            return
        if isinstance(error, StopIteration):
            # A future takes no such thing, and who waits must hear all the same.
            future.set_exception(RuntimeError("the work raised StopIteration"))
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


class _Lost(Exception):
    """The transaction of several is gone, with what all of them did."""


@dataclass
class GroupCommit:
    """Does what is asked for on the one thread of `executor`, in the order in which it was asked for.

    Nobody hears what came of their work before the commit that holds it. `committed` is told how much a commit held.
    """

    engine: Engine
    executor: ThreadPoolExecutor
    committed: Callable[[int], None]
    _waiting: deque[_Asked] = field(default_factory=deque)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once that is committed."""
        # The future has no name here: it would be kept by the error that it raises.
        result: T = await self._asked(work, asyncio.get_running_loop().create_future())
        return result

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """The same, waiting for it."""
        result: T = self._asked(work, Future()).result()
        return result

    def _asked(self, work: Work, future: F) -> F:
        asked = _Asked(work, future)
        # Of two threads that ask at one moment each would take the other to have come first.
        with self._asking:
            self._waiting.append(asked)
            # Where others are waiting, a look is on its way that comes to this too.
            if len(self._waiting) > 1:
                return future
            try:
                self.executor.submit(self._look)
            except RuntimeError:
                # The thread takes nothing more, and whoever asks next is to hear so too; its last look may come to it.
                with suppress(ValueError):
                    self._waiting.remove(asked)
                    raise
        return future

    def _look(self) -> None:
        """One commit; then another look for whoever waits, after whatever else there is to do on the thread."""
        try:
            self._commit()
        finally:
            if self._waiting:
                try:
                    self.executor.submit(self._look)
                except RuntimeError:  # the thread takes nothing more, but they came before that
                    self._look()

    def _commit(self) -> None:
        first = self._next()
        if first is None:
            return
        group = [first]
        try:
            self._together(group)
        except _Lost:
            # As it would have been for each without the others.
            for one in group:
                self._alone(one)
        _tell(group)
        self.committed(len(group))

    def _next(self) -> _Asked | None:
        """The one that has waited longest, of those that are still waited for."""
        while self._waiting:
            one = self._waiting.popleft()
            if not one.future.cancelled():
                return one
        return None

    def _together(self, group: list[_Asked]) -> None:
        """Do the one in the group, and with it as many as are waiting. Raises _Lost where nothing of them is kept."""
        until = monotonic() + TOGETHER_SECONDS
        try:
            with self.engine.begin() as connection:
                # Needs no savepoint: nothing was done before it, so the transaction itself is undone.
                group[0].result = group[0].work(connection)
                while len(group) < MOST_TOGETHER and monotonic() < until and (one := self._next()) is not None:
                    group.append(one)
                    _within(connection, one)
        except BaseException as error:
            if len(group) > 1:
                raise _Lost from error
            group[0].error = error

    def _alone(self, one: _Asked) -> None:
        one.error = None
        try:
            with self.engine.begin() as connection:
                one.result = one.work(connection)
        except BaseException as error:
            one.error = error


def _within(connection: Connection, one: _Asked) -> None:
    """Do a piece of work as a part of a transaction; where it raises, the rest of that stays as it is."""
    # The driver itself: by way of the library it takes longer than many a statement.
    run = connection.connection.driver_connection.execute  # type: ignore[union-attr]
    run("SAVEPOINT one").close()
    try:
        one.result = one.work(connection)
    except BaseException as error:
        one.error = error
        run("ROLLBACK TO one").close()
    run("RELEASE one").close()


def _tell(group: list[_Asked]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[_Asked]] = {}
    for one in group:
        if isinstance(one.future, Future):
            one.settle()
        else:
            loops.setdefault(one.future.get_loop(), []).append(one)
    for loop, theirs in loops.items():
        # A loop that has ended meanwhile has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, theirs)


def _settle(group: list[_Asked]) -> None:
    for one in group:
        one.settle()
