"""Make every table there is at first."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _what_was_said()
    _outgoing()
    _codes()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.LargeBinary()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.Column("forgotten_at", _MOMENT),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        _key("conversations", "id"),
    )
    op.create_index("conversations_touched_at", "conversations", ["touched_at"])
    op.create_table(
        "data_keys",
        _conversation("data_keys"),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _key("data_keys", "conversation_id"),
    )
    op.create_table(
        "addresses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        _conversation("addresses"),
        _key("addresses", "channel", "address"),
    )
    op.create_index("addresses_conversation_id", "addresses", ["conversation_id"])
    op.create_table(
        "events",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _key("events", "conversation_id", "event"),
    )
    op.create_index("events_at", "events", ["at"])


def _what_was_said() -> None:
    op.create_table(
        "timeline",
        _conversation("timeline"),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        _key("timeline", "conversation_id", "seq"),
    )
    for name in ("decisions", "practice_decisions"):
        op.create_table(
            name,
            _conversation(name),
            sa.Column("dialog", sa.Text(), nullable=False),
            sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("at", _MOMENT, nullable=False),
            sa.Column("flow", sa.Text(), nullable=False),
            sa.Column("outcome", sa.Text(), nullable=False),
            sa.Column("rules_version", sa.Text(), nullable=False),
            sa.Column("body", sa.LargeBinary(), nullable=False),
            _key(name, "conversation_id", "dialog", "version"),
        )


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", _NUMBER, nullable=False),
        _conversation("outgoing"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("lease_until", _MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("may_repeat", sa.Boolean(), nullable=False),
        sa.Column("platform_id", sa.Text()),
        sa.Column("sent_at", _MOMENT),
        _key("outgoing", "id"),
        sa.UniqueConstraint("conversation_id", "key", name=op.f("outgoing_conversation_id_key_once")),
        sa.CheckConstraint(
            "status IN ('waiting', 'sending', 'sent', 'unknown', 'failed', 'cancelled')",
            name=op.f("outgoing_status_known"),
        ),
        sqlite_autoincrement=True,
    )
    _partial_index("outgoing_due", "due_at", "status = 'waiting'")
    _partial_index("outgoing_lapsing", "lease_until", "status = 'sending'")
    op.create_index("outgoing_in_order", "outgoing", ["conversation_id", "id"])


def _codes() -> None:
    op.create_table(
        "resume_codes",
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        _conversation("resume_codes"),
        sa.Column("expires_at", _MOMENT, nullable=False),
        _key("resume_codes", "mac"),
        sa.UniqueConstraint("conversation_id", name=op.f("resume_codes_conversation_id_once")),
    )
    op.create_table(
        "wrong_codes",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _key("wrong_codes", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index("wrong_codes_at", "wrong_codes", ["at"])
    op.create_index("wrong_codes_source_at", "wrong_codes", ["source", "at"])


def _conversation(table: str) -> "sa.Column[str]":
    there = sa.ForeignKey("conversations.id", name=op.f(f"{table}_conversation_id_there"), ondelete="CASCADE")
    return sa.Column("conversation_id", sa.Text(), there, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"{table}_key"))


def _partial_index(name: str, column: str, where: str) -> None:
    op.create_index(name, "outgoing", [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
