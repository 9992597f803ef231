"""Runs the statements of a turn: put into words once by SQLAlchemy, and on SQLite given straight to its driver.

To find a compiled statement again, and to look after its parameters and its result, takes the library three times as
long as SQLite takes to run it: in a turn with a dozen of them that was a fifth of its time. What a statement says, and
how values are kept, stays the library's; on PostgreSQL it runs them too.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnDefault, Connection, Insert, Select, UpdateBase
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError, StatementError

Statement = Select[Any] | UpdateBase
Process = Callable[[Any], Any]
_DIALECT = pysqlite.dialect()


@dataclass(frozen=True)
class _Prepared:
    """A statement in SQLite's words, with what becomes of its values and of the columns of its rows.

    Of each of its `values`, in order, the name, what it is where none is given, and how it is made ready to be kept.
    """

    text: str
    values: tuple[tuple[str, Any, Process | None], ...]
    row: Callable[..., Any]
    columns: tuple[tuple[int, Process], ...]

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        """The values as the driver takes them."""
        found = []
        for name, fixed, process in self.values:
            value = values.get(name, fixed)
            try:
                found.append(value if process is None else process(value))
            except Exception as error:
                raise StatementError(str(error), self.text, None, error, hide_parameters=True) from error
        return found

    def read(self, row: Sequence[Any]) -> Any:
        """A row of the driver's with its columns by name."""
        if self.columns:
            read = list(row)
            for place, process in self.columns:
                read[place] = process(read[place])
            row = read
        return self.row(*row)


def run(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Any]:
    """What a statement gives with these values, row by row. Raises StatementError and DBAPIError as the library does.

    The statement is one that is put together once and kept. Raises TypeError where a value is missing, or is a
    list: such a statement is put into words anew for each length.
    """
    if connection.dialect.name != _DIALECT.name:
        made = connection.execute(statement, values)
        return list(made) if made.returns_rows else []
    prepared = _prepared(statement, tuple(values))
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    given = prepared.given(values)
    try:
        cursor = driver.execute(prepared.text, given)
        rows = cursor.fetchall()
        cursor.close()
    except sqlite3.Error as error:
        raise DBAPIError.instance(prepared.text, None, error, sqlite3.Error, hide_parameters=True) from error
    return [prepared.read(row) for row in rows]


def first(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> Any:
    """The first of the rows that `run` gives; None where there is none."""
    return next(iter(run(connection, statement, values)), None)


@cache
def _prepared(statement: Statement, names: tuple[str, ...]) -> _Prepared:
    defaults = _defaults(statement, names)
    compiled = statement.compile(dialect=_DIALECT, column_keys=[*names, *defaults])
    text = str(compiled)
    if "POSTCOMPILE" in text:
        raise TypeError(f"a statement with a list among its values cannot be prepared: {text}")
    values = []
    for name in compiled.positiontup or ():
        bind = compiled.binds[name]
        process = bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        if bind.required and name not in {*names, *defaults}:
            raise TypeError(f"there is no value for {name}: {text}")
        values.append((name, defaults.get(name, bind.effective_value), process))
    columns = list(statement.exported_columns)
    processes = [one.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for one in columns]
    return _Prepared(
        text,
        tuple(values),
        namedtuple("Row", [one.name for one in columns]),
        tuple((place, process) for place, process in enumerate(processes) if process is not None),
    )


def _defaults(statement: Statement, names: tuple[str, ...]) -> dict[str, Any]:
    """What the table gives columns for which there is no value."""
    if not isinstance(statement, Insert):
        return {}
    return {
        one.name: one.default.arg
        for one in statement.table.columns
        if isinstance(one.default, ColumnDefault) and one.default.is_scalar and one.name not in names
    }
