"""The tables, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.prepared import run

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "ck": "%(table_name)s_%(constraint_name)s_known",
        "fk": "%(table_name)s_%(column_0_name)s_there",
        "pk": "%(table_name)s_key",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, kept in UTC; SQLite, which knows no time zones, keeps it without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database. Raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value if value.tzinfo is UTC else value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _conversation(**options: Any) -> Column[str]:
    return Column(
        "conversation_id", Text, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, **options
    )


_mention_at = Column("mention_at", Moment)
_case_wanted = Column("case_wanted", Boolean)

# `mention_at` is when the person is to be told, once, of a dialog they have left open. `case_wanted` is true where a
# decision is to become a case as soon as it is known whose it is.
conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("forgotten_at", Moment),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    _mention_at,
    _case_wanted,
    Index(None, "touched_at"),
    Index(
        "conversations_to_mention",
        _mention_at,
        sqlite_where=_mention_at.is_not(None),
        postgresql_where=_mention_at.is_not(None),
    ),
    Index(
        "conversations_wanting_a_case",
        _case_wanted,
        sqlite_where=_case_wanted.is_not(None),
        postgresql_where=_case_wanted.is_not(None),
    ),
)

data_keys = Table(
    "data_keys",
    metadata,
    _conversation(primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    _conversation(index=True),
    Column("reference", LargeBinary),
)

# An event may come before its conversation is known, so this one points at nothing.
events = Table(
    "events",
    metadata,
    Column("conversation_id", Text, primary_key=True),
    Column("event", LargeBinary, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

timeline = Table(
    "timeline",
    metadata,
    _conversation(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)


def _decisions(name: str) -> Table:
    return Table(
        name,
        metadata,
        _conversation(primary_key=True),
        Column("dialog", Text, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("at", Moment, nullable=False),
        Column("flow", Text, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("rules_version", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
    )


decisions = _decisions("decisions")
practice_decisions = _decisions("practice_decisions")

# Written into the statement itself: a plan PostgreSQL makes for any value cannot use an index that holds one.
WAITING = literal_column("'waiting'", Text)
SENDING = literal_column("'sending'", Text)

_status = Column("status", Text, nullable=False)
_due_at = Column("due_at", Moment, nullable=False)
_lease_until = Column("lease_until", Moment)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _conversation(),
    Column("key", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    _due_at,
    Column("rev", Integer, nullable=False, default=0),
    _status,
    Column("claimed_by", Text),
    _lease_until,
    Column("attempts", Integer, nullable=False, default=0),
    Column("may_repeat", Boolean, nullable=False, default=False),
    Column("platform_id", Text),
    Column("sent_at", Moment),
    UniqueConstraint("conversation_id", "key"),
    CheckConstraint("status IN ('waiting', 'sending', 'sent', 'unknown', 'failed', 'cancelled')", name="status"),
    Index("outgoing_due", _due_at, sqlite_where=_status == WAITING, postgresql_where=_status == WAITING),
    Index("outgoing_lapsing", _lease_until, sqlite_where=_status == SENDING, postgresql_where=_status == SENDING),
    Index("outgoing_in_order", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    _conversation(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("helped", Boolean),
    Column("masked", LargeBinary),
    Column("wants_answer", Boolean, nullable=False, default=False),
    Column("answered_at", Moment),
    Column("answered_by", Text, nullable=False, default=""),
)

resume_codes = Table(
    "resume_codes",
    metadata,
    Column("mac", LargeBinary, primary_key=True),
    _conversation(unique=True),
    Column("expires_at", Moment, nullable=False),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index(None, "source", "at"),
    sqlite_autoincrement=True,
)


# One row, or none yet: which area everything here is of.
kept_for = Table(
    "kept_for",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("area", Text, nullable=False),
    CheckConstraint("one = 1", name="one"),
)


def insert_once(
    connection: Connection, table: Table, values: dict[str, Any], returning: Column[Any]
) -> Row[Any] | None:
    """Insert a row unless its key is there already; the row's `returning` column, or None if it was there.

    The number of rows is not asked: psycopg answers -1 for a statement with ON CONFLICT.
    """
    return next(iter(insert_all_once(connection, table, [values], returning)), None)


def insert_all_once(
    connection: Connection, table: Table, values: list[dict[str, Any]], returning: Column[Any]
) -> Sequence[Row[Any]]:
    """Insert every row whose key is not there already; the `returning` column of those."""
    inserting = _insert_once(connection.dialect.name, table, returning.name)
    if connection.dialect.name == "postgresql" and len(values) > 1:
        return connection.execute(inserting, values).all()
    # Where nothing is on the way there, one by one is faster than to put a statement together for so many.
    return [row for one in values for row in run(connection, inserting, one)]


# Put together once: in a turn, building a statement takes longer than running it.
@cache
def _insert_once(dialect: str, table: Table, returning: str) -> ReturningInsert[Any]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(table.c[returning])
