"""Make the tables of the workspaces a channel's app is installed in, and of installing that goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "installations",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("installed_at", _MOMENT, nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "workspace", name="installations_key"),
    )
    op.create_table(
        "installation_states",
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("mac", name="installation_states_key"),
    )
    op.create_index("installation_states_expires_at", "installation_states", ["expires_at"])


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("installation_states")
    op.drop_table("installations")
