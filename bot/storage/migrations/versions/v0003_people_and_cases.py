"""Make the tables of people, their accounts and roles, and of cases with their clocks' nudges."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _people()
    _accounts()
    _sessions()
    _cases()
    _case_indexes()
    _of_a_case()
    _nudges()
    _running()


def downgrade() -> None:
    """Take the tables away."""
    for table in _TABLES:
        op.drop_table(table)
    for index, column in (("to_mention", "mention_at"), ("wanting_a_case", "case_wanted")):
        op.drop_index(f"conversations_{index}", "conversations")
        op.drop_column("conversations", column)


_TABLES = (
    "nudges case_decisions case_entries case_keys cases plans sessions join_codes roles accounts person_entries "
    "person_keys people heartbeats anchors"
).split()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.LargeBinary()),
        sa.Column("away_from", sa.Date()),
        sa.Column("away_to", sa.Date()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.Column("forgotten_at", _MOMENT),
        sa.Column("joined_to", sa.Text()),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["joined_to"], ["people.id"], name="people_joined_to_there", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="people_key"),
    )
    op.create_index("people_joined_to", "people", ["joined_to"])
    op.create_table(
        "person_entries",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="person_entries_person_id_there", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "seq", name="person_entries_key"),
    )
    op.create_table(
        "person_keys",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="person_keys_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="person_keys_key"),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("failing_since", _MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="accounts_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "address", name="accounts_key"),
    )
    op.create_index("accounts_person_id", "accounts", ["person_id"])
    op.create_table(
        "join_codes",
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("for_channel", sa.Text(), nullable=False),
        sa.Column("for_address", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="join_codes_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mac", name="join_codes_key"),
    )
    op.create_index("join_codes_expires_at", "join_codes", ["expires_at"])
    op.create_index("join_codes_person_id", "join_codes", ["person_id"])
    op.create_table(
        "roles",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_at", _MOMENT, nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="roles_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "area", "role", name="roles_key"),
    )
    op.create_index("roles_area_role", "roles", ["area", "role"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="sessions_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mac", name="sessions_key"),
    )
    op.create_index("sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("sessions_person_id", "sessions", ["person_id"])


def _cases() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="plans_key"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text()),
        sa.Column("opened_by", sa.Text()),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("wake_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("purge_at", _MOMENT),
        sa.Column("forgotten_at", _MOMENT),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('case', 'area')", name=op.f("cases_kind_known")),
        sa.CheckConstraint("status IN ('open', 'recorded', 'closed')", name=op.f("cases_status_known")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name="cases_opened_by_there", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="cases_owner_id_there", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="cases_plan_id_there"),
        sa.PrimaryKeyConstraint("id", name="cases_key"),
        sa.UniqueConstraint("area", "ref", name="cases_area_ref_once"),
        sa.UniqueConstraint("source", name="cases_source_once"),
    )


def _case_indexes() -> None:
    op.create_index("cases_area_status", "cases", ["area", "status"])
    op.create_index("cases_opened_by", "cases", ["opened_by"])
    op.create_index("cases_owner_id", "cases", ["owner_id"])
    op.create_index("cases_purge_at", "cases", ["purge_at"])
    op.create_index(
        "cases_to_wake",
        "cases",
        ["wake_at"],
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )


def _of_a_case() -> None:
    op.create_table(
        "case_decisions",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="case_decisions_case_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "version", name="case_decisions_key"),
    )
    op.create_table(
        "case_entries",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="case_entries_case_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="case_entries_key"),
    )
    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="case_keys_case_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", name="case_keys_key"),
    )


def _nudges() -> None:
    op.create_table(
        "nudges",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text()),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("outgoing_id", _NUMBER),
        sa.Column("settled_at", _MOMENT),
        sa.CheckConstraint(
            "status IN ('waiting', 'handed', 'sent', 'unreached', 'cancelled')", name=op.f("nudges_status_known")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="nudges_case_id_there", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="nudges_person_id_there", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="nudges_key"),
        sa.UniqueConstraint("case_id", "key", name="nudges_case_id_key_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("nudges_outgoing_id", "nudges", ["outgoing_id"])
    op.create_index("nudges_status_due_at", "nudges", ["status", "due_at"])
    op.create_index(
        "nudges_to_send",
        "nudges",
        ["person_id", "id"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _running() -> None:
    op.create_table(
        "anchors",
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("family", "of", "seq", name="anchors_key"),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="heartbeats_key"),
    )
    op.add_column("conversations", sa.Column("mention_at", _MOMENT))
    op.create_index(
        "conversations_to_mention",
        "conversations",
        ["mention_at"],
        sqlite_where=sa.text("mention_at IS NOT NULL"),
        postgresql_where=sa.text("mention_at IS NOT NULL"),
    )
    op.add_column("conversations", sa.Column("case_wanted", sa.Boolean()))
    op.create_index(
        "conversations_wanting_a_case",
        "conversations",
        ["case_wanted"],
        sqlite_where=sa.text("case_wanted IS NOT NULL"),
        postgresql_where=sa.text("case_wanted IS NOT NULL"),
    )
