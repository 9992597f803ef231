"""Which area a database is kept for: noted when it is first opened for one, and then it is opened for no other."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Table, inspect, select

from bot.storage.case_tables import cases
from bot.storage.people_tables import roles
from bot.storage.tables import conversations, insert_once, kept_for

_WORDS = (
    "this database {is_of}, and {asked} was asked for (BOT_AREA, or --area). One database is kept for one area: give "
    "{asked} a folder of its own (BOT_DATA_DIR, or --data), or a database of its own (BOT_DATABASE_URL). "
    "Nothing was changed."
)


class OtherArea(ValueError):
    """A database is another area's than the one asked for; the message says whose, and what to do."""

    def __init__(self, is_of: str, asked: str) -> None:
        self.is_of = is_of
        super().__init__(_WORDS.format(is_of=is_of, asked=asked))


def kept(connection: Connection) -> str | None:
    """The area a database is kept for; None where none has been noted yet."""
    if not inspect(connection).has_table(kept_for.name):
        return None
    area: str | None = connection.execute(select(kept_for.c.area)).scalar()
    return area


def is_begun(connection: Connection) -> bool:
    """Whether anything was made in a database yet."""
    return inspect(connection).has_table(conversations.name)


def check(connection: Connection, area: str) -> None:
    """Raises OtherArea for a database that is kept for another, or, where none is noted, is another's by what it has.

    That is one with cases of another area; or with people of others alone. Who only has people of its own beside them
    had tried the bot as another area first. It is only read, and may be of an earlier revision.
    """
    known = kept(connection)
    if known not in (None, area):
        raise OtherArea(f"is kept for {known}", area)
    if known is None:
        of_people = _found(connection, roles)
        of_cases = _found(connection, cases, cases.c.kind == "case")
        if others := (of_cases if area in of_people else of_cases | of_people) - {area}:
            raise OtherArea(f"has people or cases of {' and '.join(sorted(others))}", area)


def claim(connection: Connection, area: str) -> None:
    """Note that a database is kept for an area, where none is noted yet. Raises OtherArea as `check` does."""
    check(connection, area)
    if insert_once(connection, kept_for, {"one": 1, "area": area}, kept_for.c.area) is None:
        check(connection, area)  # of several at once the first is noted


def _found(connection: Connection, table: Table, *which: ColumnElement[bool]) -> set[str]:
    """The areas of what a table has, where there is one."""
    if not inspect(connection).has_table(table.name):
        return set()
    return set(connection.execute(select(table.c.area).where(*which).distinct()).scalars())
