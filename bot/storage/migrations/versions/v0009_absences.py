"""Make the table of absences, of which somebody may have several, and put those that are noted into it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move each person's one absence into the table."""
    op.create_table(
        "absences",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="absences_person_id_there", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "first_day", name="absences_key"),
    )
    op.execute(
        "INSERT INTO absences (person_id, first_day, last_day) "
        "SELECT id, away_from, away_to FROM people WHERE away_from IS NOT NULL AND away_to IS NOT NULL"
    )
    # Not in a batch: that would make the table anew, and with the old one everything that names a person would go.
    op.drop_column("people", "away_from")
    op.drop_column("people", "away_to")


def downgrade() -> None:
    """Give each person the nearest of their absences back, which is all that there is room for."""
    op.add_column("people", sa.Column("away_from", sa.Date()))
    op.add_column("people", sa.Column("away_to", sa.Date()))
    op.execute("UPDATE people SET away_from = (SELECT MIN(first_day) FROM absences WHERE person_id = people.id)")
    op.execute(
        "UPDATE people SET away_to = "
        "(SELECT last_day FROM absences WHERE person_id = people.id AND first_day = people.away_from)"
    )
    op.drop_table("absences")
