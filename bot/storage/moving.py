"""Copies a whole database into an empty one of another kind, and proves that the copy is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, func, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from bot.storage import kept_for as areas_kept
from bot.storage import timeline
from bot.storage.families import CONVERSATIONS, FAMILIES
from bot.storage.tables import kept_for

ROWS_AT_ONCE = 1000
# Named through the families, because they bring every table there is into the one list.
_METADATA = CONVERSATIONS.heads.metadata
_FOR_MIGRATIONS = "alembic_version"
# The queue's tables are Procrastinate's own: what is due stands in the outbox, and workers queue it anew.
_OF_THE_QUEUE = "procrastinate_"


class NotMoved(Exception):
    """Nothing was moved; the message says why."""


@dataclass(frozen=True)
class Moved:
    """What was copied: rows by table, how many chains are whole in both, and those broken in both, as family:id."""

    rows: dict[str, int]
    chains: int
    broken: tuple[str, ...]


def check_empty(connection: Connection, what: str = "move to") -> None:
    """Raises NotMoved naming a table that has rows; `what` is what the database is for.

    That it was opened before, and for which area that was, is no row that anything is lost with.
    """
    for table in _METADATA.sorted_tables:
        if table is not kept_for and connection.execute(select(table).limit(1)).first() is not None:
            raise NotMoved(f"the database to {what} is not empty: there are rows in {table.name}")


def move(
    source: Connection,
    target: Connection,
    told: Callable[[str, int], None] = lambda _, __: None,
    what: str = "move to",
) -> Moved:
    """Copy every row, each within the caller's two transactions, then compare; `told` hears of each table copied.

    The source is only read. Raises NotMoved where the target is not empty or refuses a row, or the copy differs; the
    caller's target transaction is then undone.
    """
    if unknown := _unknown(source):
        raise NotMoved(f"there are tables this version does not know: {', '.join(unknown)}")
    check_empty(target, what)
    _check_same_area(source, target, what)
    target.execute(kept_for.delete())
    rows = {}
    for table in _METADATA.sorted_tables:
        try:
            rows[table.name] = _copy(source, target, table)
        except (IntegrityError, DataError) as fault:
            why = str(fault.orig).partition("\n")[0].rstrip(".")  # what PostgreSQL adds below may quote a row
            raise NotMoved(f"{table.name} could not be copied: {why}") from None
        told(table.name, rows[table.name])
    for table in _METADATA.sorted_tables:
        if _digest(source, table) != _digest(target, table):
            raise NotMoved(f"the copy of {table.name} is not the same as what it was copied from")
    return _chains(source, target, rows)


def _check_same_area(source: Connection, target: Connection, what: str) -> None:
    of, to = areas_kept.kept(source), areas_kept.kept(target)
    if to not in (None, of):
        whose = f"this is {of}'s" if of else "whose this is was never noted: start the bot on it once, for its area"
        raise NotMoved(f"the database to {what} is kept for {to}, and {whose}")


def _unknown(source: Connection) -> list[str]:
    """The tables that would be left behind though they may hold something."""
    known = {_FOR_MIGRATIONS, *(table.name for table in _METADATA.sorted_tables)}
    there = set(inspect(source).get_table_names()) - known
    return sorted(name for name in there if not name.startswith(_OF_THE_QUEUE))


def _copy(source: Connection, target: Connection, table: Table) -> int:
    """A table's rows. One that names another row of its table may come before it, so it is told last whom it names."""
    own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    naming: list[dict[str, Any]] = []
    count = 0
    for batch in source.execute(select(table)).partitions(ROWS_AT_ONCE):
        rows = [dict(row._mapping) for row in batch]
        if own:
            naming += [_naming(row, table, own) for row in rows if any(row[one.name] is not None for one in own)]
            rows = [row | dict.fromkeys((one.name for one in own), None) for row in rows]
        target.execute(table.insert(), rows)
        count += len(rows)
    if naming:
        this = and_(*(column == bindparam(f"{_THE}{column.name}") for column in table.primary_key))
        names: dict[str, Any] = {column.name: bindparam(f"{_NAMES}{column.name}") for column in own}
        target.execute(update(table).where(this).values(names), naming)
    for column in table.primary_key:
        _go_on_counting(source, target, table, column)
    return count


_THE, _NAMES = "the ", "names "


def _naming(row: dict[str, Any], table: Table, own: Sequence[Column[Any]]) -> dict[str, Any]:
    """Which row it is, and which rows of its own table it names."""
    the = {f"{_THE}{column.name}": row[column.name] for column in table.primary_key}
    return the | {f"{_NAMES}{column.name}": row[column.name] for column in own}


def _go_on_counting(source: Connection, target: Connection, table: Table, column: Column[Any]) -> None:
    """Lets the target give new rows numbers that were never given: an id may be part of how a text is sealed."""
    if not table.dialect_options["sqlite"]["autoincrement"] or target.dialect.name != "postgresql":
        return
    given = select(text("seq")).select_from(text("sqlite_sequence")).where(text("name = :name"))
    last = source.execute(given, {"name": table.name}).scalar() if source.dialect.name == "sqlite" else None
    largest = target.execute(select(func.max(column))).scalar()
    used = max(last or 0, largest or 0)
    if used:
        counter = func.pg_get_serial_sequence(table.name, column.name)
        target.execute(select(func.setval(counter, used)))


def _digest(connection: Connection, table: Table) -> int:
    """A number that any difference in any row changes, whatever the order the rows come in."""
    whole = 0
    for row in connection.execute(select(table)).yield_per(ROWS_AT_ONCE):
        whole += int.from_bytes(hashlib.sha256(repr([_plain(value) for value in row]).encode()).digest())
    return whole % (1 << 256)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _chains(source: Connection, target: Connection, rows: dict[str, int]) -> Moved:
    whole, broken = 0, []
    for name, of, at in _verified(target):
        if at is None:
            whole += 1
        else:
            broken.append(f"{name}:{of}")
    if broken and broken != [f"{name}:{of}" for name, of, at in _verified(source) if at is not None]:
        raise NotMoved("a chain that is whole in what was copied is not whole in the copy")
    return Moved(rows, whole, tuple(broken))


def _verified(connection: Connection) -> Iterator[tuple[str, str, int | None]]:
    """Every chain, and where it is broken."""
    for family in FAMILIES:
        ids = sorted(connection.execute(select(family.heads.c.id)).scalars())
        for of in ids:
            yield family.name, of, timeline.verify(connection, of, family)
