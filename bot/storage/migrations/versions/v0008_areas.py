"""Note with each conversation and question whose area it is."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = ("conversations", "questions")
_conversations = sa.table("conversations", sa.column("id"), sa.column("area"))
_questions = sa.table("questions", sa.column("conversation_id"), sa.column("area"))
_addresses = sa.table("addresses", *map(sa.column, ("channel", "address", "conversation_id")))
_accounts = sa.table("accounts", *map(sa.column, ("channel", "address", "person_id")))
_roles = sa.table("roles", sa.column("person_id"), sa.column("area"))
_cases = sa.table("cases", *map(sa.column, ("owner_id", "opened_by", "area", "kind", "forgotten_at")))


def upgrade() -> None:
    """Add the columns; what is there is of the one area that all here is of, or else of whoever has the conversation.

    Where that is none or several it stays empty.
    """
    for table in _TABLES:
        op.add_column(table, sa.Column("area", sa.Text(), nullable=False, server_default=sa.text("''")))
    here, known = op.get_bind(), _known()
    areas = here.execute(sa.select(known.c.area).distinct()).scalars().all()
    theirs: sa.ColumnElement[str] = sa.literal(areas[0]) if len(areas) == 1 else sa.func.coalesce(_of_one(known), "")
    if areas:
        here.execute(_conversations.update().values(area=theirs))
    asked_in = sa.select(_conversations.c.area).where(_conversations.c.id == _questions.c.conversation_id)
    here.execute(_questions.update().values(area=asked_in.scalar_subquery()))


def downgrade() -> None:
    """Take the columns away."""
    for table in _TABLES:
        op.drop_column(table, "area")


def _known() -> sa.Subquery:
    """Who has to do with which area: those with roles there, and those who have or opened a case."""
    is_case = (_cases.c.kind == "case") & _cases.c.forgotten_at.is_(None)
    in_cases = (sa.select(person, _cases.c.area).where(is_case) for person in (_cases.c.owner_id, _cases.c.opened_by))
    return sa.union(sa.select(_roles.c.person_id, _roles.c.area), *in_cases).subquery()


def _of_one(known: sa.Subquery) -> sa.ScalarSelect[str]:
    """The area of whoever has a conversation; none of who has to do with several, as it cannot be told in which."""
    same = (_accounts.c.channel == _addresses.c.channel) & (_accounts.c.address == _addresses.c.address)
    found = sa.select(sa.func.min(known.c.area)).select_from(_addresses).join(_accounts, same)
    found = found.join(known, known.c.person_id == _accounts.c.person_id)
    found = found.where(_addresses.c.conversation_id == _conversations.c.id).group_by(_addresses.c.conversation_id)
    return found.having(sa.func.count(known.c.area.distinct()) == 1).scalar_subquery()
