"""Keep with an address what a platform needs besides to be reached there, sealed and gone with its conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; an address that is there has none until somebody speaks at it again."""
    op.add_column("addresses", sa.Column("reference", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("addresses") as table:
        table.drop_column("reference")
