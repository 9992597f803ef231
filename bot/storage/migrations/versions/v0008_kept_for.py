"""Make the table that says which area the database is kept for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; whoever opens the database for an area puts that in it."""
    op.create_table(
        "kept_for",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("kept_for_one_known")),
        sa.PrimaryKeyConstraint("one", name="kept_for_key"),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("kept_for")
