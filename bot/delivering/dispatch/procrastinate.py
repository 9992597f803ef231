"""The home for many workers: Procrastinate on the same PostgreSQL, whose jobs hold a row's id and rev and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector
from psycopg_pool import PoolTimeout

from bot.delivering.dispatch.in_process import AT_ONCE
from bot.storage import Connection
from bot.storage.outbox import Due

TASK = "deliver"
OTHERS = "other channels"
"""The queue of what is on a channel that is not set up here any more."""
POLL_SECONDS = 2.0
HEARTBEAT_SECONDS = 5.0
STALLED = timedelta(seconds=20)
"""A worker without a heartbeat for so long is taken to be dead."""
RESTART_SECONDS = 2.0
STOP_WITHIN_SECONDS = 15.0
CONNECTED_WITHIN_SECONDS = 3.0
"""At a stop a worker takes itself off the record in several steps; where the database is away each waits for this."""

Deliver = Callable[[int, int], Awaitable[None]]
"""Sends the row with this id, if it still has this rev: a job holds no more."""

_QUEUED = "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(%s)"


class Workers:
    """Hands rows over as jobs, and runs them: any number of processes may do either, or both.

    A job that is lost, or comes twice, does no harm: the row is found again by a later sweep, and claimed once.
    """

    most = 1000

    def __init__(
        self,
        url: str,
        channels: Sequence[str],
        deliver: Deliver,
        failed: Callable[[int, Exception], None],
        at_once: int = AT_ONCE,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._channels = tuple(channels)
        self._deliver = deliver
        self._failed = failed
        self._at_once = at_once
        self._pause = pause
        # Only for handing over on a connection that is given: it never opens one of its own.
        self._handing_over = JobManager(SyncPsycopgConnector())
        connector = PsycopgConnector(
            conninfo=conninfo(url), min_size=1, max_size=len(channels) + 2, timeout=CONNECTED_WITHIN_SECONDS
        )
        self._app = App(connector=connector)
        self._app.task(name=TASK)(self._run)

    def defer(self, connection: Connection, due: Sequence[Due]) -> None:
        """Hand rows over as jobs in the caller's transaction, those that are not queued already."""
        if not due:
            return
        names = [_name(one) for one in due]
        queued = set(connection.exec_driver_sql(_QUEUED, (names,)).scalars())
        jobs = [self._job(one) for one in due if _name(one) not in queued]
        if jobs:
            self._handing_over.batch_defer_jobs(jobs, connection=connection.connection.driver_connection)

    def begin(self, due: Sequence[Due]) -> None:
        """Nothing to begin: a worker hears of the jobs as soon as they are committed."""

    def when_done(self, do: Callable[[], None]) -> None:
        """Nobody waits for what workers do."""

    async def finish(self) -> None:
        """What workers have in hand is theirs."""

    async def work(self, *, until_idle: bool = False) -> None:
        """Do jobs until cancelled, or until none is left. Whatever breaks, such as the connection, is begun again."""
        while True:
            try:
                async with self._app.open_async():
                    await self._work(wait=not until_idle)
                    if until_idle:
                        return
            except (ConnectorException, PoolTimeout, OSError):
                if until_idle:
                    raise
            await self._pause(RESTART_SECONDS)

    async def tend(self, stalled: timedelta = STALLED) -> int:
        """Take away the jobs that dead workers had in hand, so that their conversations go on; how many there were."""
        async with self._app.open_async():
            return await self._tend(stalled)

    async def _work(self, *, wait: bool) -> None:
        """One worker for each channel, so that a slow one holds up no other. It ends when any of them does."""
        queues = [*self._channels, OTHERS]
        tasks = [asyncio.create_task(self._worker(queue, wait=wait), name=f"worker of {queue}") for queue in queues]
        tending = asyncio.create_task(self._tend_for_ever())
        try:
            if wait:
                done, _ = await asyncio.wait([*tasks, tending], return_when=asyncio.FIRST_COMPLETED)
            else:
                done, _ = await asyncio.wait(tasks)
            for one in done:
                one.result()
        finally:
            for one in (*tasks, tending):
                one.cancel()
            await asyncio.gather(*tasks, tending, return_exceptions=True)

    async def _worker(self, queue: str, *, wait: bool) -> None:
        await self._app.run_worker_async(
            queues=[queue],
            name=queue,
            wait=wait,
            concurrency=self._at_once,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=STOP_WITHIN_SECONDS,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED.total_seconds(),
        )

    async def _tend_for_ever(self) -> None:
        while True:
            await self._tend(STALLED)
            await self._pause(STALLED.total_seconds() / 2)

    async def _tend(self, stalled: timedelta) -> int:
        manager = self._app.job_manager
        jobs = list(await manager.get_stalled_jobs(seconds_since_heartbeat=stalled.total_seconds()))
        for job in jobs:
            # Somebody else may have taken it away a moment ago.
            with suppress(ConnectorException):
                await manager.finish_job(job, Status.FAILED, delete_job=True)
        return len(jobs)

    async def _run(self, id: int, rev: int) -> None:  # noqa: A002 - the name a job's value has
        try:
            await self._deliver(id, rev)
        except Exception as fault:  # whatever it is, the row comes back by itself
            self._failed(id, fault)

    def _job(self, one: Due) -> Job:
        queue = one.channel if one.channel in self._channels else OTHERS
        return Job(
            id=None,
            queue=queue,
            lock=one.conversation_id,
            queueing_lock=_name(one),
            task_name=TASK,
            task_kwargs={"id": one.id, "rev": one.rev},
        )


def conninfo(url: str) -> str:
    """The address of the database as psycopg reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _name(one: Due) -> str:
    return f"{one.id}-{one.rev}"
