"""Make the table of secret addresses at which calendars follow deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendar_feeds",
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="calendar_feeds_person_id_there", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mac", name="calendar_feeds_key"),
        sa.UniqueConstraint("person_id", "area", name="calendar_feeds_person_id_area_once"),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("calendar_feeds")
