"""Keep with a session which browser it is in, so that what is known of the browser ends with it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a session that is there names no browser until its person signs in again."""
    op.add_column("sessions", sa.Column("address", sa.Text(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("sessions") as table:
        table.drop_column("address")
