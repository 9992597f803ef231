"""The tables of cases: each with its events, its decisions, the plan its clocks follow, and the nudges it owed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.storage.tables import Moment, metadata

# Written into the statement itself, as in `tables`: a plan PostgreSQL makes for any value cannot use such an index.
TO_SEND = literal_column("'waiting'", Text)


def _case(**options: object) -> Column[str]:
    return Column("case_id", Text, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, **options)  # type: ignore[arg-type]


# What a case's clocks follow, as it stood when the case opened; cases that opened under the same share a row.
plans = Table(
    "plans",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

_wake_at = Column("wake_at", Moment)

# `wake_at` is the next moment at which the case owes something, `purge_at` when its text is to be erased. `kind` area
# is the area's own clocks, one row an area. `source` is the reference of the decision it opened from.
cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("area", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("source", Text, unique=True),
    Column("plan_id", Text, ForeignKey("plans.id"), nullable=False),
    Column("owner_id", Text, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("opened_by", Text, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("held", Boolean, nullable=False, default=False),
    _wake_at,
    Column("created_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("purge_at", Moment, index=True),
    Column("forgotten_at", Moment),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    UniqueConstraint("area", "ref"),
    CheckConstraint("kind IN ('case', 'area')", name="kind"),
    CheckConstraint("status IN ('open', 'recorded', 'closed')", name="status"),
    Index("cases_to_wake", _wake_at, sqlite_where=_wake_at.is_not(None), postgresql_where=_wake_at.is_not(None)),
    Index(None, "area", "status"),
)
GOES_ON = (cases.c.status == "open") | ((cases.c.status == "recorded") & _wake_at.is_not(None))
"""Which cases are open, or on record with something to be done: see Stored.goes_on."""

case_keys = Table(
    "case_keys",
    metadata,
    _case(primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

case_entries = Table(
    "case_entries",
    metadata,
    _case(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

case_decisions = Table(
    "case_decisions",
    metadata,
    _case(primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("flow", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

_status = Column("status", Text, nullable=False)

# One row for each thing owed: (case, key) makes it happen once. `line` is its words: the case's reference and the duty.
# waiting: for its message; handed: in the message `outgoing_id`; sent: the platform took that; unreached: nobody could
# be reached; cancelled: done, or said otherwise, before it was sent.
nudges = Table(
    "nudges",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _case(),
    Column("key", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("person_id", Text, ForeignKey("people.id", ondelete="SET NULL")),
    Column("line", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    _status,
    Column("tried", Text, nullable=False, default=""),
    Column("outgoing_id", BigInteger().with_variant(Integer, "sqlite"), index=True),
    Column("settled_at", Moment),
    UniqueConstraint("case_id", "key"),
    CheckConstraint("status IN ('waiting', 'handed', 'sent', 'unreached', 'cancelled')", name="status"),
    Index("nudges_to_send", "person_id", "id", sqlite_where=_status == TO_SEND, postgresql_where=_status == TO_SEND),
    Index(None, "status", "due_at"),
    sqlite_autoincrement=True,
)

# When each thing that must run last ran.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

# Where chains stood at the end of a day, so that an end cut off later is missed.
anchors = Table(
    "anchors",
    metadata,
    Column("family", Text, primary_key=True),
    Column("of", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)
