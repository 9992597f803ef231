"""How delivery stands as a whole: for the watchdog, the health check and the doctor; counts and ids, never words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, inspect, literal, select

from bot.storage import delivering
from bot.storage.case_tables import GOES_ON, cases, heartbeats, nudges
from bot.storage.nudges import last_beat
from bot.storage.tables import WAITING, outgoing

NOT_DUTIES = ("digest", "alarm")
"""The kinds that remind of no duty: of what they say there is a newer one the next day."""
_SHOWN_FOR = timedelta(days=1)
_FAILED_LATELY = timedelta(minutes=15)


@dataclass(frozen=True)
class Standing:
    """When the watch last ran, what fails, and how many nudges have not arrived.

    `stuck` have been on their way for longer than `patience`, `unreached` were given up, `only_on_a_page` of them
    stand on a page. `unsent_since` is when the oldest message that nobody has sent was due,
    `outages` from when to when nothing was looked after, of those that ended within a day.
    """

    last_sweep: datetime | None
    something_to_do: bool
    cases_failing: int
    people_failing: int
    stuck: int
    unreached: int
    only_on_a_page: int
    unsent_since: datetime | None
    outages: tuple[tuple[datetime, datetime], ...] = ()


def standing(connection: Connection, sweep: str, at: datetime, patience: timedelta) -> Standing | None:
    """How it stands at a moment; None before there are cases in the database at all. `sweep` names the heartbeat."""
    if not inspect(connection).has_table(heartbeats.name):
        return None
    failing = delivering.failing(connection, at - _FAILED_LATELY)
    on_page = nudges.c.tried.contains("page:") & ~nudges.c.tried.contains("sent:")
    return Standing(
        last_sweep=last_beat(connection, sweep),
        something_to_do=_is_there(connection, cases.c.wake_at.is_not(None)) or _is_there(connection, _ON_WAY),
        cases_failing=sum(one.startswith(delivering.NOT_WOKEN) for one in failing),
        people_failing=sum(one.startswith(delivering.NOT_TOLD) for one in failing),
        stuck=_count(connection, _on_its_way(at - patience)),
        unreached=_count(connection, nudges.c.status == "unreached"),
        only_on_a_page=_count(connection, (nudges.c.status == "unreached") & on_page),
        unsent_since=unsent_since(connection, at),
        outages=tuple(delivering.outages(connection, at - _SHOWN_FOR)),
    )


def unsent_since(connection: Connection, at: datetime) -> datetime | None:
    """When the oldest message that is due and that nobody has claimed was due."""
    oldest = select(func.min(outgoing.c.due_at)).where(outgoing.c.status == WAITING, outgoing.c.due_at <= at)
    found: datetime | None = connection.execute(oldest).scalar()
    return found


_ON_WAY = nudges.c.status.in_(("waiting", "handed"))


def _on_its_way(before: datetime) -> ColumnElement[bool]:
    return _ON_WAY & (nudges.c.created_at < before) & (nudges.c.due_at < before)


def _is_there(connection: Connection, which: ColumnElement[bool]) -> bool:
    return connection.execute(select(literal(1)).where(which).limit(1)).first() is not None


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    owed = select(cases.c.id).where(cases.c.id == nudges.c.case_id, GOES_ON).exists()
    counted = select(func.count()).select_from(nudges).where(which, owed, nudges.c.kind.not_in(NOT_DUTIES))
    return int(connection.execute(counted).scalar_one())
